"""Whose the numbers are, in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import make_project

from dashboard.ingest.samples import bring
from dashboard.queries.scope import UNNAMED, Scope
from dashboard.queries.totals import whole
from dashboard.store import Store, open_store
from dashboard.wording.caption import Caption, caption, money_of, of_project, summed
from parsing import Project, Reading

DAY = date(2026, 11, 23)


def said(store: Store, scope: Scope = Scope()) -> Caption:  # noqa: B008
    found = whole(lambda question, *about: store.rows(question(*about)), scope, "default")
    return caption(scope, found, "通用标准", DAY)


def held(tmp_path: Path, *projects: Project, samples: bool = False) -> Store:
    store = open_store(tmp_path)
    if projects:
        store.confirm(store.stage("甲.xlsx", b"x", Reading(projects=projects), "测试"), "测试")
    if samples:
        bring(store, "测试")
    store.settle()
    return store


@pytest.mark.parametrize(
    ("years", "when", "money"),
    [
        ([2024], "2024 年", "2024 年预算"),
        ([2024, 2023], "2023、2024 两年合计", "2023、2024 两年预算合计"),
        ([2025, 2022, 2023, 2024], "2022—2025 四年合计", "2022—2025 四年预算合计"),
        ([2021, 2023, 2025], "2021、2023、2025 三年合计", "2021、2023、2025 三年预算合计"),
        ([None], "年度未注明", "当年预算"),
        ([2024, None], "2024 年合计（另有 2 个未注明年度）", "2024 年和未注明年度的预算合计"),
    ],
)
def test_no_sum_mixes_years_without_saying_so(years: list[int | None], when: str, money: str) -> None:
    row = {"years": years, "undated": 2 * years.count(None)}
    assert summed(row) == when
    assert money_of(row) == money


def test_a_single_unit_or_department_is_named_and_many_are_counted(tmp_path: Path) -> None:
    store = held(
        tmp_path,
        make_project("一", unit="甲中心", department="教育局"),
        make_project("二", unit="乙中心", department="教育局", year=2025),
        make_project("三", unit=None, department="卫健局"),
    )
    assert said(store).scope == "2 个主管部门、2 个用款单位、未填写单位的项目　2024、2025 两年合计"
    assert said(store, Scope(department="教育局")).whose == "教育局（2 个用款单位）"
    assert said(store, Scope(year=2025)).scope == "乙中心　2025 年"
    assert said(store, Scope(unit=UNNAMED)).whose == "卫健局（未填写单位的项目）"
    assert said(store, Scope(unit="甲中心")).title == "甲中心 2024 年项目绩效目标审核"


def test_what_else_was_chosen_is_said_with_standard_and_date(tmp_path: Path) -> None:
    store = held(tmp_path, make_project("一", project_type="其他类（综合工作）", end="2026"))
    scope = Scope(project_type="其他类", sub_type="综合工作", end=2026)
    assert said(store, scope).line.split("　")[2:] == [
        "其他类、综合工作、2026 年到期",
        "通用标准",
        "2026-11-23",
    ]


def test_the_samples_carry_their_mark_and_how_many_there_are_beside_others(tmp_path: Path) -> None:
    alone = said(held(tmp_path / "a", samples=True))
    assert alone.sample == "示例数据" and alone.line.startswith("示例数据　东莞市东坑镇政务服务中心　2024 年")
    mixed = said(held(tmp_path / "b", make_project("一"), samples=True))
    assert mixed.sample == "含示例数据 6 个项目"
    assert said(held(tmp_path / "c", make_project("一"))).sample == ""


def test_the_name_of_a_file_says_whose_it_is_and_every_system_takes_it() -> None:
    one = of_project("甲/乙:中心" + "长" * 90, 2024, 1, "通用标准", DAY)
    name = one.file("指标缺口清单", "xlsx")
    assert name.endswith("-20261123（示例数据）.xlsx") and len(name.encode()) < 255
    assert not set(name) & set('\\/:*?"<>|') and "2024年" in name and "指标缺口清单" in name
