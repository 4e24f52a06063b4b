"""The page of the meeting as a script: deciding, refusing, undoing, and what is taken away."""

from __future__ import annotations

import io
from datetime import date
from time import monotonic, sleep

import pytest
from docx import Document
from page_runs import bring, run, text
from portfolio import generate
from streamlit.testing.v1 import AppTest

from dashboard.exports.minutes import minutes
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.snapshot.snapshot import Case, Snapshot, take_snapshot
from dashboard.store import Condition, identity
from dashboard.views import give_back, meeting
from dashboard.wording.formatting import format_amount
from parsing import DEFAULT

pytestmark = pytest.mark.usefixtures("own_store")

DIALOG = """
from datetime import date
from time import sleep
from dashboard.session import cache
from dashboard.queries.scope import Scope
from dashboard.views import deciding
deciding.decide({!r}, "项目", 100)
"""
UNDO = "from dashboard.views import deciding\ndeciding.follow('undo:{}')"


def told() -> Snapshot:
    return take_snapshot(cache.store(), Scope(), DEFAULT, date(2026, 11, 23))


def first() -> Case:
    return told().cases[0]


def opened(key: str) -> AppTest:
    return AppTest.from_string(DIALOG.format(key), default_timeout=20).run()


def sign(at: AppTest, key: str, said: str | None, conditions: str, who: str) -> AppTest:
    if said:
        at.radio(key=f"verdict-{key}").set_value(said)
    at.text_area(key=f"conditions-{key}").input(conditions)
    at.text_input(key=f"verdict-who-{key}").input(who)
    return confirm(at, key)


def confirm(at: AppTest, key: str) -> AppTest:
    at.button(key=f"verdict-go-{key}").click().run()
    assert not at.exception, at.exception
    return at


def test_the_headline_is_the_money_at_risk_and_falls() -> None:
    before = told()
    assert format_amount(before.at_risk) in text(run("meeting"))
    cache.store().resolve(before.cases[0].key, "通过", [], "张主任")
    after = told().at_risk
    assert after < before.at_risk and format_amount(after) in text(run("meeting"))


def test_conditions_about_a_finding_and_free_ones_are_kept_and_stand_in_the_minutes() -> None:
    case = first()
    at = opened(case.key)
    ident, found = next(iter(case.tied().items()))
    at.multiselect(key=f"tied-{case.key}").set_value([ident]).run()
    sign(at, case.key, "有条件通过", "补充合同\n\n说明差额", "张主任")
    held = first().verdict
    assert held and held.conditions == (
        Condition(found.advice, ident),
        Condition("补充合同"),
        Condition("说明差额"),
    )
    cells = Document(io.BytesIO(minutes(told()))).tables[0].rows[1].cells
    row = "\n".join(cell.text for cell in cells)
    for said in (case.project.name, "有条件通过", "张主任", "补充合同", "说明差额", found.advice):
        assert said in row
    page = text(run("meeting"))
    assert found.rule in page and "补充合同" in page


def test_a_finding_is_known_in_the_case_as_in_the_store() -> None:
    case = first()
    rows = cache.store().rows(meeting.deciding.tied(tuple(case.tied()), DEFAULT.name))
    assert {row["ident"]: row["path"] for row in rows if row["key"] == case.key} == {
        ident: one.path for ident, one in case.tied().items()
    }
    names = [one.name for one in case.project.indicators]
    assert set(case.tied()) == {identity(one, names) for one in case.findings}


def test_what_is_decided_again_begins_with_what_was_decided() -> None:
    key = first().key
    cache.store().resolve(key, "有条件通过", [Condition("补充合同")], "张主任")
    at = opened(key)
    assert at.radio(key=f"verdict-{key}").value == "有条件通过"
    assert at.text_area(key=f"conditions-{key}").value == "补充合同"
    sign(at, key, "退回", "", "李主任")
    assert [one.verdict for one in cache.store().verdict_history(key)] == ["退回", "有条件通过"]


def test_a_decision_can_be_undone_and_stays_in_the_record() -> None:
    key = first().key
    action = cache.store().resolve(key, "退回", [], "张主任")
    AppTest.from_string(UNDO.format(action), default_timeout=20).run()
    assert first().verdict is None
    assert [one.stands for one in cache.store().verdict_history(key)] == [False]
    assert "张主任" in text(run("meeting", pane="log"))
    again = AppTest.from_string(UNDO.format(action), default_timeout=20).run()
    assert len(again.error) == 1


def test_of_two_who_decide_at_once_the_second_is_told_and_loses_nothing() -> None:
    key = first().key
    mine = opened(key)
    cache.store().resolve(key, "通过", [], "李主任")
    sign(mine, key, "退回", "补充合同", "张主任")
    assert len(mine.error) == 1 and "李主任" in mine.error[0].value and "通过" in mine.error[0].value
    assert cache.store().verdicts()[key].who == "李主任"
    assert mine.text_area(key=f"conditions-{key}").value == "补充合同"
    confirm(mine, key)
    held = cache.store().verdicts()[key]
    assert (held.who, held.verdict, held.conditions) == ("张主任", "退回", (Condition("补充合同"),))
    assert [one.who for one in cache.store().verdict_history(key)] == ["张主任", "李主任"]


@pytest.mark.parametrize(
    ("said", "conditions", "who"),
    [(None, "", "张"), ("有条件通过", " ", "张"), ("通过", "补充合同", "张"), ("通过", "", " ")],
)
def test_what_cannot_be_said_is_refused_in_words(said: str | None, conditions: str, who: str) -> None:
    key = first().key
    assert len(sign(opened(key), key, said, conditions, who).error) == 1
    assert not told().verdicts


def test_the_file_of_a_project_can_be_given_back() -> None:
    page = "from dashboard.views.meeting import page\npage()"
    at = AppTest.from_string(page, default_timeout=20).run()
    assert not at.exception
    chosen = at.selectbox(key="back-file")
    assert len(chosen.options) == 1
    at.button(key=f"back-file-{chosen.value}").click().run()
    job, until = at.session_state[give_back._CLICKS]["any"].job, monotonic() + 60
    while not job.finished and monotonic() < until:
        sleep(0.02)
    at.run()
    assert not at.exception and not at.error
    assert len(at.warning) == 1  # that these bytes are no workbook to mark
    assert any("take-any" in one.proto.id for one in at.get("download_button"))


def test_every_one_of_many_projects_can_be_found_and_decided() -> None:
    bring(*generate(120))
    names = [row["name"] for row in told().money]
    pages = [text(run("meeting", **{"from": n})) for n in "123"]
    seen = [[name for name in names if f" {name} " in page] for page in pages]
    assert [len(page) for page in seen] == [50, 50, 20]
    assert [name for page in seen for name in page] == names
    assert f" {names[-1]} " in text(run("meeting", q=names[-1]))
    assert f" {names[0]} " in text(run("meeting", **{"from": "x"}))


def test_projects_are_chosen_by_what_was_decided() -> None:
    first_, second = told().cases[:2]
    cache.store().resolve(first_.key, "退回", [], "张主任")
    back, open_ = (text(run("meeting", decided=code)) for code in ("back", "open"))
    assert f" {first_.project.name} " in back and f" {second.project.name} " not in back
    assert f" {first_.project.name} " not in open_ and f" {second.project.name} " in open_


@pytest.mark.parametrize(("module", "maker"), [one[2:] for one in meeting.FILES])
def test_what_is_taken_away_is_built_on_a_click(module: str, maker: str) -> None:
    assert meeting._made(told(), module, maker)().startswith((b"PK\x03\x04", b"<!doctype html>"))
