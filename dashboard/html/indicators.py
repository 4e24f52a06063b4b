"""The indicator table as the form prints it, with what the review says of each row beside it."""

from __future__ import annotations

from html import escape
from itertools import groupby

from dashboard import theme
from dashboard.html.notes import Notes, badges, lights
from parsing import Empty, Indicator, Project, Repair, Slot

BADGES = {"": "修复", "doubtful": "待核对", "accepted": "已接受", "undone": "已撤销"}
COLUMNS = (("name", "三级指标"), ("period", "实施周期指标值"), ("annual", "当年度指标值"))
ASKED = {"required": "✕ 必填", "advised": "✕ 建议填写", None: "✕ 空缺"}
NOTHING = Notes()


def indicators(project: Project, notes: Notes = NOTHING) -> str:
    """The grid in the order of the form, levels merged; empty categories by their state, repaired rows and
    values with findings marked."""
    repaired = {repair.path: repair for repair in project.repairs}
    lines = [(item, f"indicators[{n}]") for n, item in enumerate(project.indicators)]
    lines += [(item, f"empty[{n}]") for n, item in enumerate(project.empty)]  # type: ignore[misc]
    lines.sort(key=lambda line: (line[0].place.row, line[0].place.column))
    loud = {path: [one for one in notes.at(path) if one["rank"] > 1 or one["aside"]] for _, path in lines}
    remarks = any(loud.values())
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
                cells += _cells(project, item, path, repaired.get(path), notes)
                if remarks:
                    cells += f'<td class="remarks">{badges(project, loud[path])}</td>'
                rows.append(f"<tr{_mark(repaired.get(path))}>{cells}</tr>")
    titles = ("一级指标", "二级指标", *(title for _, title in COLUMNS), *(("审核意见",) if remarks else ()))
    head = "".join(f"<th>{title}</th>" for title in titles)
    table = f'<table class="form"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    return table + _unprinted(project, notes)


def _cells(project: Project, item: Indicator | Empty, path: str, repair: Repair | None, notes: Notes) -> str:
    badge = ""
    if repair:
        kind = "doubtful" if repair.doubtful else repair.decision
        badge = f'<span class="badge">{BADGES[kind]}</span>'
    if isinstance(item, Empty):
        return _gap(project, item, path, badge, notes)
    cells = ""
    for field, _ in COLUMNS:
        text = getattr(item, field)
        extra = badge if field == "name" else ""
        here = f"{path}.{field}"
        own = path if field == "name" else here  # what is about the row stands at its name
        blank = '<span class="quiet">未填</span>'
        marks = _shapes(notes, own, field == "name")
        cells += (
            f"<td{lights(item.places.get(field) or item.place, here)}>"
            f"{escape(text) if text else blank}{marks}{extra}</td>"
        )
    return cells


def _shapes(notes: Notes, path: str, row: bool) -> str:
    """A shape for each severity that is found at a value; ``row``: or at its row as a whole."""
    here = [
        one
        for one in notes.at(path)
        if not one["aside"] and (not row or one["path"] in (path, f"{path}.name"))
    ]
    said = {one["severity"]: one["title"] for one in here}
    return "".join(
        f'<i class="shape" style="color:{theme.SEVERITIES[severity][2]}" title="{escape(title)}">'
        f"{theme.SEVERITIES[severity][0]}</i>"
        for severity, title in said.items()
    )


def _gap(project: Project, item: Empty, path: str, badge: str, notes: Notes) -> str:
    """An empty category: what is missing or why nothing is, and what can be said about it."""
    filled = {slot for indicator in project.indicators for slot in indicator.slots}
    states = [state(slot, notes, len(item.slots) > 1) for slot in item.slots if slot not in filled]
    said = "".join(f"<p>{text}</p>" for _, text in states) or "<p>✕ 空缺</p>"
    kind = states[0][0] if states else "free"
    return f'<td class="gap" data-state="{kind}" colspan="3"{lights(item.place, path)}>{badge}{said}</td>'


def state(slot: Slot, notes: Notes, named: bool) -> tuple[str, str]:
    """A category without an indicator: its state (required, advised, free, unread, inapplicable) and what is
    said of it, with what can be done. ``named``: say which category."""
    before = f"{slot}　" if named else ""
    declared = notes.declared.get(slot)
    if declared:
        way = _way(f"undo:{declared['action']}", "撤销", notes)
        reason = f"{escape(str(declared['reason']))}（{escape(str(declared['who']))}）"
        return "inapplicable", f"{before}<b>不适用</b>　{reason}{way}"
    way = _way(f"declare:{slot}", "声明不适用", notes)
    if slot in notes.unread:
        return "unread", f"{before}<b>？读不出</b>　请核对原件{way}"
    asked = notes.asked.get(slot)
    return asked or "free", f"{before}<b>{ASKED[asked]}</b>{way}"


def _way(value: str, text: str, notes: Notes) -> str:
    return f'<a role="button" data-value="{escape(value)}">{text}</a>' if notes.open else ""


def path_of(project: Project, slot: str) -> str:
    """Where the table has a category: its word beside the first of its indicators, or its empty row; "" where
    it is not printed."""
    paths = [f"indicators[{n}].level2" for n, item in enumerate(project.indicators) if slot in item.slots]
    paths += [f"empty[{n}]" for n, item in enumerate(project.empty) if slot in item.slots]
    return next(iter(paths), "")


def unprinted_id(slot: str) -> str:
    """What a category that stands nowhere in the table lights, in place of a cell."""
    return f"unprinted-{slot}"


def _unprinted(project: Project, notes: Notes) -> str:
    """The categories that stand nowhere in the table, where the standard or somebody says something of
    them."""
    items: tuple[Indicator | Empty, ...] = (*project.indicators, *project.empty)
    printed = {slot for item in items for slot in item.slots}
    slots = [slot for slot in (*notes.asked, *notes.declared) if slot not in printed]
    lines = ((slot, *state(slot, notes, True)) for slot in dict.fromkeys(slots))
    cells = "".join(
        f'<div class="gap" data-state="{kind}" data-lights="{unprinted_id(slot)}"><p>{text}</p></div>'
        for slot, kind, text in lines
    )
    return f'<div class="unprinted"><h3>表上没有印的类别</h3>{cells}</div>' if cells else ""


def _level(item: Indicator | Empty, path: str, level: int) -> str:
    places = item.places if isinstance(item, Indicator) else {"level2": item.place}
    text = item.level1 if level == 1 else item.level2
    return f"{lights(places.get(f'level{level}'), f'{path}.level{level}')}>{escape(text)}"


def _mark(repair: Repair | None) -> str:
    if repair is None or not repair.holds:
        return ""
    return ' class="doubtful"' if repair.doubtful else ' class="repaired"'
