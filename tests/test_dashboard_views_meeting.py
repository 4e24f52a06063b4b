"""The page of the meeting as a script: deciding, refusing, undoing, and what is taken away."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest
from test_dashboard_views import own_store, run, text  # noqa: F401

from dashboard import look, state
from dashboard.analysis.scope import Scope
from dashboard.dossier import Dossier, dossier
from dashboard.exports.minutes import minutes
from parsing import DEFAULT

CASE = """
from datetime import date
from dashboard import state
from dashboard.analysis.scope import Scope
from dashboard.dossier import dossier
from dashboard.views import meeting
from parsing import DEFAULT
meeting.decide(dossier(state.store(), Scope(), DEFAULT, date(2026, 11, 23)).cases[0])
"""


def told() -> Dossier:
    return dossier(state.store(), Scope(), DEFAULT, date(2026, 11, 23))


def first() -> str:
    return told().cases[0].key


def deciding(said: str | None, conditions: str, who: str) -> AppTest:
    at = AppTest.from_string(CASE, default_timeout=20).run()
    if said:
        at.radio(key=f"verdict-{first()}").set_value(said)
    at.text_area(key=f"conditions-{first()}").input(conditions)
    at.text_input(key=f"verdict-who-{first()}").input(who)
    at.button(key=f"verdict-go-{first()}").click().run()
    assert not at.exception, at.exception
    return at


def test_the_headline_is_the_money_at_risk_and_falls() -> None:
    before = told()
    assert look.spoken(before.at_risk) in text(run("meeting"))
    state.store().resolve(before.cases[0].key, "通过", [], "张主任")
    after = told().at_risk
    assert after < before.at_risk and look.spoken(after) in text(run("meeting"))


def test_a_decision_is_kept_stands_in_the_minutes_and_can_be_undone() -> None:
    deciding("有条件通过", "补充合同\n\n说明差额", "张主任")
    case = told().cases[0]
    assert case.verdict and [one.text for one in case.verdict.conditions] == ["补充合同", "说明差额"]
    row = [cell.text for cell in Document(io.BytesIO(minutes(told()))).tables[0].rows[1].cells]
    assert row[0] == case.project.name and row[2:5] == ["有条件通过", "1. 补充合同\n2. 说明差额", "张主任"]
    at = AppTest.from_string(CASE, default_timeout=20).run()
    at.button(key=f"verdict-undo-{first()}").click().run()
    assert told().cases[0].verdict is None


@pytest.mark.parametrize(
    ("said", "conditions", "who"), [(None, "", "张"), ("有条件通过", " ", "张"), ("通过", "", " ")]
)
def test_what_is_blank_is_refused_in_words(said: str | None, conditions: str, who: str) -> None:
    at = deciding(said, conditions, who)
    assert len(at.error) == 1
    assert not told().verdicts


def test_the_file_of_a_project_can_be_given_back() -> None:
    page = "from dashboard.views.meeting import page\npage()"
    at = AppTest.from_string(page, default_timeout=20).run()
    assert not at.exception
    chosen = at.selectbox(key="back-file")
    assert len(chosen.options) == 1
    buttons = [one.proto.id for one in at.get("download_button")]
    assert any(f"back-file-{chosen.value}" in one for one in buttons)
