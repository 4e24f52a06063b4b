from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import parsing
from dashboard.queries import projects
from dashboard.queries.scope import Scope
from dashboard.session import cache


@pytest.fixture
def page(own_store: None) -> AppTest:
    return AppTest.from_string("from dashboard.views.projects import page\npage()", default_timeout=30)


def key_of(name: str) -> str:
    rows = cache.ask(projects.listed, Scope(), name, 10)
    return str(rows["key"].iloc[0])


def page_text(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_the_list_says_how_many_projects_have_gaps(page: AppTest) -> None:
    page.run()
    assert not page.exception and "6 个项目" in page_text(page)


def test_a_search_narrows_the_list_and_stays_in_the_address(page: AppTest) -> None:
    page.run()
    page.text_input[0].set_value("服装").run()
    assert "1 个项目" in page_text(page) and page.query_params["q"] in ("服装", ["服装"])


def test_a_search_without_a_hit_says_what_to_do(page: AppTest) -> None:
    page.query_params["q"] = "没有这种项目"
    page.run()
    assert not page.exception and "没有找到" in page_text(page)


def test_a_project_is_shown_with_its_conclusion(page: AppTest) -> None:
    page.run()
    page.query_params["id"] = key_of("一网统管")
    page.run()
    text = page_text(page)
    assert not page.exception and "186.00" in text
    assert "缺必填的满意度指标" in text and "经济效益、生态效益可填未填" in text


@pytest.mark.parametrize("bad", ["", "zz", "x" * 500, "<script>"])
def test_an_address_that_makes_no_sense_never_breaks_the_page(page: AppTest, bad: str) -> None:
    page.run()
    key = key_of("一网统管")
    for query in ({"id": bad}, {"id": key, "version": bad or "9"}, {"id": key, "at": bad}):
        page.query_params.clear()
        for name, value in query.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception and not page.error


def test_the_list_can_be_kept_to_repaired_and_to_doubtful_projects(page: AppTest) -> None:
    for look, said in (("repaired", "6 个项目，都有修复"), ("doubtful", "没有找到"), ("rubbish", "6 个项目")):
        page.query_params["look"] = look
        page.run()
        assert not page.exception and said in page_text(page)


def bring_pdf() -> str:
    data = (Path(__file__).parent / "cases/files/perf_docx.pdf").read_bytes()
    kept = cache.store()
    kept.confirm(kept.stage("甲.pdf", data, parsing.read(data, "甲.pdf"), "甲"), "甲")
    return key_of("综合窗口")


def shown(page: AppTest) -> str:
    """The HTML that the clickable component was given last."""
    page.run()
    assert not page.exception
    data = json.loads(page.get("bidi_component")[-1].proto.json)
    return str(data["html"])


def test_the_original_of_a_pdf_is_the_page_of_the_value_or_the_grid(page: AppTest) -> None:
    page.run()
    page.query_params["id"] = bring_pdf()
    assert "image/webp" in shown(page)
    for query, page_shown in (({"at": "name"}, 2), ({"page": "3"}, 3), ({"page": "99"}, 2)):
        for name in ("at", "page"):
            page.query_params[name] = query.get(name, "")
        assert f'alt="第{page_shown}页"' in shown(page)
    page.query_params["side"] = "grid"
    html = shown(page)
    assert "image/webp" not in html and "colgroup" in html


def html(page: AppTest) -> str:
    """The HTML of all that answers clicks."""
    page.run()
    assert not page.exception
    return "".join(json.loads(one.proto.json)["html"] for one in page.get("bidi_component"))


def test_a_project_shows_its_questions_findings_sums_and_what_was_not_checked(page: AppTest) -> None:
    page.run()
    page.query_params["id"] = key_of("服装")
    said = html(page)
    assert said.count('class="question"') == 3
    for part in ("18人 × 2,000元/人 = 36,000元", "<mark>18名</mark>", "表上没有权重", "✕ 必填"):
        assert part in said, part
    assert page.selectbox(key="filter-standard").value == "default"


def test_a_judgement_shows_on_the_page_of_its_project_and_leaves_with_its_undoing(page: AppTest) -> None:
    page.run()
    key = key_of("综合经费")
    page.query_params["id"] = key
    assert 'data-state="inapplicable"' not in html(page)
    action = cache.store().declare(key, "满意度", "内部事务", "李四")
    said = html(page)
    assert (
        'data-state="inapplicable"' in said
        and "内部事务（李四）" in said
        and "必填指标不缺" in page_text(page)
    )
    cache.store().undo(action, "李四")
    assert 'data-state="inapplicable"' not in html(page)


def test_a_version_of_old_is_reviewed_and_nothing_can_be_decided_about_it(page: AppTest) -> None:
    page.run()
    key = key_of("服装")
    old = int(cache.store().versions(key)["version_id"].iloc[0])
    changed = cache.store().project(key).model_copy(update={"budget_yuan": Decimal(99)})
    kept = cache.store()
    kept.confirm(kept.stage("新.txt", b"new", parsing.Reading(projects=(changed,)), "甲"), "甲")
    page.query_params["id"], page.query_params["version"] = key, str(old)
    said = html(page)
    assert 'class="point"' in said and 'class="question"' in said
    assert not re.findall(r'data-value="(?:aside|declare|undo|repair):', said)


def ask_not_applicable(reason: str, who: str) -> tuple[AppTest, str]:
    key = key_of("综合经费")
    script = f"from dashboard.views import dismissals\ndismissals.declare({key!r}, '综合经费', '满意度')"
    at = AppTest.from_string(script, default_timeout=20).run()
    at.text_area(key="declare-reason").input(reason)
    at.text_input(key="declare-who").input(who)
    at.button(key="declare-go").click().run()
    assert not at.exception
    return at, key


@pytest.mark.parametrize(("reason", "who"), [("  ", "李四"), ("内部事务", " ")])
def test_not_applicable_without_reason_or_name_is_refused_in_words(
    page: AppTest, reason: str, who: str
) -> None:
    page.run()
    at, key = ask_not_applicable(reason, who)
    assert at.error and "请写明" in at.error[0].value and cache.store().judgements(key).empty


def test_not_applicable_with_reason_and_name_is_kept(page: AppTest) -> None:
    page.run()
    _, key = ask_not_applicable("内部事务", "李四")
    assert cache.store().judgements(key)[["slot", "reason", "who"]].values.tolist() == [
        ["满意度", "内部事务", "李四"]
    ]


def test_the_list_is_ranked_by_money_or_by_what_to_correct(page: AppTest) -> None:
    page.run()
    by_money = html(page)
    page.query_params["by"] = "n"
    by_number = html(page)
    assert by_money.index("一网统管") < by_money.index("综合窗口") and "占预算" in by_money
    assert by_number.index("综合窗口") < by_number.index("一网统管") and "占问题" in by_number
