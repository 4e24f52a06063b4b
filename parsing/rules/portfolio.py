"""Rules that look at many projects at once. None compares all pairs: each works in blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from parsing.finding import Finding, Mention, Severity
from parsing.model import Slot
from parsing.rules.outline import Outline
from parsing.rules.rule import Rule


class Shared(NamedTuple):
    """What a portfolio rule found at ``path`` of one project. ``also``: number of another project in the
    sequence and the path there."""

    path: str
    message: str
    quote: str = ""
    severity: Severity | None = None
    advice: str = ""
    slot: Slot | None = None
    also: tuple[tuple[int, str], ...] = ()


PortfolioCheck = Callable[[Sequence[Outline]], Iterable[tuple[int, Shared]]]
RULES: tuple[Rule[PortfolioCheck], ...] = ()


def finding(rule: Rule[PortfolioCheck], hit: Shared, number: int, outlines: Sequence[Outline]) -> Finding:
    """The finding at project ``number`` of ``outlines``."""
    return Finding(
        rule=rule.code,
        severity=hit.severity or rule.severity,
        title=rule.title,
        message=hit.message,
        advice=hit.advice or rule.advice,
        path=hit.path,
        place=_at(outlines[number], hit.path)[1],
        quote=hit.quote,
        slot=hit.slot,
        also=tuple(_mention(outlines[other], path) for other, path in hit.also),
    )


def _mention(outline: Outline, path: str) -> Mention:
    text, place = _at(outline, path)
    return Mention(path=path, text=text, place=place, project=outline.name)


def _at(outline: Outline, path: str) -> tuple[str, str]:
    """Text and place at ``indicators[n]``, ``indicators[n].annual``, a goal, or "" (the project)."""
    if path.startswith("indicators["):
        number, _, field = path.removeprefix("indicators[").partition("]")
        line = outline.lines[int(number)]
        return (line.said if field else line.name), line.place
    return outline.goals.get(path, outline.name), outline.place
