"""The rule book: Project → Review. Every rule is listed here; a test compares the list with the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from parsing.counting import Candidate, left_out
from parsing.finding import Finding, Mention, Review, Unchecked
from parsing.gc_pause import collecting_paused
from parsing.model import Project
from parsing.rules import (
    arithmetic,
    budget,
    completeness,
    gaps,
    leftovers,
    linking,
    magnitude,
    measurability,
    periods,
    polarity,
    portfolio,
    promises,
    quality,
    relevance,
    schedule,
    weights,
)
from parsing.rules.outline import Outline, outline
from parsing.rules.path_text import text_at
from parsing.rules.rule import Hit, Rule
from parsing.rules.standard import DEFAULT, Standard
from parsing.rules.subject import NEEDS, Subject

RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (
    *completeness.RULES,
    *gaps.RULES,
    *leftovers.RULES,
    *measurability.RULES,
    *polarity.RULES,
    *relevance.RULES,
    *promises.RULES,
    *budget.RULES,
    *magnitude.RULES,
    *periods.RULES,
    *schedule.RULES,
    *weights.RULES,
    *quality.RULES,
)
PORTFOLIO = portfolio.RULES  # these look at many projects at once
_EVERY: tuple[Rule[Any], ...] = (*RULES, *PORTFOLIO)
_Said = tuple[list[Finding], list[Unchecked]]
BOOK: dict[str, Rule[Any]] = {one.code: one for one in sorted(_EVERY, key=lambda one: one.code)}


def review(project: Project, standard: Standard = DEFAULT) -> Review:
    """What the rules say of one project by itself."""
    return reviews(project, (standard,))[0]


def reviews(project: Project, standards: Iterable[Standard]) -> list[Review]:
    """A review by each of the standards, in order. A rule that does not look at the standard says the same
    by all of them and is applied once."""
    first = Subject(project)
    missing = {need: reason for need, (there, reason) in NEEDS.items() if not there(first)}
    shared: dict[str, _Said] = {}
    said: list[list[_Said]] = []
    subjects = [first.by(standard) for standard in standards]
    for subject in subjects:
        said.append([])
        off = subject.standard.off
        for one in RULES:
            if one.code in off:
                continue
            if (answer := shared.get(one.code)) is None:
                subject.looked = False
                answer = _said(one, subject, missing)
                if not subject.looked:
                    shared[one.code] = answer
            said[-1].append(answer)
    equations, made = tuple(arithmetic.equations(first)), tuple(linking.promises(first))
    unpromised = linking.unpromised(first)
    return [
        Review(
            standard=subject.standard.name,
            findings=tuple(one for findings, _ in answers for one in findings),
            unchecked=tuple(one for _, unchecked in answers for one in unchecked),
            equations=equations,
            promises=made,
            unpromised=unpromised,
        )
        for subject, answers in zip(subjects, said, strict=True)
    ]


def _said(one: Rule[Any], subject: Subject, missing: Mapping[str, str]) -> _Said:
    """What a rule finds, and what of it could not be checked."""
    if missing and (lacking := [missing[need] for need in one.needs if need in missing]):
        return [], [_unchecked(one.code, "；".join(lacking))]
    if not (hits := list(one.check(subject))):
        return [], []
    open_parts = [hit.message for hit in hits if hit.unchecked]
    unchecked = [_unchecked(one.code, "；".join(open_parts))] if open_parts else []
    return [_finding(one, hit, subject.project) for hit in hits if not hit.unchecked], unchecked


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
    """A review for each project, what shows only among many included, in order. What is in no sum (see
    ``parsing.counting``) is not compared with others."""
    reviews: list[Review] = []
    outlines: list[Outline] = []
    tables: list[Candidate] = []
    with collecting_paused():
        for project in projects:  # none is kept: a stream of any length will do
            reviews.append(review(project, standard))
            outlines.append(outline(project))
            tables.append(Candidate.of(project))
    left = left_out(tables)
    numbers = [number for number in range(len(outlines)) if number not in left]
    found: dict[int, list[Finding]] = {}
    for at, finding in compare([outlines[number] for number in numbers], standard):
        found.setdefault(numbers[at], []).append(finding)
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
        also=tuple([_mention(project, path) for path in hit.also]),
    )


def _mention(project: Project, path: str) -> Mention:
    return Mention(path=path, text=text_at(project, path), place=str(project.find(path) or project.place))
