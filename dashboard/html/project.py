"""One project as HTML: its head, its goals and its repairs."""

from __future__ import annotations

from html import escape

from dashboard.html.notes import Notes, badges, lights
from dashboard.html.partial import mark
from dashboard.wording.formatting import UNKNOWN, format_amount, format_yuan
from dashboard.wording.terms import of_project
from parsing import SLOTS, Indicator, Project, Repair, Standard, fen
from parsing.partial import MARK, packed

STATES = {"": "已修复", "doubtful": "待核对", "accepted": "已接受", "undone": "已撤销修复"}
HEAD = ("budget_yuan", "unit", "department", "project_type", "level", "start")
BESIDE = {"budget_yuan": ("year", "total_yuan", "sources", "total_sources"), "start": ("end",)}
FIELDS = {  # of an indicator, by the titles under which repairs tell of them
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "name",
    "实施周期指标值": "period",
    "当年度指标值": "annual",
    "权重": "weight",
}
NOTHING = Notes()


def title(project: Project, notes: Notes, standard: Standard, doubled: bool = False) -> tuple[str, str]:
    """What it is, how much money, what is lacking and what becomes of it; and one line below.
    ``doubled``: it is in no sum."""
    filled = {slot for indicator in project.indicators for slot in indicator.slots} | set(notes.declared)
    empty = [slot for slot in SLOTS if slot not in filled and slot not in notes.unread]
    required = [slot for slot in empty if notes.asked.get(slot) == "required"]
    optional = [slot for slot in empty if slot not in required]
    full = MARK if project.partial else "必填指标不缺"
    gaps = f"缺必填的{'、'.join(required)}指标" if required else full
    due = f"，{of_project(notes.high, notes.problems)}" if notes.problems else ""
    mended = sum(repair.holds for repair in project.repairs)
    undone = len(project.repairs) - mended
    doubtful = sum(repair.doubtful for repair in project.repairs)
    below = "一级项目，由二级项目计入，不重复计；" if doubled else ""
    below += f"{len(project.indicators)} 条三级指标" + (f"，读表时修复 {mended} 处" if mended else "")
    below += f"，其中 {doubtful} 处请核对" if doubtful else ""
    below += f"，撤销修复 {undone} 处" if undone else ""
    below += f"；按“{standard.title}”审核" + (f"，{'、'.join(optional)}可填未填" if optional else "")
    below += f"，{'、'.join(notes.declared)}不适用" if notes.declared else ""
    return f"{project.title}：{format_amount(fen(project.budget_yuan))}，{gaps}{due}", below


def facts(project: Project, notes: Notes = NOTHING) -> str:
    """The head as a strip of label and value, each leading to its cell, with what was found there; then what
    was found of the project as a whole."""
    span = "—".join(part for part in (project.start, project.end) if part) or UNKNOWN
    money = f"{format_yuan(fen(project.budget_yuan))} 元" if project.budget_yuan is not None else None
    texts = (money, project.unit, project.department, project.project_type, project.level, span)
    titles = ("当年预算", "用款单位", "主管部门", "项目类型", "项目等级", "实施周期")
    found = {path: notes.at(path, *BESIDE.get(path, ())) for path in HEAD}
    strip = "".join(
        f"<div><dt>{title}</dt><dd{lights(project.places.get(path), path)}>"
        f"{escape(text or UNKNOWN)}</dd>"
        f"{badges(project, [row for row in found[path] if row['rank'] > 1])}</div>"
        for path, title, text in zip(HEAD, titles, texts, strict=True)
    )
    hints = [row for rows in found.values() for row in rows if row["rank"] == 1]
    rest = badges(project, [*notes.at("", "name"), *hints])
    whole = f'<div class="whole"><b>整个项目</b>{rest}</div>' if rest else ""
    return f'{mark(packed(project.partial))}<dl class="facts">{strip}</dl>{whole}'


def goals(project: Project, notes: Notes = NOTHING) -> str:
    pairs = (("period_goal", "实施周期总目标"), ("annual_goal", "年度目标"))
    return (
        '<div class="goals">'
        + "".join(
            f"<section><h3>{title}</h3><p{lights(project.places.get(path), path)}>"
            f"{escape(getattr(project, path) or UNKNOWN)}</p>"
            f"{badges(project, notes.at(path))}</section>"
            for path, title in pairs
        )
        + "</div>"
    )


def repairs(project: Project, open: bool = False) -> str:
    """Each repair, the doubtful first: the row as it stands, as understood, and why. ``open``: with what
    can be decided about it, as ``data-value="repair:NUMBER:DECISION"``."""
    ranked = sorted(enumerate(project.repairs), key=lambda item: (not item[1].doubtful, item[1].place.row))
    if not ranked:
        return '<p class="quiet">各行都按原样读入，没有修复。</p>'
    lines = (_repair(project, repair, _choices(number, repair) if open else "") for number, repair in ranked)
    return f'<ol class="repairs">{"".join(lines)}</ol>'


def _repair(project: Project, repair: Repair, choices: str) -> str:
    read = repair.after if repair.holds else {title: repair.stands.get(title, "") for title in repair.after}
    rows = [("原样", repair.before)]
    rows += [("读作" if repair.holds else "按列读作", tuple(read.values()))] if read else []
    place = repair.place
    if repair.code == "unfolded":
        place = repair.places.get("三级指标", place)
        rows += [("", one) for one in _further(project, repair)]
    body = "".join(
        f"<tr><th>{head}</th>{''.join(f'<td>{escape(text)}</td>' for text in texts)}</tr>"
        for head, texts in rows
    )
    kind = "doubtful" if repair.doubtful else repair.decision
    return (
        f'<li class="{kind}"{lights(place, repair.path or "row")}>'
        f"<p><b>{STATES[kind]}</b>　{escape(place.cell)}　把握 {repair.confidence:.0%}{choices}</p>"
        f"<table>{body}</table><p>{escape(repair.reason)}</p></li>"
    )


def _further(project: Project, repair: Repair) -> list[tuple[str, ...]]:
    """The other indicators of a cell that was taken apart, in the columns of ``repair.after``."""
    first, _ = project.item(repair.path)
    if not repair.holds or not isinstance(first, Indicator):
        return []
    indicators = [
        indicator
        for indicator in project.indicators
        if indicator.place == first.place and indicator is not first
    ]
    return [
        tuple(str(getattr(one, FIELDS.get(title, ""), None) or "") for title in repair.after)
        for one in indicators
    ]


def _choices(number: int, repair: Repair) -> str:
    ways = [("accepted", "接受"), ("undone", "撤销修复")] if repair.stands else [("accepted", "接受")]
    if repair.decision:
        ways = [("", "取消接受" if repair.holds else "恢复修复")]
    links = (f'<a role="button" data-value="repair:{number}:{one}">{text}</a>' for one, text in ways)
    return f'<span class="ways">{"".join(links)}</span>'
