"""Columns of an indicator grid whose titles nobody knows, told by their titles and what stands below them.

Every way to give the roles that are lacking to the columns that are left is weighed as ``align`` weighs
a row: how badly the texts of a column suit a role, whether its title speaks for it, whether it stands where
such a column does. The best way is taken where its lead over the next is clear, and asked about in any case;
else the columns stay unknown, and the reading says so as it does of any such table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product, takewhile

from parsing import vocabulary
from parsing.forms.align import misfit
from parsing.forms.blocks import Block
from parsing.forms.doubt import Doubt
from parsing.forms.form import UNDECLARED, Form
from parsing.forms.header import PROJECT, SLOT, TARGET, base
from parsing.forms.tables import Table
from parsing.forms.titles import is_title, titled
from parsing.grid import Cell, Row
from parsing.values import understand

ROLES = ("level1", "level2", "name", "annual")  # in the order in which forms print them
TITLES = {"level1": "一级指标", "level2": "二级指标", "name": "三级指标", "annual": "指标值"}
_LACKS = {"level1": 1.0, "level2": 1.0, "name": 9.0, "annual": 3.0}  # cost of a form without such a column
_MOST = {
    "level1": 1.6,
    "level2": 1.6,
    "name": 2.5,
    "annual": 2.6,
}  # of a column; one that costs more is another
_SPEAKS = {
    "name": re.compile("名|内容|事项|指标|项目|要点|考核点"),
    "annual": re.compile("值|目标|标准|要求|水平|数|量|线"),
}
_WEIGHS = re.compile("分|权|比重|占比")
MARGIN = 0.5  # lead of the columns that are taken
INDICATOR = "指标"  # what a title says where nothing else tells that the table is one of a project
FEWEST, WIDEST = 2, 8  # rows of indicators that tell, columns that are left
_NUMBERING = re.compile(r"(?:目标|指标)?\s*[\d一二三四五六七八九十]{1,2}\s*[:：.、]?")
_HEAD = ("name", "department", "unit", "level", "project_type", "start", "end", "period", "year")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a grid: its number, its title, the different texts below it, and how many there are."""

    number: int
    title: Cell
    texts: tuple[str, ...]
    count: int


def begins(table: Table) -> int | None:
    """The row that names the columns of a table in which none was found: it is above the first indicator."""
    if table.headers:
        return None
    levels = [k for k, row in enumerate(table.rows) if _is_indicator(row)]
    if len(levels) < FEWEST or levels[0] < 1:
        return None
    header, body = table.rows[levels[0] - 1], table.rows[levels[0] :]
    if not (table.named or table.title) and not any(INDICATOR in cell.text for cell in header):
        return None
    fields = [label.field if (label := vocabulary.label(cell.text)) else "" for cell in header]
    named = len(header) > 2 and all(map(is_title, header))
    if not named or fields[0] == "other" or any(field in _HEAD for field in fields):
        return None
    roles = _printed(header, UNDECLARED)
    return (
        levels[0] - 1
        if "done" not in roles.values() and _settled(header, roles, _telling(body, header, table))
        else None
    )


def settle(part: Block, table: Table, at: int, form: Form) -> tuple[Block, list[Doubt]]:
    """The block below the header at row ``at``, and a doubt for each of its columns that was inferred."""
    header, depth = titled(table.rows, at, form)
    known = part.roles or _printed(header, form)
    body = part.rows if part.roles else table.rows[at + depth :]
    found = _settled(header, known, _telling(body, header, table))
    if not found:
        return part, []
    roles, columns = found
    doubts = [
        Doubt("column", one.title, "", f"“{' '.join(one.title.text.split())}”", TITLES[role], 0.5)
        for role, one in columns.items()
    ]
    return Block(body, roles), doubts


def levelled(part: Block, header: Row) -> Block:
    """A list of projects with its columns of categories, whatever these are called: all their texts are such
    words."""
    bases, columns = {*map(base, part.roles.values())}, _columns(header, part.rows)
    roles = dict(part.roles)
    for role in ("level1", "level2"):
        sure = [
            one.number
            for one in columns
            if base(roles.get(one.number, "")) == "extra" and not _cost(role, one)
        ]
        if role not in bases and len(sure) == 1:
            roles[sure[0]] = role
    return Block(part.rows, roles, part.header, part.strays)


def titles(header: Row, body: list[Row], form: Form) -> dict[str, str]:
    """Title → role of the columns below a header that somebody pointed at, as far as titles and texts tell:
    the best way is taken, however close the next."""
    printed = _printed(header, form)
    found = _settled(header, printed, body, margin=0.0)
    roles = found[0] if found else dict(printed)
    for one in _columns(header, body):
        number = [understand(text).number for text in one.texts]
        weighs = all(known is not None and 0 < known <= 100 for known in number)
        if weighs and base(printed.get(one.number, "")) == "extra" and _WEIGHS.search(one.title.text):
            roles[one.number] = "weight"
    named = {cell.text: base(roles.get(cell.place.column, "extra")) for cell in header}
    return {title: role for title, role in named.items() if role != "extra"}


def _telling(body: list[Row], header: Row, table: Table) -> list[Row]:
    """The rows whose texts stand below their titles: of a file without merged cells those that are whole."""
    whole = [] if table.grid.spans else [row for row in body if len(row) >= len(header)]
    return whole if len(whole) >= FEWEST else body


def _is_indicator(row: Row) -> bool:
    """Whether a row begins with a category of indicators, and more stands behind it."""
    texts = [cell.text for cell in row]
    first = next((k for k, text in enumerate(texts[:3]) if vocabulary.slot(text)), None)
    return first is not None and len(row) > first + 2 and not vocabulary.label(texts[0])


def _printed(header: Row, form: Form) -> Mapping[int, str]:
    """The roles of a header of which too few titles are known; none for the title of a block."""
    roles: dict[int, str] = {}
    for at, cell in enumerate(header):
        beside = vocabulary.is_block(cell.text) and (at == 0 or cell.height > 1)
        role = form.role(cell.text) or (None if beside else "extra")
        if role == "extra" or (role and base(role) in ("sign", "measure", "standard", "before")):
            role = f"{role}:{vocabulary.plain(cell.text)}"
        for column in range(cell.place.column, cell.place.column + cell.width) if role else ():
            more = column - cell.place.column
            roles.setdefault(column, f"{role}（{more + 1}）" if more and ":" in (role or "") else role or "")
    return roles


def _settled(
    header: Row, known: Mapping[int, str], body: list[Row], margin: float = MARGIN
) -> tuple[dict[int, str], dict[str, _Column]] | None:
    """Column → role with those that were lacking, and these; None where none lacks or nothing is clear."""
    bases = {base(role) for role in known.values()}
    if any(role.startswith((PROJECT, SLOT, TARGET)) or role.endswith("'") for role in known.values()):
        return None
    lacking = [role for role in ROLES if role not in bases and not (role == "annual" and "period" in bases)]
    if not lacking:
        return None
    every = _columns(header, body)
    columns = [one for one in every if base(known.get(one.number, "extra")) == "extra"]
    given = _given(lacking, columns, known, margin)
    if "annual" in lacking and "annual" not in (given or ()):  # 绩效标准 may be that of the targets
        wider = [one for one in every if base(known.get(one.number, "extra")) in ("extra", "standard")]
        if targeted := _given(lacking, wider, known, margin):
            columns, given = wider, targeted
    if given is None:
        return None
    roles = {**known, **{one.number: role for role, one in given.items()}}
    for one in columns:
        if one not in given.values() and all(map(_NUMBERING.fullmatch, one.texts)):
            roles[one.number] = "ignored"
    return dict(sorted(roles.items())), given


def _given(
    lacking: list[str], columns: list[_Column], known: Mapping[int, str], margin: float
) -> dict[str, _Column] | None:
    """The best way to give the lacking roles away; None where there is none, or the next is too close."""
    ways = (
        sorted(_ways(lacking, columns, known), key=lambda way: way[0]) if 0 < len(columns) <= WIDEST else []
    )
    if not ways or (len(ways) > 1 and ways[1][0] - ways[0][0] < margin):
        return None
    given = {role: one for role, one in zip(lacking, ways[0][1], strict=True) if one}
    return given if given and "name" in {*map(base, known.values())} | given.keys() else None


def _ways(
    lacking: list[str], columns: list[_Column], known: Mapping[int, str]
) -> Iterator[tuple[float, tuple[_Column | None, ...]]]:
    """Cost and columns of each way to give the lacking roles away, in the order in which forms print them."""
    costs = {(role, one): _cost(role, one) for role in lacking for one in columns}
    able = [[None, *(one for one in columns if costs[role, one] <= _MOST[role])] for role in lacking]
    fixed = {base(role): column for column, role in known.items() if base(role) in ROLES}
    for way in product(*able):
        given = {role: one for role, one in zip(lacking, way, strict=True) if one}
        at = fixed | {role: one.number for role, one in given.items()}
        order = [at[role] for role in ROLES if role in at]
        if order != sorted({*order}):
            continue
        cost = sum(costs[role, one] if one else _LACKS[role] for role, one in zip(lacking, way, strict=True))
        left = [at[role] for role in ("level1", "level2") if role in at]
        between = [one for one in columns if left and "name" in given and left[-1] < one.number < at["name"]]
        skipped = [one for one in between if not all(map(_NUMBERING.fullmatch, one.texts))]
        yield cost + 0.6 * len(skipped), way


def _cost(role: str, column: _Column) -> float:
    """How badly a column suits a role, by its texts and its title."""
    texts, title = column.texts, column.title.text
    block = vocabulary.is_block(title)
    if role in ("level1", "level2"):
        is_level = vocabulary.level1 if role == "level1" else vocabulary.slot
        told = sum(is_level(text) is not None or ("满意" in text and role == "level2") for text in texts)
        return 4 * (1 - told / len(texts))
    if (block and role != "name") or all(map(_NUMBERING.fullmatch, texts)):
        return 9.0
    worst = sum(min(misfit(text, role, 1, ""), 6.0) for text in texts) / len(texts)
    same = 2 * (1 - len(texts) / column.count) if role == "name" else 0  # names of indicators differ
    return worst + same + (0 if _SPEAKS[role].search(title) else 1)


def _columns(header: Row, body: list[Row]) -> list[_Column]:
    """The columns below a header that hold something."""
    texts: dict[int, list[str]] = {}
    for row in takewhile(lambda row: not vocabulary.is_note(row[0].text), body):
        if len(row) > 1:
            for cell in row:
                texts.setdefault(cell.place.column, []).append(cell.text)
    spans = {
        column: cell for cell in header for column in range(cell.place.column, cell.place.column + cell.width)
    }
    below = ((column, said) for column, said in sorted(texts.items()) if column in spans)
    return [_Column(column, spans[column], tuple(dict.fromkeys(said)), len(said)) for column, said in below]
