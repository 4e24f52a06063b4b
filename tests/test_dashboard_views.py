"""The pages of ours as scripts: what stands on them, for the samples, for none, and for many projects."""

import re
from decimal import Decimal

import pytest
from conftest import make_indicator, make_project
from page_runs import app_at, bring, charts, run, text

from dashboard.queries.scope import UNNAMED
from parsing import SLOTS

pytestmark = pytest.mark.usefixtures("own_store")


def test_the_frame_runs_the_overview_of_the_samples():
    at = app_at()
    assert not at.exception
    assert not at.error
    assert "396.63" in text(at)


def test_the_overview_shows_the_figures_of_the_samples():
    at = run("overview")
    for figure in ("396.63", "3,966,300 元", "56", "36 / 54", "46.9%", "90.2%", "修复 8 处"):
        assert figure in text(at) or any(figure in button.label for button in at.button), figure
    assert "6 个项目都缺必填的满意度指标" in text(at) and "经济效益和生态效益" in text(at)
    money, matrix = charts(at)
    assert "186.00" in money
    assert (matrix.count("✕ 必填"), matrix.count("✕ 缺")) == (6, 12)


def test_the_samples_leave_with_one_click_and_the_page_says_what_to_do_next():
    at = run("overview")
    at.button(key="no-samples").click().run()
    assert not at.exception
    assert "还没有项目" in text(at)
    assert at.button(key="nothing-go").label == "导入绩效目标表"


@pytest.mark.parametrize("view", ["overview", "budget", "coverage"])
def test_an_address_that_makes_no_sense_falls_back(view):
    odd = {
        "year": "２０２４",
        "unit": "没有这个单位",
        "type": "'; DROP TABLE project",
        "end": "-1",
        "money": "x",
    }
    at = run(view, **odd, by="?", lack="无", group="无", sort="无")
    assert "6 个" in text(at) or "396.63" in text(at)
    assert not {"unit", "type", "end"} & set(at.query_params)


def test_a_filter_in_the_address_narrows_every_number():
    at = run("overview", type="其他运转类")
    assert "3.60" in text(at)
    assert "396.63" not in text(at)
    assert at.selectbox(key="filter-type").value == "其他运转类"


def test_choosing_a_filter_goes_to_the_address():
    at = run("overview")
    at.selectbox(key="filter-type").select("其他运转类").run()
    assert at.query_params["type"] == "其他运转类"
    at.selectbox(key="filter-type").select("").run()
    assert "type" not in at.query_params


@pytest.mark.parametrize("view", ["overview", "budget", "coverage", "projects"])
def test_every_page_names_the_standard_in_use_and_switches_it(view):
    at = run(view)
    assert at.selectbox(key="filter-standard").value == "default"
    at.selectbox(key="filter-standard").select("strict").run()
    assert at.query_params["standard"] == "strict"
    at.selectbox(key="filter-standard").select("default").run()
    assert "standard" not in at.query_params


def test_a_standard_that_nobody_knows_falls_back():
    assert run("overview", standard="没有").selectbox(key="filter-standard").value == "default"


def test_the_unit_of_money_lives_in_the_address():
    at = run("overview", money="yuan")
    assert "1,860,000" in charts(at)[0]
    assert "396.63 万元" in text(at)


def test_the_budget_page_ranks_and_accumulates():
    projects, groups = charts(run("budget"))
    assert all(figure in projects for figure in ("186.00", "90.2%", "100.0%"))
    assert "393.03" in groups and "207.03" in groups  # a base type and one of its sub types


@pytest.mark.parametrize("group", ["unit", "department", "end", "year"])
def test_the_budget_page_groups_by_what_the_address_says(group):
    groups = charts(run("budget", group=group))[1]
    assert "396.63" in groups or "186.00" in groups


def test_the_coverage_page_switches_from_number_to_money():
    by_number, by_money = run("coverage", by="n"), run("coverage", by="fen")
    assert "6 个" in charts(by_number)[0] and "396.63" not in charts(by_number)[0]
    assert "396.63" in charts(by_money)[0] and "6 个" not in charts(by_money)[0]
    assert "6 个项目缺必填指标，必填空缺 6 格，另有 12 格" in text(by_number)
    assert "396.63 万元的项目缺必填指标，占预算 100.0%" in text(by_money)


def test_the_coverage_page_keeps_only_the_projects_that_lack_a_kind():
    bring(
        make_project("甲", indicators=(make_indicator(slot="质量"),)),
        make_project("乙", indicators=(make_indicator(slot="满意度"),)),
    )
    matrix = charts(run("coverage", lack="满意度"))[1]
    assert "甲" in matrix
    assert "乙" not in matrix


def test_projects_without_a_budget_are_told_and_add_nothing():
    bring(make_project("甲", budget_yuan=Decimal(10000)), make_project("乙", budget_yuan=None))
    at = run("overview")
    assert "1 个项目没有读到预算" in text(at)
    assert "未读到" in charts(at)[0]


def test_a_name_with_markup_is_shown_as_text():
    bring(make_project("<img src=x onerror=alert(1)>甲", budget_yuan=Decimal(10000)))
    at = run("overview")
    assert "<img" not in "".join(element.proto.body for element in at.get("html"))
    assert not any("<img" in figure for figure in charts(at))


def test_many_projects_are_collected_and_grouped():
    output = tuple(make_indicator(slot=slot) for slot in SLOTS[:3])
    bring(
        *(
            make_project(
                f"项目{k}", unit=f"单位{k % 3}", budget_yuan=Decimal(k * 1000 + 1000), indicators=output
            )
            for k in range(45)
        )
    )
    money, matrix = charts(run("overview"))
    assert "其余 33 个项目" in money
    assert matrix.count("✕ 必填") == 12 * 4  # of the benefits one at least
    assert matrix.count("✕ 建议") == 12  # the cost
    groups = charts(run("coverage", by="n"))[1]
    assert '必填 <b>15</b>"' in groups and "缺 <b>15</b>/15" in groups
    pages = [charts(run("coverage", unit="单位1", **{"from": page}))[1] for page in "12"]
    assert [page.count("✕ 必填") for page in pages] == [12 * 4, 3 * 4]


def test_the_slides_are_made_of_what_the_filters_and_the_standard_leave():
    at = run("present")
    assert "396.63" in text(at) and "1 / 13" in text(at)
    assert re.search(r"1 / (?!13)\d+", text(run("present", type="其他运转类")))
    assert "从严标准" in text(run("present", standard="strict"))
    assert "从严标准" not in text(at)


def test_a_project_that_says_hardly_anything_is_shown_on_every_page():
    blank = dict.fromkeys(("department", "unit", "project_type", "year", "start", "end", "budget_yuan"))
    bring(make_project("无名", **blank), make_project("有名", budget_yuan=Decimal(1)))
    for view in ("overview", "budget", "coverage", "review", "projects"):
        assert "无名" in text(at := run(view)) + "".join(charts(at)), view


def test_projects_that_leave_a_field_blank_are_a_group_that_can_be_opened():
    named = make_project("有名", unit="甲", project_type="信息化类（平台）", year=2024)
    blank = make_project("无名", unit=None, project_type=None, year=None)
    bring(named, blank, make_project("另一", unit="乙", project_type="信息化类（运维）", year=2023))
    for query in ({"unit": UNNAMED}, {"type": UNNAMED}, {"year": UNNAMED}):
        shown = text(run("projects", **query))
        assert "无名" in shown and "有名" not in shown, query
    shown = text(run("projects", type="信息化类", sub="运维"))
    assert "另一" in shown and "有名" not in shown and "无名" not in shown


def test_what_does_not_fit_on_a_page_of_the_matrix_is_on_the_next():
    bring(*(make_project(f"项目{k:03}", unit=f"单位{k:03}", budget_yuan=Decimal(1)) for k in range(95)))
    for page, first, last in ((1, 1, 12), (3, 25, 36), (8, 85, 95), (99, 85, 95)):
        at = run("coverage", **{"from": str(page)})
        assert f"共 95 个，第 {first}—{last} 个" in text(at)
        assert "单位" in charts(at)[1]
    at = run("coverage", lack="满意度", **{"from": "2"})
    assert "第 13—24 个" in text(at) and "项目0" in charts(at)[1]


def test_a_store_that_is_damaged_gets_a_sentence_and_no_traceback(tmp_path, monkeypatch):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "jilan.db").write_bytes(b"no database" * 1000)
    monkeypatch.setenv("JILAN_DATA", str(tmp_path / "bad"))
    at = app_at()
    assert not at.exception and "数据库已损坏" in at.error[0].value
    monkeypatch.setenv("JILAN_DATA", str(tmp_path))
