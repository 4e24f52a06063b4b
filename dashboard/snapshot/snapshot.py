"""Everything that goes into the room or home from it, asked once: slides, papers and workbooks made of one
snapshot have the same figures, date, standard and mark."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.queries import budget, coverage, files, review, totals, trouble
from dashboard.queries.scope import Scope
from dashboard.store import PROBLEM_RANK, SEVERITY_RANKS, Store, Verdict, identity
from dashboard.wording import caption
from dashboard.wording.caption import Caption
from dashboard.wording.meeting import DecisionCount, at_risk, count_decisions
from dashboard.wording.partial import named
from dashboard.wording.sentence import Facts
from dashboard.wording.sentence import facts as said_of
from parsing import BOOK, SEVERITIES, Finding, Project, Question, Standard, questions

Row = Mapping[str, Any]
CASES = 60  # projects with pages of their own; the rest is counted, and said to be left out
LISTED, FINDINGS = 2_000, 5_000  # projects and findings that a workbook lists


@dataclass(frozen=True)
class Case:
    """One project: ``matrix``, its row of ``coverage.matrix``; ``figures``, its row of ``review.quadrant``;
    ``findings``, its open ones but for those about its reading, the gravest first;
    ``verdict``: what was decided about it."""

    key: str
    project: Project
    matrix: Row
    figures: Row
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    verdict: Verdict | None

    @property
    def named(self) -> str:
        """Its name, marked where its table was read in part."""
        return named(self.project.title, self.matrix["partial"])

    @property
    def problems(self) -> list[Finding]:
        """Those of ``findings`` that are problems."""
        return [finding for finding in self.findings if SEVERITY_RANKS[finding.severity] >= PROBLEM_RANK]

    def tied(self) -> dict[str, Finding]:
        """Ident → finding: what the conditions of a verdict may be about."""
        names = [indicator.name for indicator in self.project.indicators]
        return {identity(finding, names): finding for finding in self.findings}


@dataclass(frozen=True)
class Snapshot:
    """Rows are those of the questions in ``dashboard.queries``, ``rules`` those that found problems, with
    their titles; money in 分.
    ``cases``: the projects with most money; ``beyond``: how many there are besides; ``verdicts``: key → what
    was decided, of all in the scope; ``mark``: the same for the same content."""

    scope: Scope
    standard: Standard
    made: date
    facts: Facts
    whole: Row
    lacks: Sequence[Row]
    money: Sequence[Row]
    matrix: Sequence[Row]
    tally: Row
    rules: Sequence[Row]
    findings: Sequence[Row]
    quadrant: Sequence[Row]
    unread: Sequence[Row]
    files: Sequence[Row]
    verdicts: Mapping[str, Verdict]
    cases: tuple[Case, ...]
    mark: str

    @property
    def beyond(self) -> int:
        return int(self.whole["projects"]) - len(self.cases)

    @property
    def at_risk(self) -> int:
        """The money, in 分, of the projects that have not passed."""
        return at_risk(self.decided)

    @property
    def decided(self) -> tuple[DecisionCount, ...]:
        """What was decided and what was not, by projects and by money."""
        return count_decisions(self.money, self.verdicts)

    @property
    def caption(self) -> Caption:
        """Whose the numbers are."""
        return caption.caption(self.scope, self.whole, self.standard.title, self.made)

    @property
    def title(self) -> str:
        """What the papers are called, without a file's ending."""
        return self.caption.title


def take_snapshot(store: Store, scope: Scope, standard: Standard, day: date) -> Snapshot:
    """What the store says now. Takes about 10 ms a project with pages of its own."""
    store.settle()
    name = standard.name
    answers: dict[str, list[dict[str, Any]]] = {
        "lacks": store.rows(coverage.lacking(scope, name)),
        "money": store.rows(budget.ranked(scope)),
        "matrix": store.rows(coverage.matrix(scope, limit=LISTED, standard=name)),
        "rules": [
            row | {"title": BOOK[row["rule"]].title}
            for row in store.rows(review.rules(scope, name, review.PROBLEMS))
        ],
        "findings": store.rows(review.ranked(scope, name, limit=FINDINGS)),
        "quadrant": store.rows(review.quadrant(scope, name, limit=LISTED)),
        "unread": store.rows(trouble.unread()),
        "files": store.rows(files.files(scope, budget.ALL)),
    }
    whole = totals.whole(lambda question, *about: store.rows(question(*about)), scope, name)
    tally = store.rows(review.tally(scope, name))[0]
    verdicts = store.verdicts(row["key"] for row in answers["money"] if row["key"])
    said = json.dumps(
        [whole, tally, answers, name, verdicts], ensure_ascii=False, sort_keys=True, default=str
    )
    figures = {row["key"]: row for row in answers["quadrant"]}
    return Snapshot(
        scope=scope,
        standard=standard,
        made=day,
        facts=said_of(whole, answers["lacks"], answers["money"], standard.title),
        whole=whole,
        tally=tally,
        verdicts=verdicts,
        cases=tuple(
            _case(store, row, figures[row["key"]], name, verdicts.get(row["key"]))
            for row in answers["matrix"][:CASES]
        ),
        mark=hashlib.sha256(said.encode()).hexdigest()[:8],
        **answers,
    )


def _case(store: Store, matrix: Row, figures: Row, standard: str, verdict: Verdict | None) -> Case:
    project = store.project(matrix["key"])
    findings = store.findings(matrix["key"], standard)
    content = [finding for finding in findings if not finding.rule.startswith("X")]
    ranked = sorted(content, key=lambda one: SEVERITIES.index(one.severity))
    return Case(matrix["key"], project, matrix, figures, tuple(ranked), questions(project, ranked), verdict)
