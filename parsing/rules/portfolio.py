"""Rules that look at many projects at once. None compares all pairs: each works in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from parsing.finding import Finding, Mention
from parsing.model import pathed
from parsing.rules import copied, magnitude, namesakes, overlap, targets
from parsing.rules.outline import Outline
from parsing.rules.rule import Rule
from parsing.rules.shared import PortfolioCheck

RULES: tuple[Rule[PortfolioCheck], ...] = (
    *copied.RULES,
    *magnitude.PORTFOLIO,
    *overlap.RULES,
    *targets.RULES,
    *namesakes.RULES,
)


def findings(rule: Rule[PortfolioCheck], outlines: Sequence[Outline]) -> Iterator[tuple[int, Finding]]:
    """What a rule finds: number of the project in ``outlines``, finding."""

    @cache  # a large group names the same few again and again
    def mention(number: int, path: str) -> Mention:
        text, place = _at(outlines[number], path)
        return Mention(path=path, text=text, place=place, project=outlines[number].name)

    for number, hit in rule.check(outlines):
        yield (
            number,
            Finding(
                rule=rule.code,
                severity=hit.severity or rule.severity,
                title=rule.title,
                message=hit.message,
                advice=hit.advice or rule.advice,
                path=hit.path,
                place=_at(outlines[number], hit.path)[1],
                quote=hit.quote,
                slot=hit.slot,
                also=tuple(mention(*other) for other in hit.also),
            ),
        )


def _at(outline: Outline, path: str) -> tuple[str, str]:
    """Text and place at ``indicators[n]``, ``indicators[n].annual``, a goal, or "" (the project)."""
    kind, number, field = pathed(path)
    if kind:
        line = outline.lines[number]
        return (line.said if field else line.name), line.place
    return outline.goals.get(path, outline.name), outline.place
