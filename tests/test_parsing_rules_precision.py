"""The labelled set: every finding judged, and no grave rule that is often wrong."""

from __future__ import annotations

from pathlib import Path

import yaml

from parsing.finding import SEVERITIES
from parsing.rulebook import markdown
from parsing.rules import BOOK
from parsing.rules.measured import measured
from tests import precision

ROOT = Path(__file__).parent


def test_every_finding_of_the_labelled_set_was_judged() -> None:
    assert precision.open_points() == []


def test_every_judgement_has_a_reason() -> None:
    told = yaml.safe_load(precision.LABELS.read_text("utf-8"))
    verdicts = [
        one
        for files in told.values()
        for projects in files.values()
        for many in projects.values()
        for one in many
    ]
    assert verdicts
    assert all(one["verdict"] in ("right", "wrong", "missed") and len(one["why"]) > 3 for one in verdicts)


def test_a_rule_that_is_often_wrong_is_a_hint_at_most() -> None:
    for code, one in precision.figures().items():
        if one.precision is not None and one.precision < precision.BAR:
            assert BOOK[code].severity == SEVERITIES[-1], code


def test_the_figures_in_the_rule_book_are_those_of_today() -> None:
    assert measured() == precision.figures()


def test_the_rule_book_in_the_docs_is_that_of_today() -> None:
    assert (ROOT.parent / "docs" / "rules.md").read_text("utf-8") == markdown()
