"""Which declared form a table is."""

from __future__ import annotations

from itertools import combinations

from parsing.errors import AmbiguousForm, FormsDiffer
from parsing.forms.form import UNDECLARED, Form
from parsing.forms.head import head
from parsing.forms.header import signature
from parsing.forms.heading import Head
from parsing.forms.tables import Table
from parsing.forms.taught import differ
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
    """What somebody showed, else the form that is most like; ``UNDECLARED`` where none is. Raises
    AmbiguousForm, naming both."""
    taught = sorted((one for one in found if one[1].taught and one[0] >= LIKE), key=_words)
    if rivals := next((pair for pair in combinations(taught, 2) if differ(pair[0][1], pair[1][1])), None):
        titles = "、".join(f"“{form.title}”" for _, form in rivals)
        raise FormsDiffer(reason=f"{FormsDiffer.reason}：{titles}")
    if taught:
        return taught[-1][1]
    ranked = sorted((one for one in found if not one[1].taught), key=lambda one: -one[0])
    if not ranked or ranked[0][0] < LIKE:
        return UNDECLARED
    if len(ranked) > 1 and ranked[1][0] == ranked[0][0]:
        raise AmbiguousForm(reason=f"{AmbiguousForm.reason}：{ranked[0][1].title}、{ranked[1][1].title}")
    return ranked[0][1]


def _words(ranked: tuple[float, Form]) -> tuple[int, float]:
    """How much of a table a taught form explains, then how like it is."""
    likeness, form = ranked
    return len(form.means) + len(form.heads), likeness
