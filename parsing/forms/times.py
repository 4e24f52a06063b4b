"""The times that the head of a table tells: its year, when the project begins and ends."""

from __future__ import annotations

from parsing import values
from parsing.forms import vocabulary
from parsing.forms.head import Head
from parsing.forms.tables import Table


def year(head: Head, table: Table) -> int | None:
    """The year of the table: of the money's label, of the goal's, of a line of its own, of the title."""
    labels = (head.cells[name][0].year for name in ("budget", "annual_goal") if name in head.cells)
    typed = values.when(head.first("year") or "")[0]
    titled = vocabulary.title_year(table.title.text) if table.title else None
    return next(filter(None, (*labels, head.year, int(typed[:4]) if typed else None, titled)), None)


def period(head: Head) -> tuple[str | None, str | None]:
    """Start and end as ISO dates: of their own labels, of one label for both, of a goal's heading."""
    start, end = head.first("start"), head.first("end")
    said = (values.when(head.first("period") or ""), values.when(head.span or ""))
    both = next((one for one in said if one[0]), (None, None))
    return values.when(start)[0] if start else both[0], values.when(end)[0] if end else both[1]


def unread_period(head: Head) -> dict[str, str]:
    """A period that tells no dates (三年), as printed, by a label for people."""
    said = head.first("period")
    return {"实施期限": said} if said and not period(head)[0] else {}
