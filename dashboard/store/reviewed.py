"""Reviews → rows of ``finding`` and ``requirement``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from dashboard.store.derive import Row
from dashboard.store.dismissals import OPEN
from dashboard.store.severity import SEVERITY_RANKS
from parsing import SLOTS, Finding, Project

if TYPE_CHECKING:
    from parsing import Outline, Standard

T = TypeVar("T")
FIRST_OF_MANY = 100_000  # seq from which findings of the portfolio are numbered
_NUMBER = re.compile(r"\[(\d+)\]")


def finding_rows(key: str, project: Project, standards: Mapping[str, Standard]) -> list[Row]:
    """What each standard finds in one project; what all find stands once."""
    from parsing import reviews

    answers = reviews(project, standards.values())
    found = merged((name, one.findings) for name, one in zip(standards, answers, strict=True))
    names = [indicator.name for indicator in project.indicators]
    rows = [_row(key, one, names, standard, 0) for standard, one in spread(found, len(standards))]
    return [row | {"seq": seq} for seq, row in enumerate(rows)]


def portfolio_rows(
    keys: Sequence[str], outlines: Sequence[Outline], standards: Mapping[str, Standard]
) -> list[Row]:
    """What each standard finds among these projects."""
    from parsing import compare

    said = {one.off: one for one in standards.values()}  # they differ only in the rules that are off
    answers = {off: compare(outlines, one) for off, one in said.items()}
    found = merged((name, answers[one.off]) for name, one in standards.items())
    rows: list[Row] = []
    count: dict[str, int] = {}
    for standard, (number, one) in spread(found, len(standards)):
        key, names = keys[number], [line.name for line in outlines[number].lines]
        seq = count[key] = count.get(key, FIRST_OF_MANY - 1) + 1
        rows.append(_row(key, one, names, standard, 1) | {"seq": seq})
    return rows


def requirement_rows(key: str, project: Project, standards: Mapping[str, Standard]) -> list[Row]:
    from parsing import asked

    marks = {"required": 2, "advised": 1}
    rows = []
    for name, standard in standards.items():
        lacks = asked(project, standard)
        cells = {f"r{k}": marks.get(lacks.get(slot, ""), 0) for k, slot in enumerate(SLOTS, 1)}
        rows.append({"key": key, "standard": name, **cells})
    return rows


def merged(answers: Iterable[tuple[str, Iterable[T]]]) -> dict[T, list[str]]:
    """What was found → the standards that found it, in the order found."""
    groups: dict[T, list[str]] = {}
    for name, many in answers:
        for one in dict.fromkeys(many):
            groups.setdefault(one, []).append(name)
    return groups


def spread(found: Mapping[T, list[str]], every: int) -> Iterable[tuple[str, T]]:
    for one, names in found.items():
        for name in [""] if len(names) == every else names:
            yield name, one


def ident(rule: str, slot: str | None, about: str, quote: str) -> str:
    """16 hexadecimal characters that stand for a finding in whatever version of its project: no row number
    is in them."""
    return hashlib.sha256("|".join((rule, slot or "", about, quote)).encode()).hexdigest()[:16]


def identity(finding: Finding, names: Sequence[str]) -> str:
    """The ``ident`` of a finding of the project whose indicators have these names."""
    number = _NUMBER.search(finding.path)
    named = number and finding.path.startswith("indicators") and int(number[1]) < len(names)
    about = names[int(number[1])] if named and number else _NUMBER.sub("", finding.path)
    return ident(finding.rule, finding.slot, about, finding.quote)


@cache
def _dimension(rule: str) -> str:
    """Of a rule; asked for every finding, and the rules are fetched late."""
    from parsing import BOOK

    return BOOK[rule].dimension


def _row(key: str, finding: Finding, names: Sequence[str], standard: str, portfolio: int) -> Row:
    return {
        "key": key,
        "standard": standard,
        "rule": finding.rule,
        "severity": finding.severity,
        "rank": SEVERITY_RANKS[finding.severity],
        "dimension": _dimension(finding.rule),
        "title": finding.title,
        "slot": finding.slot,
        "path": finding.path,
        "place": finding.place,
        "message": finding.message,
        "quote": finding.quote,
        "advice": finding.advice,
        "equation": finding.equation,
        "also": json.dumps([each.model_dump() for each in finding.also], ensure_ascii=False)
        if finding.also
        else "[]",
        "ident": identity(finding, names),
        "portfolio": portfolio,
        **OPEN,
    }
