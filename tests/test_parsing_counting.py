"""The same project twice is summed once, and why the other table is not is said: on the command line and in
frames alike."""

from __future__ import annotations

import io
import json
import random
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import make_project
from doubles import CASES, A, Case, Sheet, files

import parsing
from parsing.command_line.output import FORMATS
from parsing.counting import REASONS, WORDS, Candidate, content, key, left_out, many

Readings = list[parsing.Reading]


def readings(case: Case) -> Readings:
    return [parsing.read(data, name) for name, data in case.files.items()]


def written(said: Readings, form: str) -> bytes:
    from parsing.rules.standard import DEFAULT

    return FORMATS[form](said, DEFAULT)


@pytest.fixture(params=CASES, scope="module")
def case(request: pytest.FixtureRequest) -> tuple[Case, Readings]:
    found = CASES[request.param]
    return found, readings(found)


def test_the_table_for_people_sums_each_project_once_and_says_what_it_leaves_out(case: tuple[Case, Readings]):
    right, said = case
    text = written(said, "table").decode()
    (whole,) = re.findall(r"^共 (\d+) 个项目.*预算 ([\d.]+) 万元$", text, flags=re.M)
    assert (int(whole[0]), float(whole[1])) == (right.projects, right.wan)
    left = re.findall(r"^另有 (\d+) ", text, flags=re.M)
    assert sum(map(int, left)) == len(right.reasons) and len(left) == len(set(right.reasons))
    for reason in set(right.reasons) - {"programme"}:
        assert WORDS[reason] in text  # type: ignore[index]


def test_json_says_of_what_does_not_count_why_and_what_counts_instead(case: tuple[Case, Readings]):
    right, said = case
    projects = json.loads(written(said, "json"))["projects"]
    counts = [one for one in projects if one.get("counts", True)]
    left = [one for one in projects if not one.get("counts", True)]
    assert (len(counts), sum(one["budget_yuan"] for one in counts)) == (right.projects, right.wan * 10_000)
    assert tuple(sorted(one["reason"] for one in left)) == right.reasons
    places = {one["place"] for one in projects}
    assert all((one.get("instead") in places) is (one["reason"] != "programme") for one in left)
    assert not any(one.keys() & {"counts", "reason", "instead", "doubled"} for one in counts)


def test_frames_say_which_rows_count_and_why_not(case: tuple[Case, Readings], tmp_path: Path):
    right, said = case
    for name, data in right.files.items():
        (tmp_path / name).write_bytes(data)
    loaded = parsing.load(*(tmp_path / name for name in right.files))
    heads = loaded.assign(sheet=loaded["place"].str.rpartition(" › ")[0]).drop_duplicates("sheet")
    for frame in (heads, parsing.tabulate(said)["projects"]):
        counted = frame[frame["counts"]]
        assert (len(counted), counted["budget_yuan"].sum()) == (right.projects, right.wan * 10_000)
        assert tuple(sorted(frame.loc[~frame["counts"], "reason"])) == right.reasons
        assert counted["reason"].isna().all() and frame["counts"].dtype == bool
        assert frame.loc[frame["reason"] == "programme", "doubled"].all() and not counted["doubled"].any()


def test_sheets_for_people_have_the_same_in_words(case: tuple[Case, Readings]):
    right, said = case
    comma = pd.read_csv(io.BytesIO(written(said, "csv")))
    book = openpyxl.load_workbook(io.BytesIO(written(said, "xlsx"))).active
    assert book is not None
    head, *cells = book.iter_rows(values_only=True)
    for frame in (comma, pd.DataFrame(cells, columns=head)):
        sheets = frame.assign(sheet=frame["出处"].str.rpartition(" › ")[0]).drop_duplicates("sheet")
        counted = sheets[sheets["计入合计"] == "是"]
        assert float(counted["当年预算（元）"].sum()) == right.wan * 10_000
        why = sheets.loc[sheets["计入合计"] == "否", "不计入的原因"]
        assert sorted(why) == sorted(WORDS[one] for one in right.reasons)  # type: ignore[index]


def test_a_table_that_is_left_out_is_not_compared_with_others_nor_are_its_findings_summed():
    said = readings(CASES["a copied sheet"])
    first, other, copy = parsing.review_all(said[0].projects)
    assert [one.rule for one in first.findings if one.rule.startswith("P")] == []
    assert not any(one.project == A.name for found in other.findings for one in found.also)
    once = readings(Case(files((A, Sheet("乙项目", 20))), 2, 30))

    def findings(readings: Readings) -> list[str]:
        lines = written(readings, "table").decode().partition("审核意见")[2].splitlines()
        return [line.partition("，如")[0] for line in lines]

    assert findings(said) == findings(once)
    assert copy.findings


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_files_does_not_change_the_sum_where_tables_of_a_project_say_the_same(seed: int):
    chance = random.Random(seed)
    own = [make_project(f"项目{n}", budget_yuan=10 ** chance.randint(3, 6)) for n in range(5)]
    own += [make_project("总", level="一级项目"), make_project("分", level="二级项目")]
    own += [make_project("无单位", unit=None), make_project("无单位", unit=None, budget_yuan=7, year=None)]
    many = [*own, *chance.choices(own, k=8)]
    hidden = [one.model_copy(update={"hidden": True}) for one in chance.choices(own, k=4)]
    sums = set()
    for _ in range(10):
        tables = [*many, *hidden]
        chance.shuffle(tables)
        left = left_out([*map(Candidate.of, tables)])
        counted = [one for number, one in enumerate(tables) if number not in left]
        sums.add((len(counted), sum(one.budget_yuan or 0 for one in counted)))
        assert not any(one.hidden for one in counted)
    whole = [one for one in own if one.level != "一级项目"]
    assert sums == {(len(whole), sum(one.budget_yuan or 0 for one in whole))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"unit": "第一中学"}, {"unit": " 第一 中学\n"}),
        ({"unit": "第一中学"}, {"unit": "（433001）第一中学"}),
        ({"unit": "第一中学"}, {"unit": "015001-第一中学"}),
        ({"name": "网统管（一期）"}, {"name": "网统管(一期) "}),
        ({"name": "网统管"}, {"name": "[44190024T0001]网统管"}),
        ({"budget_yuan": 5}, {"budget_yuan": 6}),
        ({"unit": None}, {"unit": None, "places": {"name": make_project().place._replace(file="乙.xlsx")}}),
    ],
)
def test_the_same_project_has_the_same_key(one: dict, other: dict):
    assert key(make_project(**one)) == key(make_project(**other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"unit": "第一中学"}, {"unit": "第二中学"}),
        ({"year": 2024}, {"year": 2025}),
        ({"year": 2024}, {"year": None}),
        ({"name": "(一期)道路"}, {"name": "(二期)道路"}),
        ({"name": "(2023)道路"}, {"name": "(2024)道路"}),
        ({"name": "2023-2024年道路"}, {"name": "2024年道路"}),
        ({"name": "1000-2000亩农田"}, {"name": "2000亩农田"}),
        ({"unit": "(东坑)中学"}, {"unit": "(石排)中学"}),
        ({"unit": None, "budget_yuan": 5}, {"unit": None, "budget_yuan": 6}),
        ({"unit": None}, {"unit": "政务服务中心"}),
    ],
)
def test_what_may_be_another_project_has_another_key(one: dict, other: dict):
    assert key(make_project(**one)) != key(make_project(**other))


def test_content_is_what_a_table_says_and_not_where_or_how_it_was_read():
    (project,) = parsing.read(CASES["copied twice"].files["1.xlsx"], "a.xlsx").projects
    (elsewhere,) = parsing.read(CASES["copied twice"].files["2.xlsx"], "b.xlsx").projects
    assert content(project) == content(elsewhere) != content(project.model_copy(update={"year": 2025}))


def test_every_reason_has_its_words():
    assert set(WORDS) == set(REASONS)
    for reason in REASONS:
        assert re.findall(r"[\d.,]+", many(reason, 1234, "5.00 万元"))[:2] == ["1,234", "5.00"]


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_files_of_one_name_in_two_folders_are_two_files(form: str, tmp_path: Path):
    said = [parsing.read(data, "表.xlsx") for data in CASES["in a later file"].files.values()]
    assert WORDS["conflict"] not in (text := written(said, form).decode()) and (
        WORDS["replaced"] in text or '"reason": "replaced"' in text
    )
    paths = [tmp_path / folder / "表.xlsx" for folder in "甲乙"]
    for path, data in zip(paths, CASES["in a later file"].files.values(), strict=True):
        path.parent.mkdir()
        path.write_bytes(data)
    for frame in (parsing.load(*paths), parsing.tabulate(said)["projects"]):
        assert set(frame["reason"].dropna()) == {"replaced"}


def test_two_of_one_name_that_nobody_owns_both_count_and_are_asked_about():
    said = readings(CASES["no unit, in two files"])
    projects = json.loads(written(said, "json"))["projects"]
    asked = [[one for one in each["findings"] if one["rule"] == "X09"] for each in projects]
    assert [len(one) for one in asked] == [1, 1] and all(one.get("counts", True) for one in projects)
    assert "2.xlsx" in asked[0][0]["message"] and "1.xlsx" in asked[1][0]["message"]
    table = written(said, "table").decode()
    assert len(re.findall(r"^待核对 .*同名的表", table, flags=re.M)) == 2
    assert (parsing.tabulate(said)["findings"]["rule"] == "X09").sum() == 2
    assert "X09" not in written(readings(CASES["no unit, a copied file"]), "json").decode()


def test_two_tables_of_one_unit_that_nobody_can_name_both_count_and_are_shown_as_such(tmp_path: Path):
    grid = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t印刷数量\t3册\n"
    for number, label in enumerate(("事由", "项目名称"), 1):
        head = f"项目支出绩效目标表\n（2024年度）\n{label}\n实施单位\t某镇\n年度预算金额（元）\t{number}00\n"
        (tmp_path / f"{number}.txt").write_text(head + grid, "utf-8")
    frame = parsing.load(tmp_path)
    assert frame["budget_yuan"].tolist() == [100, 200] and frame["counts"].all()
    names = [parsing.read(path).projects[0].title for path in sorted(tmp_path.iterdir())]
    assert names == ["名称未识别", "名称未填"]
