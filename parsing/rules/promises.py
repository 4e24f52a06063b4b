"""What the goals promise, and which indicators measure it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parsing.finding import Promise
from parsing.rules.subject import Subject


def promises(subject: Subject) -> list[Promise]:
    """The numbers and deliverables in the goals, each with the indicators that measure it."""
    return []


def unpromised(subject: Subject, promised: Sequence[Promise]) -> Iterable[str]:
    """Paths of the output indicators that no goal promises."""
    return ()
