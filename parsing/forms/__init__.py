"""Grid → tables with their form, head and lines.

Adding a form variant is a declaration in a module here, its name in ``FORMS``, and a sample with its
golden file in ``tests/cases/files``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from parsing.forms import guangdong, vocabulary
from parsing.forms.form import Form
from parsing.forms.head import Head, head
from parsing.forms.lines import Line, lines
from parsing.forms.tables import Row, Table, cut
from parsing.grid import Grid

FORMS: tuple[Form, ...] = (guangdong.FORM,)
# A table whose columns no declared form prints is read as far as the vocabulary reaches.
UNDECLARED = Form("undeclared", "未登记的表样", ())


@dataclass(slots=True)
class Found:
    """A project's table: its form, its head, its lines, and the rows that made no sense."""

    form: Form
    table: Table
    head: Head
    columns: tuple[str, ...]
    lines: list[Line]
    strays: list[Row]


def recognise(grid: Grid) -> list[Found | Table]:
    """Project tables as ``Found``; tables of another kind, or broken ones, as bare ``Table``."""
    tables = list(cut(grid))
    votes = [_cost_votes(table) for table in tables]
    everyone = sum(votes, Counter[str]())
    result: list[Found | Table] = []
    for table, own in zip(tables, votes, strict=True):
        if table.kind != vocabulary.PROJECT_TABLE or not table.named:
            result.append(table)
            continue
        top = head(table)
        if table.header is None:
            if len(top.cells) < 3:  # a mention of 项目名称, not a table
                result.append(table)
            else:
                result.append(Found(UNDECLARED, table, top, (), [], []))
            continue
        columns = tuple(dict.fromkeys(["block", *(role for _, role in sorted(table.roles.items()))]))
        form = match(columns, frozenset(top.cells))
        cost, evidence = _cost(own, everyone - own)
        read = list(lines(table, columns, cost, evidence))
        result.append(
            Found(
                form,
                table,
                top,
                columns,
                [line for line in read if isinstance(line, Line)],
                [row for row in read if not isinstance(row, Line)],
            )
        )
    return result


def match(columns: tuple[str, ...], labels: Iterable[str]) -> Form:
    """The declared form with these columns that shares most labels, else ``UNDECLARED``."""
    same = [form for form in FORMS if form.columns == columns]
    return max(same, key=lambda form: len(form.labels & set(labels)), default=UNDECLARED)


def _cost_votes(table: Table) -> Counter[str]:
    """Where 成本 stands in the rows of this table that leave no doubt."""
    votes: Counter[str] = Counter()
    for row in table.rows[table.header + 1 :] if table.header is not None else ():
        slots = {
            table.roles.get(cell.place.column): cell.text
            for cell in row
            if vocabulary.slot(cell.text) == "成本"
        }
        names = {role for cell in row if (role := table.roles.get(cell.place.column))}
        if slots.keys() == {"level2"} and "name" in names:
            votes["level2"] += 1
        elif slots.keys() == {"level1", "level2"}:
            votes["level1"] += 1
    return votes


def _cost(own: Counter[str], others: Counter[str]) -> tuple[str, str]:
    """The level at which a table prints 成本, with the evidence; the table's own rows outvote its
    neighbours'. Without evidence "": level 2 is then only a lean (see align)."""
    for votes, whose in ((own, "本表"), (others, "同一文件的其他表")):
        if votes:
            level, count = votes.most_common(1)[0]
            home = "二级指标，归产出指标" if level == "level2" else "一级指标"
            return level, f"{whose}有{count}行把成本指标列为{home}"
    return "", ""
