"""Which declared form a table is."""

from __future__ import annotations

from parsing.errors import AmbiguousForm
from parsing.forms.form import UNDECLARED, Form
from parsing.forms.head import Head, head
from parsing.forms.header import signature
from parsing.forms.tables import Table
from parsing.forms.titles import titled

LIKE = 0.6  # the share of the labels that a form and the table print which both print


def matched(table: Table, forms: tuple[Form, ...]) -> tuple[Form, Head]:
    """The form of a table that has a header, and its head as that form reads it. Raises AmbiguousForm."""
    assert table.header is not None
    rows = table.top
    joins = table.grid.joins
    common = head(rows, joins=joins, spans=table.grid.spans)
    printed = signature(titled(table.rows, table.header, UNDECLARED)[0], UNDECLARED)
    stacked = len(table.headers) > 1
    found: list[tuple[float, Form]] = []
    heads = {UNDECLARED: common}
    for form in forms:
        own = signature(titled(table.rows, table.header, form)[0], form) if form.heads else printed
        if form.columns != own or form.stacked != stacked:
            continue
        heads[form] = head(rows, form, joins, table.grid.spans) if form.means else common
        listed = frozenset(role.removeprefix("project.") for role in own if role.startswith("project."))
        labelled = heads[form].cells.keys() & heads[form].labels.keys() | listed
        found.append((likeness(form, frozenset(labelled)), form))
    form = best(found)
    return form, heads[form]


def likeness(form: Form, labels: frozenset[str]) -> float:
    """0..1: of the labels that the form or the table prints, the share that both print."""
    return len(form.labels & labels) / (len(form.labels | labels) or 1)


def best(found: list[tuple[float, Form]]) -> Form:
    """The form that is most like; ``UNDECLARED`` where none is. Raises AmbiguousForm, naming both."""
    ranked = sorted(found, key=lambda one: -one[0])
    if not ranked or ranked[0][0] < LIKE:
        return UNDECLARED
    if len(ranked) > 1 and ranked[1][0] == ranked[0][0]:
        raise AmbiguousForm(reason=f"{AmbiguousForm.reason}：{ranked[0][1].title}、{ranked[1][1].title}")
    return ranked[0][1]
