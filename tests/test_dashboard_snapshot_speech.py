"""The half page that is read aloud: short enough, and each number one that the snapshot holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from portfolio import wordy

from dashboard.exports.word_document import DOWN, tall
from dashboard.ingest.samples import bring
from dashboard.queries.scope import Scope
from dashboard.session.pages import PAGES
from dashboard.snapshot.snapshot import Snapshot, take_snapshot
from dashboard.snapshot.speech import speech
from dashboard.store import open_store
from dashboard.wording.formatting import format_share, format_wan, format_yi
from parsing import DEFAULT, Reading

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


@pytest.fixture(scope="module", params=("samples", "many"))
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    store = open_store(tmp_path_factory.mktemp(request.param))
    if request.param == "samples":
        bring(store, "测试")
    else:
        reading = Reading(projects=tuple(wordy(60)))
        store.confirm(store.stage("批.xlsx", b"x", reading, "测试"), "测试")
    asked = take_snapshot(store, Scope(), DEFAULT, date(2026, 11, 23))
    for row, word in zip(asked.money, ("通过", "退回"), strict=False):
        store.resolve(row["key"], word, [], "张主任")
    return take_snapshot(store, Scope(), DEFAULT, date(2026, 11, 23))


def figures(told: Snapshot) -> Iterator[int]:
    for row in (told.whole, told.tally, *told.lacks, *told.rules, *told.money):
        yield from (value for value in row.values() if isinstance(value, int))
    yield told.at_risk
    yield sum(fen for _, fen in told.facts.largest[:3])
    yield told.tally["high"] + told.tally["middle"]
    for one in told.decided:
        yield one.projects


def test_every_number_is_a_figure_of_the_snapshot(told: Snapshot) -> None:
    known = {
        text.strip("<>")
        for one in figures(told)
        for text in (
            str(one),
            f"{one:,}",
            format_wan(one),
            format_yi(one),
            format_share(one, told.facts.budget_fen),
        )
    }
    (case, *_) = [case for case in told.cases if case.questions]
    for line in speech(told):
        text = line.text
        years = (told.caption.whose, told.facts.money)
        for name in (case.questions[0].text, *years, *(row["name"] for row in told.money)):
            text = text.replace(name, "")
        assert set(NUMBER.findall(text)) <= known, text


def test_it_takes_half_a_page_and_each_sentence_leads_to_a_page(told: Snapshot) -> None:
    lines = speech(told)
    assert sum(tall(line.text) for line in lines) < DOWN / 2
    assert {line.page for line in lines} <= {one.url for one in PAGES}
