"""Which rules could not be applied, and why: they are neither passed nor failed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from parsing import Project, Standard, review


def unchecked(projects: Iterable[Project], standard: Standard) -> dict[str, dict[str, int]]:
    """Rule → reason → in how many of the projects."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for project in projects:
        for each in review(project, standard).unchecked:
            found[each.rule][each.reason] += 1
    return {rule: dict(found[rule]) for rule in sorted(found)}
