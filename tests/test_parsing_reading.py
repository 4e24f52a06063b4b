from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import parsing
from parsing.model import SLOTS, Project
from parsing.rules import review
from parsing.vocabulary import plain
from tests.golds import CLEAN, CUT, LABELS, PASTED

HERE = Path(__file__).parent
FILES = HERE / "cases/files"
SAMPLE = HERE.parent / "data/samples/dongkeng-2024.txt"
GOLD = json.loads((FILES / "gold.json").read_text("utf-8"))
OURS = "../../../data/samples/dongkeng-2024.xlsx"


@pytest.fixture(scope="module")
def sample() -> parsing.Reading:
    return parsing.read(SAMPLE)


def fields(project: Project) -> dict[str, str]:
    return {label: plain(str(getattr(project, field))) for label, field in LABELS.items()}


def lines(project: Project) -> list[tuple[str, ...]]:
    named = [(i.level1, i.level2, i.name, i.period or "", i.annual or "") for i in project.indicators]
    empty = [(e.level1, e.level2, "", "", "") for e in project.empty]
    return sorted(tuple(map(plain, line)) for line in named + empty)


@pytest.mark.parametrize("name", [*CLEAN, *CUT, *PASTED, OURS, "../../../data/samples/dongkeng-2024.txt"])
def test_sixty_fields_and_seventy_four_rows_are_read_from_every_file(name: str) -> None:
    reading = parsing.read(FILES / name)
    assert not reading.unread and len(reading.projects) == 6
    for project, table in zip(reading.projects, GOLD, strict=True):
        assert fields(project) == {k: plain(v) for k, v in table["fields"].items()}
        assert lines(project) == sorted(tuple(map(plain, line)) for line in table["indicators"])
        assert (project.year, project.form) == (2024, "guangdong-2022")


@pytest.mark.parametrize("name", [*CLEAN, OURS])
def test_a_clean_file_has_no_repairs(name: str) -> None:
    assert [repair for project in parsing.read(FILES / name).projects for repair in project.repairs] == []


def test_the_sample_has_the_money_and_the_counts_of_the_six_tables(sample: parsing.Reading) -> None:
    money = [project.budget_yuan for project in sample.projects]
    assert money == [920_000, 120_000, 797_400, 1_860_000, 232_900, 36_000]
    assert sum(filter(None, money)) == Decimal(3_966_300)
    assert [len(project.indicators) for project in sample.projects] == [10, 7, 11, 12, 7, 9]
    slots = Counter(i.slot for project in sample.projects for i in project.indicators)
    assert [slots[slot] for slot in SLOTS] == [11, 12, 10, 7, 0, 7, 0, 9, 0]
    assert Counter(e.slot for p in sample.projects for e in p.empty) == dict.fromkeys(
        ("经济效益", "生态效益", "满意度"), 6
    )


def test_the_sample_needs_exactly_the_eight_repairs_at_their_lines(sample: parsing.Reading) -> None:
    repairs = [repair for project in sample.projects for repair in project.repairs]
    assert [repair.place.row for repair in repairs] == [24, 54, 82, 107, 112, 113, 138, 164]
    assert not any(repair.doubtful for repair in repairs)
    assert repairs[4].before == ("系统设计使用年限", "≥10年", "", "≥10年", "", "")
    assert list(repairs[4].after.values()) == [
        *("效益指标", "可持续影响指标", "系统设计使用年限"),
        *("≥10年", "≥10年"),
    ]


def test_every_value_knows_its_place(sample: parsing.Reading) -> None:
    texts = SAMPLE.read_text("utf-8").split("\n")
    for project in sample.projects:
        for field in ("name", "unit", "annual_goal"):
            place = project.places[field]
            assert texts[place.row - 1].split("\t")[place.column - 1].strip() == getattr(project, field)
        for indicator in project.indicators:
            for field in ("name", "period", "annual", "level1", "level2"):
                place = indicator.places[field]
                said = texts[place.row - 1].split("\t")[place.column - 1].strip()
                assert said == getattr(indicator, field)


def test_a_place_in_a_workbook_is_the_cell_a_user_sees() -> None:
    project = parsing.read(FILES / "perf_sheets.xlsx").projects[0]
    assert (project.place.cell, project.place.row, project.place.column) == ("B3", 3, 2)
    assert str(project.place).startswith("perf_sheets.xlsx › ")


def test_a_reading_survives_json(sample: parsing.Reading) -> None:
    assert parsing.Reading.model_validate_json(sample.model_dump_json()) == sample


def test_the_excerpt_holds_every_cell_of_the_table(sample: parsing.Reading) -> None:
    texts = {(row, column): text for row, column, _, _, text in sample.projects[3].excerpt}
    assert texts[112, 1] == "系统设计使用年限" and texts[112, 4] == "≥10年"
    assert texts[min(texts)] == "项目绩效目标表"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "empty"),
        (b"  \n\t\n", "empty"),
        ("会议通知\n明天上午九点开会".encode(), "not-a-table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (b"PK\x03\x04" + b"rubbish" * 40, "damaged"),
    ],
)
def test_trouble_with_a_file_says_what_where_and_what_to_do(text: bytes, code: str) -> None:
    with pytest.raises(parsing.ReadError) as caught:
        parsing.read(text, name="甲.xlsx")
    error = caught.value
    assert error.code == code
    assert error.place.startswith("甲.xlsx") and error.reason and error.remedy


def table(*head: str, rows: str = "\t产出指标\t数量指标\t印刷数量\t3册\t3册") -> bytes:
    header = "绩效指标\t一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值"
    return "\n".join(["项目绩效目标表", "项目名称\t甲项目", *head, header, rows]).encode()


def test_a_table_without_a_budget_is_kept_with_unknown_money_and_said() -> None:
    reading = parsing.read(table("用款单位\t甲单位"), name="甲.txt")
    (project,) = reading.projects
    assert project.budget_yuan is None and len(project.indicators) == 1
    assert [unread.code for unread in reading.unread] == ["budget-missing"]


@pytest.mark.parametrize("cell", ["2024年预算金额\t36000", "2024年预算金额（元）\t约三万"])
def test_money_without_a_unit_or_a_number_is_never_assumed(cell: str) -> None:
    reading = parsing.read(table(cell), name="甲.txt")
    assert reading.projects[0].budget_yuan is None
    assert reading.unread[0].code == "budget-missing"


def test_a_blank_form_is_no_project() -> None:
    blank = table("2024年预算金额（元）\t", rows="\t产出指标\t数量指标\t\t\t").replace("甲项目".encode(), b"")
    with pytest.raises(parsing.ReadError) as caught:
        parsing.read(blank, name="空白.txt")
    assert caught.value.code == "blank-form"


def test_money_in_wan_is_kept_in_yuan() -> None:
    (project,) = parsing.read(table("2025年预算金额（万元）\t12.5"), name="甲.txt").projects
    assert (project.budget_yuan, project.year) == (125_000, 2025)


def test_a_name_without_value_and_a_value_without_name_are_kept() -> None:
    rows = "\t产出指标\t数量指标\t印刷数量\t\t\n\t\t质量指标\t\t100%\t100%"
    (project,) = parsing.read(table("2024年预算金额（元）\t1", rows=rows), name="甲.txt").projects
    assert [(i.slot, i.name, i.annual) for i in project.indicators] == [
        ("数量", "印刷数量", None),
        ("质量", "", "100%"),
    ]


def test_a_row_that_makes_no_sense_is_shown_and_not_used() -> None:
    rows = "\t产出指标\t数量指标\t印刷数量\t3册\t3册\t多\t余\t的"
    (project,) = parsing.read(table("2024年预算金额（元）\t1", rows=rows), name="甲.txt").projects
    assert [(r.code, r.doubtful) for r in project.repairs] == [("stray", True)]


def test_a_header_without_a_column_of_targets_is_said() -> None:
    data = table("2024年预算金额（元）\t1").replace(
        "实施周期指标值\t当年度指标值".encode(), "甲\t乙".encode()
    )
    reading = parsing.read(data, name="甲.txt")
    assert len(reading.projects[0].indicators) == 1
    assert [(one.code, one.place) for one in reading.unread] == [
        ("not-a-table", "甲.txt › 文本 › 第4行第1列")
    ]


def test_indicators_that_stand_under_no_header_are_said() -> None:
    lost = "\n项目绩效目标表\n\t产出指标\t数量指标\t印刷数量\t3册\t3册"
    reading = parsing.read(table("2024年预算金额（元）\t1") + lost.encode(), name="甲.txt")
    assert len(reading.projects) == 1
    assert [(one.code, one.place) for one in reading.unread] == [
        ("not-a-table", "甲.txt › 文本 › 第7行第2列")
    ]


def test_indicators_that_stand_above_the_header_are_said() -> None:
    strange = "年度目标\n\t印刷手册\n产出指标\t数量指标\t印刷数量\t3册\t3册"
    reading = parsing.read(
        table("2024年预算金额（元）\t1").replace(b"\n", f"\n{strange}\n".encode(), 1), name="甲.txt"
    )
    assert len(reading.projects) == 1
    assert [one.code for one in reading.unread] == ["not-a-table"]
    assert reading.unread[0].place == "甲.txt › 文本 › 第4行第1列"


def test_a_list_that_names_no_project_is_said() -> None:
    data = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t印刷数量\t3册"
    lost = "\n项目绩效目标表\n项目名称\t" + data.replace("\n", "\n\t")
    reading = parsing.read(table("2024年预算金额（元）\t1") + lost.encode(), name="甲.txt")
    assert len(reading.projects) == 1
    assert [(one.code, one.place) for one in reading.unread] == [
        ("not-a-table", "甲.txt › 文本 › 第7行第1列")
    ]


def test_a_title_and_a_name_without_a_table_are_said() -> None:
    lost = "\n项目绩效目标表\n项目名称\t乙项目\n项目类型\t其他\n系统设计使用年限\t≥10年"
    reading = parsing.read(table("2024年预算金额（元）\t1") + lost.encode(), name="甲.txt")
    assert [project.name for project in reading.projects] == ["甲项目"]
    assert [(one.code, one.place) for one in reading.unread] == [
        ("not-a-table", "甲.txt › 文本 › 第6行第1列")
    ]


def test_a_list_of_level_words_is_no_indicator() -> None:
    lists = "\n项目绩效目标表\n产出指标\t数量指标\t填写数量\n效益指标\t社会效益指标\t填写效益"
    reading = parsing.read(table("2024年预算金额（元）\t1") + lists.encode(), name="甲.txt")
    assert not reading.unread


def test_signatures_below_the_table_are_no_indicators() -> None:
    rows = "\t产出指标\t数量指标\t印刷数量\t3册\t3册\n填表人：张三\t\t联系电话：1"
    (project,) = parsing.read(table("2024年预算金额（元）\t1", rows=rows), name="甲.txt").projects
    assert len(project.indicators) == 1 and project.repairs == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2023年部门整体支出绩效目标表", "部门整体支出绩效目标表"),
        ("项目支出绩效自评表", "项目支出绩效自评表"),
        ("区域绩效目标申报表", "区域绩效目标表"),
    ],
)
def test_a_table_of_another_kind_is_kept_out_of_the_projects(title: str, kind: str) -> None:
    other = f"{title}\n项目名称\t乙\n主管部门\t丙\n\n".encode()
    reading = parsing.read(other + table("2024年预算金额（元）\t1"), name="甲.txt")
    assert [o.kind for o in reading.others] == [kind]
    assert [p.name for p in reading.projects] == ["甲项目"]


def test_a_folder_is_read_in_order_and_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b/one.txt").write_bytes(table("2024年预算金额（元）\t1"))
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "~$lock.xlsx").write_bytes(b"x")
    found = [
        (name, len(r.projects), len(r.unread))
        for (_, name), (_, r) in zip(parsing.files([tmp_path]), parsing.read_all([tmp_path]), strict=True)
    ]
    assert found == [("a.txt", 0, 1), ("b/one.txt", 1, 0)]


def test_a_file_cut_within_a_character_is_read_and_said_to_be_cut() -> None:
    cut = next(
        c for n in range(900, 910) if (c := SAMPLE.read_bytes()[:n]).decode("utf-8", "ignore").encode() != c
    )
    reading = parsing.read(cut, name="半张.txt")
    assert reading.projects[0].budget_yuan == 920_000
    assert "damaged" in [unread.code for unread in reading.unread]


def test_a_table_whose_label_of_the_name_nobody_knows_is_read_and_shows_what_may_be_it() -> None:
    head = "项目支出绩效目标表\n（2024年度）\n实施单位\t某镇\n年度预算金额（元）\t500\n事由\t校舍清理\n"
    grid = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t印刷数量\t3册\n"
    reading = parsing.read(f"{head}{grid}".encode(), name="甲.txt")
    (project,) = reading.projects
    assert (project.name, project.unit, project.budget_yuan) == ("", "某镇", 500)
    assert [indicator.name for indicator in project.indicators] == ["印刷数量"]
    (repair,) = project.repairs
    assert (repair.code, repair.path, repair.doubtful) == ("unnamed", "name", True)
    assert "校舍清理" in repair.reason
    assert {finding.rule for finding in review(project).findings if finding.path == "name"} == {"X03"}
