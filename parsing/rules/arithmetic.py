"""算账: the sums that the figures of one project make, solved and written out."""

from __future__ import annotations

from collections.abc import Iterable

from parsing.finding import Equation
from parsing.rules.subject import Subject


def equations(subject: Subject) -> Iterable[Equation]:
    """The sums of a project, those that close as well as those that do not."""
    return ()
