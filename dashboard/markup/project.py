"""One project as HTML: its head, goals, indicator table as the form prints it, and its repairs."""

from __future__ import annotations

from html import escape
from itertools import groupby

from dashboard import look
from dashboard.markup.original import cell_id
from parsing import Empty, Indicator, Project, Repair
from parsing.grid import Place

BADGES = {"": "修复", "doubtful": "待核对", "accepted": "已接受", "undone": "已撤销"}
STATES = {"": "已修复", "doubtful": "待核对", "accepted": "已接受", "undone": "已撤销修复"}
COLUMNS = (("name", "三级指标"), ("period", "实施周期指标值"), ("annual", "当年度指标值"))


def fen(project: Project) -> int | None:
    """Year money in 分."""
    return None if project.budget_yuan is None else int(project.budget_yuan * 100)


def facts(project: Project) -> str:
    """The head as a strip of label and value; each value leads to its cell."""
    span = "—".join(part for part in (project.start, project.end) if part) or look.UNKNOWN
    items = (
        (
            "budget_yuan",
            "当年预算",
            f"{look.yuan(fen(project))} 元" if project.budget_yuan is not None else None,
        ),
        ("unit", "用款单位", project.unit),
        ("department", "主管部门", project.department),
        ("project_type", "项目类型", project.project_type),
        ("level", "项目等级", project.level),
        ("start", "实施周期", span),
    )
    return (
        '<dl class="facts">'
        + "".join(
            f"<div><dt>{title}</dt>"
            f"<dd{_at(project.places.get(path), path)}>{escape(text or look.UNKNOWN)}</dd></div>"
            for path, title, text in items
        )
        + "</dl>"
    )


def goals(project: Project) -> str:
    pairs = (("period_goal", "实施周期总目标"), ("annual_goal", "年度目标"))
    return (
        '<div class="goals">'
        + "".join(
            f"<section><h3>{title}</h3><p{_at(project.places.get(path), path)}>"
            f"{escape(getattr(project, path) or look.UNKNOWN)}</p></section>"
            for path, title in pairs
        )
        + "</div>"
    )


def indicators(project: Project) -> str:
    """The grid in the order of the form, levels merged, empty categories and repaired rows marked."""
    repaired = {repair.path: repair for repair in project.repairs}
    lines = [(item, f"indicators[{n}]") for n, item in enumerate(project.indicators)]
    lines += [(item, f"empty[{n}]") for n, item in enumerate(project.empty)]  # type: ignore[misc]
    lines.sort(key=lambda line: (line[0].place.row, line[0].place.column))
    rows = []
    for _, first in groupby(lines, key=lambda line: line[0].level1):
        block = list(first)
        for one, (_, second) in enumerate(groupby(block, key=lambda line: line[0].level2)):
            group = list(second)
            for two, (item, path) in enumerate(group):
                cells = ""
                if not one and not two:
                    cells += f'<th rowspan="{len(block)}"{_level(item, path, 1)}</th>'
                if not two:
                    cells += f'<th rowspan="{len(group)}"{_level(item, path, 2)}</th>'
                rows.append(
                    f"<tr{_mark(repaired.get(path))}>{cells}{_cells(item, path, repaired.get(path))}</tr>"
                )
    head = "".join(
        f"<th>{title}</th>" for title in ("一级指标", "二级指标", *(title for _, title in COLUMNS))
    )
    return f'<table class="form"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def repairs(project: Project, open: bool = False) -> str:
    """Each repair, the doubtful first: the row as it stands, as understood, and why. ``open``: with what
    can be decided about it, as ``data-value="repair:NUMBER:DECISION"``."""
    ranked = sorted(enumerate(project.repairs), key=lambda item: (not item[1].doubtful, item[1].place.row))
    if not ranked:
        return '<p class="quiet">各行都按原样读入，没有修复。</p>'
    lines = (_repair(repair, _choices(number, repair) if open else "") for number, repair in ranked)
    return f'<ol class="repairs">{"".join(lines)}</ol>'


def _repair(repair: Repair, choices: str) -> str:
    before = "".join(f"<td>{escape(text)}</td>" for text in repair.before)
    read = repair.after if repair.holds else {title: repair.stands.get(title, "") for title in repair.after}
    after = "".join(f"<td>{escape(text)}</td>" for text in read.values())
    kind = "doubtful" if repair.doubtful else repair.decision
    return (
        f'<li class="{kind}"{_at(repair.place, repair.path or "row")}>'
        f"<p><b>{STATES[kind]}</b>　{escape(repair.place.cell)}　把握 {repair.confidence:.0%}{choices}</p>"
        f"<table><tr><th>原样</th>{before}</tr>"
        + (f"<tr><th>{'读作' if repair.holds else '按列读作'}</th>{after}</tr>" if after else "")
        + f"</table><p>{escape(repair.reason)}</p></li>"
    )


def _choices(number: int, repair: Repair) -> str:
    ways = [("accepted", "接受"), ("undone", "撤销修复")] if repair.stands else [("accepted", "接受")]
    if repair.decision:
        ways = [("", "取消接受" if repair.holds else "恢复修复")]
    links = (f'<a role="button" data-value="repair:{number}:{one}">{text}</a>' for one, text in ways)
    return f'<span class="ways">{"".join(links)}</span>'


def _cells(item: Indicator | Empty, path: str, repair: Repair | None) -> str:
    badge = ""
    if repair:
        kind = "doubtful" if repair.doubtful else repair.decision
        badge = f'<span class="badge">{BADGES[kind]}</span>'
    if isinstance(item, Empty):
        return f'<td class="gap" colspan="3"{_at(item.place, path)}>✕ 空缺{badge}</td>'
    cells = ""
    for field, _ in COLUMNS:
        text = getattr(item, field)
        extra = badge if field == "name" else ""
        lights = _at(item.places.get(field) or item.place, f"{path}.{field}")
        blank = '<span class="quiet">未填</span>'
        cells += f"<td{lights}>{escape(text) if text else blank}{extra}</td>"
    return cells


def _level(item: Indicator | Empty, path: str, level: int) -> str:
    places = item.places if isinstance(item, Indicator) else {"level2": item.place}
    text = item.level1 if level == 1 else item.level2
    return f"{_at(places.get(f'level{level}'), f'{path}.level{level}')}>{escape(text)}"


def _mark(repair: Repair | None) -> str:
    if repair is None or not repair.holds:
        return ""
    return ' class="doubtful"' if repair.doubtful else ' class="repaired"'


def _at(place: Place | None, path: str) -> str:
    if place is None:
        return ""
    return f' data-value="{escape(path)}" data-lights="{cell_id((place.row, place.column))}"'
