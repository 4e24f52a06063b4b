"""The page of findings as a script: what it says, what narrows it, and setting a finding aside."""

import json
import re

import pytest
from conftest import make_indicator, make_project
from page_runs import bring, charts, run, text
from streamlit.testing.v1 import AppTest

from dashboard.queries import review
from dashboard.queries.review import FindingFilter
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.wording import terms
from parsing import BOOK

pytestmark = pytest.mark.usefixtures("own_store")


def html(at: AppTest) -> str:
    """What stands in the clickable parts."""
    return "".join(json.loads(element.proto.json)["html"] for element in at.get("bidi_component"))


def ranked(**sought) -> list[dict]:
    cache.store().settle()
    return cache.store().rows(review.ranked(Scope(), sought=FindingFilter(**sought), limit=1000))


def tally(standard: str = "default") -> dict:
    cache.store().settle()
    return cache.store().rows(review.tally(Scope(), standard))[0]


def put_aside(row: dict, reason: str = "已有书面说明", who: str = "张三") -> int:
    return cache.store().set_aside(row["key"], row["ident"], reason, who)


def test_the_headline_counts_what_must_be_changed_with_its_money():
    at, said = run("review"), tally()
    assert terms.DUE.said(said) in text(at) and "396.63 万元" in text(at)
    assert terms.findings(said) in text(at)
    assert "通用标准" in text(at)


def test_another_standard_counts_otherwise():
    bring(make_project("道路清扫", indicators=(make_indicator("清扫面积", "数量", "100平方米"),)))
    said = {name: (tally(name)["high"], tally(name)["middle"]) for name in ("default", "strict")}
    assert said["default"] != said["strict"]
    for name, (high, middle) in said.items():
        words = text(run("review", standard=name))
        assert f"高 {high}、中 {middle}" in words


def test_the_levels_tell_how_many_there_are():
    at, said = run("review"), tally()
    levels = next(one for one in at.get("button_group") if one.proto.id.endswith("switch-severity"))
    assert sum(said[name] for name in ("high", "middle", "low", "hint")) == said["findings"]
    assert any(f"中 {said['middle']}" in option.content for option in levels.proto.options)


def test_a_rules_page_stands_above_its_findings():
    at = run("review", rule="M01")
    assert BOOK["M01"].meaning[:20] in html(at)
    assert at.button(key="any-rule").label.startswith("只看 M01")


def test_the_rule_book_has_every_rule():
    said = html(run("review", rule="all"))
    assert all(f"rule:{code}" in said for code in BOOK)


def test_an_address_that_makes_no_sense_falls_back():
    at = run("review", rule="Z99", severity="?", state="'; DROP TABLE", view="x", by="x", standard="无")
    assert terms.PROBLEM.said(tally()) in text(at)


@pytest.mark.parametrize("by", ["fen", "n"])
def test_the_quadrant_has_every_project(by):
    (figure,) = charts(run("review", view="quadrant", by=by))
    assert all(row["name"] in figure for row in ranked())


def test_a_finding_that_is_set_aside_leaves_every_count_and_comes_back():
    before, row = tally(), ranked(severity="中")[0]
    action = put_aside(row)
    assert tally()["middle"] == before["middle"] - 1
    at = run("review")
    assert f"问题 {before['problems'] - 1} 条" in text(at) and "已搁置 1 条" in text(at)
    said = html(run("review", state="aside"))
    assert "已有书面说明" in said and "张三" in said and f"undo:{action}" in said
    cache.store().undo(action, "李四")
    assert tally() == before


def asking(row: dict) -> AppTest:
    script = f"from dashboard.views import dismissals\ndismissals.ask({row!r})"
    return AppTest.from_string(script, default_timeout=20).run()


@pytest.mark.parametrize(("reason", "who"), [("", "张三"), ("  ", "张三"), ("已说明", " ")])
def test_setting_aside_without_reason_or_name_is_refused_in_words(reason, who):
    at, before = asking(ranked()[0]), tally()
    at.text_area(key="aside-reason").input(reason)
    at.text_input(key="aside-who").input(who)
    at.button(key="aside-go").click().run()
    assert len(at.error) == 1 and re.search("请写明", at.error[0].value)
    assert tally() == before


def test_setting_aside_with_reason_and_name_is_kept():
    at, before = asking(ranked()[0]), tally()
    at.text_area(key="aside-reason").input("已说明")
    at.text_input(key="aside-who").input("张三")
    at.button(key="aside-go").click().run()
    assert not at.exception and not at.error
    assert tally()["findings"] == before["findings"] - 1
    (row,) = ranked(state="aside", of="all")
    assert (row["reason"], row["who"]) == ("已说明", "张三")


def test_where_nothing_fits_the_conditions_the_page_offers_to_drop_them():
    at = run("review", state="aside")
    at.button(key="all-findings").click().run()
    assert "state" not in at.query_params and html(at).count("aside:")


def test_where_nothing_was_found_the_page_says_what_was_not_checked():
    bring(make_project("甲", budget_yuan=None, indicators=(make_indicator(),)))
    for row in ranked(of="all"):
        if not any(one["ident"] == row["ident"] for one in ranked(state="aside", of="all")):
            put_aside(row)
    said = text(run("review"))
    assert "没有发现问题" in said and "不算通过" in said


def test_no_project_says_what_to_do_next():
    cache.store().withdraw_samples("测试")
    assert "还没有项目" in text(run("review"))
    assert "没有符合条件的项目" in text(run("review", year="1999")) or "还没有项目" in text(run("review"))


def test_only_the_first_of_very_many_are_listed(monkeypatch):
    monkeypatch.setattr("dashboard.views.review.MOST", 5)
    said = html(run("review"))
    assert said.count("aside:") == 5 and "只列前 5 条" in said


def test_a_project_can_be_chosen_and_stays_in_the_address():
    at = run("review")
    row = ranked()[0]
    at.selectbox(key="one-project").select(row["key"]).run()
    assert at.query_params["project"] == row["key"]
    assert set(re.findall(r"aside:(\w+):", html(at))) == {row["key"]}


def test_a_broken_standard_of_the_users_own_is_told(tmp_path):
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "own.toml").write_text('title = "本镇标准"\n', "utf-8")
    (tmp_path / "standards" / "bad.toml").write_text("?", "utf-8")
    at = run("review")
    assert "bad.toml" in text(at)
    assert "本镇标准" in at.selectbox(key="filter-standard").options
