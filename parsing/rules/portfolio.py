"""Rules that look at many projects at once. None compares all pairs: each works in blocks."""

from __future__ import annotations

from collections.abc import Sequence

from parsing.finding import Finding, Mention
from parsing.rules import copied, overlap, targets
from parsing.rules.outline import Outline
from parsing.rules.rule import Rule
from parsing.rules.shared import PortfolioCheck, Shared

RULES: tuple[Rule[PortfolioCheck], ...] = (*copied.RULES, *overlap.RULES, *targets.RULES)


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
