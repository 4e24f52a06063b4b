"""Labels over their values, categories over their indicators, and tables of which nobody knows a label."""

from __future__ import annotations

import io

import openpyxl
import pytest

import parsing
from parsing.model import Project

GRID = [
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "清淤长度", "≥3公里"],
    ["", "质量指标", "验收合格率", "100%"],
    ["效益指标", "社会效益指标", "排涝能力", "明显提升"],
]
BANDS = [
    ["二级指标", "三级指标", "指标值"],
    ["产出指标", "", ""],
    ["数量指标", "清淤长度", "≥3公里"],
    ["质量指标", "验收合格率", "100%"],
    ["效益指标", "", ""],
    ["社会效益指标", "排涝能力", "明显提升"],
]
NAMED = [["项目名称", "河道清淤"]]
TITLE = [["项目支出绩效目标表"], ["（2024年度）"]]
UNKNOWN = [
    ["惠民事项全称", "河道清淤"],
    ["挂帅主管处室", "东河县水利局"],
    ["领办单位", "东河镇水务站"],
    ["本年度开列金额（万元）", "120"],
    ["年度奋斗目标", "完成河道清淤三公里，保障汛期排涝畅通。"],
]


def text(rows: list[list[str]], between: str = "\t") -> bytes:
    return "\n".join(between.join(filter(None, row) if between != "\t" else row) for row in rows).encode()


def workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([text or None for text in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def project(data: bytes, name: str = "甲.txt") -> Project:
    (found,) = parsing.read(data, name=name).projects
    return found


def asked(found: Project) -> set[str]:
    return {repair.path for repair in found.repairs if repair.doubtful}


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (["主管部门", "实施单位", "年度预算金额（万元）"], ["东河县水利局", "东河镇水务站", "120"]),
        (["挂帅主管部门", "领办单位", "本年度开列金额（万元）"], ["东河县水利局", "东河镇水务站", "120"]),
        (
            ["本年度开列金额（万元）", "手持电话", "领办单位名称", "督办主管部门及代码"],
            ["120", "0571-8888", "东河镇水务站", "东河县水利局"],
        ),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "tabs", "blanks"])
def test_labels_in_a_row_name_the_values_in_the_row_below(
    labels: list[str], values: list[str], kind: str
) -> None:
    rows = [*TITLE, *NAMED, labels, values, *GRID]
    data = workbook(rows) if kind == "xlsx" else text(rows, "\t" if kind == "tabs" else " ")
    found = project(data, "甲.xlsx" if kind == "xlsx" else "甲.txt")
    assert (found.department, found.unit, found.budget_yuan) == ("东河县水利局", "东河镇水务站", 1_200_000)
    assert len(found.indicators) == 3


def test_one_label_of_several_may_be_of_words_that_nobody_knows() -> None:
    rows = [["事由", "主管部门", "领办单位"], ["按台账", "东河县水利局", "东河镇水务站"]]
    found = project(text([*TITLE, *NAMED, *rows, *GRID]))
    assert (found.department, found.unit) == ("东河县水利局", "东河镇水务站")


def test_two_rows_of_labels_with_their_values_beside_them_stay_two_rows() -> None:
    rows = [
        ["主管部门", "东河县水利局", "实施单位", "东河镇水务站"],
        ["项目类型", "工程", "年度预算（万元）", "120"],
    ]
    found = project(text([*TITLE, *NAMED, *rows, *GRID]))
    assert (found.department, found.unit, found.budget_yuan) == ("东河县水利局", "东河镇水务站", 1_200_000)
    assert found.project_type == "工程" and not asked(found)


def test_labels_that_stand_before_all_of_their_values_one_a_line() -> None:
    rows = [
        ["挂帅主管部门"],
        ["领办单位"],
        ["本年度开列金额（万元）"],
        ["东河县水利局"],
        ["东河镇水务站"],
        ["120"],
    ]
    lines = [[text] for row in [*TITLE, *NAMED] for text in row]
    found = project(text([*lines, *rows, *([text] for row in GRID for text in row if text)], "\n"))
    assert (found.department, found.unit, found.budget_yuan) == ("东河县水利局", "东河镇水务站", 1_200_000)


@pytest.mark.parametrize("kind", ["xlsx", "tabs"])
def test_a_category_alone_in_a_row_holds_for_the_rows_below_it(kind: str) -> None:
    rows = [*TITLE, *NAMED, *BANDS]
    found = project(
        workbook(rows) if kind == "xlsx" else text(rows), f"甲.{'xlsx' if kind == 'xlsx' else 'txt'}"
    )
    assert [(one.level1, one.level2, one.name) for one in found.indicators] == [
        ("产出指标", "数量指标", "清淤长度"),
        ("产出指标", "质量指标", "验收合格率"),
        ("效益指标", "社会效益指标", "排涝能力"),
    ]
    assert not found.repairs and not found.empty


@pytest.mark.parametrize("kind", ["xlsx", "tabs", "blanks", "lines"])
def test_a_table_of_which_nobody_knows_a_label_is_read_and_asked_about(kind: str) -> None:
    rows = [*TITLE, *UNKNOWN, *GRID]
    between = {"tabs": "\t", "blanks": " ", "lines": "\n"}
    data = workbook(rows) if kind == "xlsx" else text(rows, between[kind])
    found = project(data, "甲.xlsx" if kind == "xlsx" else "甲.txt")
    assert (found.name, found.department, found.unit) == ("河道清淤", "东河县水利局", "东河镇水务站")
    assert (found.budget_yuan, found.annual_goal) == (1_200_000, "完成河道清淤三公里，保障汛期排涝畅通。")
    assert asked(found) >= {"name", "department", "unit", "budget_yuan", "annual_goal"}
    assert len(found.indicators) == 3


def test_a_text_that_every_row_says_has_its_column() -> None:
    header = ["一级指标", "二级指标", "三级指标", "把关来源", "指标性质", "指标值", "计量单位"]
    body = [
        ["产出指标", "数量指标", "清淤长度", "按台账", "≥", "3", "公里"],
        ["质量指标", "验收合格率", "按台账", "=", "100", "%"],
        ["时效指标", "完工时间", "按台账", "2024年9月底前"],
        ["效益指标", "社会效益指标", "排涝能力", "按台账", "明显提升"],
        ["满意度指标", "服务对象满意度指标", "群众满意度", "按台账", "≥", "90", "%"],
    ]
    found = project(text([*TITLE, *NAMED, header, *body], " | "))
    assert [one.annual for one in found.indicators] == [
        *("≥3公里", "=100%", "2024年9月底前", "明显提升"),
        "≥90%",
    ]


def test_the_titles_again_without_the_word_beside_the_grid_name_the_same_columns() -> None:
    titles, *rows = GRID
    again = [["年度绩效指标", *titles, "把关来源"], *([*row, "按台账"] for row in rows[:2])]
    again += [[*titles, "把关来源"], [*rows[2], "按台账"], ["", "", "群众出行", "持续改善", "按台账"]]
    found = project(text([*TITLE, *NAMED, *again], " | "))
    assert [one.annual for one in found.indicators] == ["≥3公里", "100%", "明显提升", "持续改善"]
    assert [one.level2 for one in found.indicators][-2:] == ["社会效益指标"] * 2


@pytest.mark.parametrize("target", ["≤5%", "5%", "≥3个"])
def test_a_target_in_the_column_of_names_is_no_name(target: str) -> None:
    rows = [*TITLE, *NAMED, *GRID, ["满意度指标", "服务对象满意度指标", target, target]]
    found = project(workbook(rows), "甲.xlsx")
    assert [one.name for one in found.indicators] == ["清淤长度", "验收合格率", "排涝能力"]
    assert [repair.code for repair in found.repairs if repair.doubtful] == ["stray"]


def test_a_target_that_got_into_the_name_and_a_lone_rest_of_a_name_are_asked_about() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
        ["产出指标", "数量指标", "抽检批次", "≥1280批次", "15"],
        ["", "质量指标", "不合格食品核查处置率 =100%", "15", ""],
        ["效益指标", "社会效益指标", "群众知晓率", "≥85%", "15"],
        ["", "", "率", "", ""],
    ]
    found = project(text([*TITLE, *NAMED, *rows]))
    assert "不合格食品核查处置率 =100%" not in [one.name for one in found.indicators]
    assert {"stray"} <= {repair.code for repair in found.repairs if repair.doubtful}


def test_the_side_word_and_the_name_beside_money_in_parts_are_kept() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    rows = [
        ["项目支出绩效目标表"],
        ["项目名称", "河道清淤", "资金规模（万元）", "项目总额", "", "其中：2025年", ""],
        ["", "", "", "小计", "财政拨款", "小计", "财政拨款"],
        ["", "", "", "860", "860", "516", "516"],
        *GRID,
    ]
    for row in rows:
        sheet.append([text or None for text in row])
    for merged in ("A2:A4", "B2:B4", "C2:C4", "D2:E2", "F2:G2"):
        sheet.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    found = project(file.getvalue(), "甲.xlsx")
    assert (found.name, found.total_yuan, found.budget_yuan) == ("河道清淤", 8_600_000, 5_160_000)


def test_a_year_beside_an_amount_is_not_that_of_the_table() -> None:
    rows = [*TITLE[:1], *NAMED, ["2023年", "100"], ["2024年", "200"], *GRID]
    assert project(text(rows)).year is None
    lead = [*TITLE[:1], ["2026年", "金额单位：万元"], *NAMED, ["年度预算", "120"], *GRID]
    assert (project(text(lead)).year, project(text(lead)).budget_yuan) == (2026, 1_200_000)


def test_a_name_with_its_target_is_parted_where_no_column_has_targets() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标"],
        ["产出指标", "数量指标", "清运率 ≥95%"],
        ["", "质量指标", "合格率 ≥90%"],
    ]
    found = project(text([*TITLE, *NAMED, *rows]))
    assert [(one.name, one.annual) for one in found.indicators] == [("清运率", "≥95%"), ("合格率", "≥90%")]
