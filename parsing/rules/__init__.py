"""The rule book: Project → Review. Every rule is listed here; a test compares the list with the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from parsing.finding import Finding, Mention, Review, Unchecked
from parsing.model import Project
from parsing.pausing import collecting_paused
from parsing.rules import (
    arithmetic,
    budget,
    completeness,
    gaps,
    leftovers,
    measurability,
    polarity,
    portfolio,
    promises,
    quality,
    relevance,
    schedule,
    weights,
    yearly,
)
from parsing.rules.outline import Outline, outline
from parsing.rules.rule import Hit, Rule
from parsing.rules.standard import DEFAULT, Standard
from parsing.rules.subject import NEEDS, Subject
from parsing.rules.text import text_at

RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (
    *completeness.RULES,
    *gaps.RULES,
    *leftovers.RULES,
    *measurability.RULES,
    *polarity.RULES,
    *relevance.RULES,
    *promises.RULES,
    *budget.RULES,
    *yearly.RULES,
    *schedule.RULES,
    *weights.RULES,
    *quality.RULES,
)
PORTFOLIO = portfolio.RULES  # these look at many projects at once
_EVERY: tuple[Rule[Any], ...] = (*RULES, *PORTFOLIO)
BOOK: dict[str, Rule[Any]] = {one.code: one for one in sorted(_EVERY, key=lambda one: one.code)}


def review(project: Project, standard: Standard = DEFAULT) -> Review:
    """What the rules say of one project by itself."""
    subject = Subject(project, standard)
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    missing = {need: reason for need, (there, reason) in NEEDS.items() if not there(subject)}
    for one in RULES:
        if one.code in standard.off:
            continue
        if lacking := [missing[need] for need in one.needs if need in missing]:
            unchecked.append(_unchecked(one.code, "；".join(lacking)))
            continue
        if not (hits := list(one.check(subject))):
            continue
        findings += [_finding(one, hit, subject.project) for hit in hits if not hit.unchecked]
        if open_parts := [hit.message for hit in hits if hit.unchecked]:
            unchecked.append(_unchecked(one.code, "；".join(open_parts)))
    return Review(
        standard=standard.name,
        findings=tuple(findings),
        unchecked=tuple(unchecked),
        equations=tuple(arithmetic.equations(subject)),
        promises=tuple(promises.promises(subject)),
        unpromised=promises.unpromised(subject),
    )


@lru_cache(1 << 10)
def _unchecked(code: str, reason: str) -> Unchecked:
    return Unchecked(rule=code, reason=reason)


def compare(outlines: Sequence[Outline], standard: Standard = DEFAULT) -> list[tuple[int, Finding]]:
    """What the rules of a portfolio say: number of the project in ``outlines``, finding."""
    with collecting_paused():
        return [
            found
            for one in PORTFOLIO
            if one.code not in standard.off
            for found in portfolio.findings(one, outlines)
        ]


def review_all(projects: Iterable[Project], standard: Standard = DEFAULT) -> list[Review]:
    """A review for each project, what shows only among many included, in order."""
    reviews: list[Review] = []
    outlines: list[Outline] = []
    with collecting_paused():
        for project in projects:  # none is kept: a stream of any length will do
            reviews.append(review(project, standard))
            outlines.append(outline(project))
    found: dict[int, list[Finding]] = {}
    for number, finding in compare(outlines, standard):
        found.setdefault(number, []).append(finding)
    return [
        one.model_copy(update={"findings": (*one.findings, *found.get(number, ()))})
        for number, one in enumerate(reviews)
    ]


def _finding(one: Rule[Any], hit: Hit, project: Project) -> Finding:
    return Finding(
        rule=one.code,
        severity=hit.severity or one.severity,
        title=one.title,
        message=hit.message,
        advice=hit.advice or one.advice,
        path=hit.path,
        place=hit.place or str(project.find(hit.path) or project.place),
        quote=hit.quote,
        slot=hit.slot,
        equation=hit.equation,
        also=tuple(
            Mention(path=path, text=text_at(project, path), place=str(project.find(path) or project.place))
            for path in hit.also
        ),
    )
