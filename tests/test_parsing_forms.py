"""What forms have in common: money, years, lists, blocks, and forms that cannot be told apart."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

import parsing
from parsing import forms, vocabulary
from parsing.command_line import contract
from parsing.errors import AmbiguousForm, NotATable
from parsing.formats import text
from parsing.forms import guangdong, match
from parsing.forms.form import UNDECLARED
from parsing.model import Project

HEADER = "一级指标\t二级指标\t三级指标\t指标值"
ROW = "产出指标\t数量指标\t印刷数量\t3册"


def read(*lines: str) -> parsing.Reading:
    return parsing.read("\n".join(lines).encode(), name="甲.txt")


def one(*head: str, rows: tuple[str, ...] = (HEADER, ROW)) -> Project:
    (project,) = read("项目支出绩效目标表", "项目名称\t甲项目", *head, *rows).projects
    return project


@pytest.mark.parametrize(
    ("head", "yuan"),
    [
        (["年度资金总额（万元）\t12.5"], 125_000),
        (["金额单位：元", "年度资金总额\t125000"], 125_000),
        (["项目资金（万元）\t年度资金总额：\t12.5"], 125_000),
        (["单位：元", "年度资金总额（万元）\t12.5"], 125_000),
        (["单位：元", "年度资金总额\t12.5万"], 125_000),
        (["年度资金总额：12.5万元"], 125_000),
        (["年度资金总额\t125000"], None),
        (["单位：元", "项目资金总额\t125000"], None),
        (["2025年项目资金（元）\t125,000.00"], 125_000),
    ],
)
def test_money_of_the_year_has_the_unit_nearest_to_it_and_is_never_the_total(
    head: list[str], yuan: int | None
) -> None:
    assert one(*head).budget_yuan == yuan


def test_a_unit_in_a_line_above_a_table_without_title_holds() -> None:
    (project,) = read("单位：万元", "项目名称\t甲项目", "预算数\t3", HEADER, ROW).projects
    assert project.budget_yuan == 30_000


def test_sources_belong_to_the_money_over_them_whether_beside_or_below_their_label() -> None:
    beside = one(
        "项目资金（元）\t项目资金总额\t90\t年度资金总额\t30",
        "\t其中：财政拨款\t80\t其中：财政拨款\t25",
        "\t其他资金\t10\t其他资金\t约5",
    )
    assert (beside.total_sources, beside.sources) == ({"财政拨款": 80, "其他资金": 10}, {"财政拨款": 25})
    assert beside.extras == {"其他资金": "约5"}
    assert beside.find("sources.财政拨款") == beside.places["sources.财政拨款"]
    below = one("单位：万元", "年度资金总额\t财政拨款\t其他资金", "3\t2\t1")
    assert (below.budget_yuan, below.sources) == (30_000, {"财政拨款": 20_000, "其他资金": 10_000})


@pytest.mark.parametrize(
    ("head", "year"),
    [
        (["（2023年度）"], 2023),
        (["预算年度\t2023"], 2023),
        (["2024年度目标\t办好。"], 2024),
        (["（2023年度）", "2024年预算金额（元）\t1"], 2024),
        (["起始年度\t2022年\t到期年度\t2024年"], None),
    ],
)
def test_the_year_is_that_of_the_money_or_of_a_line_of_its_own(head: list[str], year: int | None) -> None:
    assert one(*head).year == year


def test_years_in_the_heading_of_a_goal_are_the_period() -> None:
    project = one("中期目标（2019年--2021年）\t年度目标", "修三年路。\t修一年路。")
    assert (project.start, project.end) == ("2019", "2021")
    assert (project.period_goal, project.annual_goal) == ("修三年路。", "修一年路。")


LIST = "项目名称\t预算数（元）\t" + HEADER
INDICATORS = ("产出指标\t数量指标\t次数\t3次", "产出指标\t质量指标\t合格率\t100%")


def test_a_list_has_its_projects_on_their_first_row_or_on_every_row() -> None:
    first = [f"甲\t5\t{INDICATORS[0]}", f"\t\t{INDICATORS[1]}", f"乙\t7\t{INDICATORS[0]}"]
    every = [f"甲\t5\t{INDICATORS[0]}", f"甲\t5\t{INDICATORS[1]}", f"乙\t7\t{INDICATORS[0]}"]
    for rows in (first, every):
        projects = read("项目绩效目标表", LIST, *rows).projects
        assert [(p.name, p.budget_yuan, len(p.indicators)) for p in projects] == [("甲", 5, 2), ("乙", 7, 1)]
        assert [p.repairs for p in projects] == [(), ()]


@pytest.mark.parametrize("total", ["合计\t12", "小计\t12\t\t\t\t", "总 计\t12"])
def test_a_row_that_adds_up_is_no_project_and_its_figure_is_kept(total: str) -> None:
    rows = [f"甲\t5\t{INDICATORS[0]}", total, f"乙\t7\t{INDICATORS[0]}"]
    projects = read("项目绩效目标表", LIST, *rows).projects
    assert [p.name for p in projects] == ["甲", "乙"]
    assert sum(filter(None, (p.budget_yuan for p in projects))) == 12
    assert list(projects[1].extras.values()) == ["12"]


def test_two_projects_of_one_name_and_different_money_are_two() -> None:
    rows = [f"甲\t5\t{INDICATORS[0]}", f"甲\t7\t{INDICATORS[0]}"]
    assert [p.budget_yuan for p in read("项目绩效目标表", LIST, *rows).projects] == [5, 7]


HALVES = "一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值"


def test_halves_are_joined_where_category_and_name_agree_and_nowhere_else() -> None:
    rows = (
        HALVES,
        "产出指标\t数量指标\t里程\t30公里\t数量指标\t里程\t10公里",
        "\t质量指标\t合格率\t100%\t时效指标\t按期率\t95%",
    )
    found = [(i.slot, i.name, i.period, i.annual) for i in one(rows=rows).indicators]
    assert sorted(found, key=str) == [
        ("数量", "里程", "30公里", "10公里"),
        ("时效", "按期率", None, "95%"),
        ("质量", "合格率", "100%", None),
    ]


def test_the_half_whose_header_says_year_is_that_of_the_year() -> None:
    header = "一级指标\t二级指标(年度)\t三级指标\t指标值\t二级指标(长期)\t三级指标\t指标值"
    rows = (header, "产出指标\t数量指标\t里程\t10公里\t数量指标\t里程\t30公里")
    (indicator,) = one(rows=rows).indicators
    assert (indicator.period, indicator.annual) == ("30公里", "10公里")


def test_a_word_that_merges_categories_counts_for_each_of_them() -> None:
    rows = (HEADER, "效益指标\t社会、经济、生态效益指标\t争议率\t0%", "\t社会效益和可持续影响指标\t\t")
    project = one("年度资金总额（元）\t1", rows=rows)
    assert project.indicators[0].slots == ("社会效益", "经济效益", "生态效益")
    assert project.empty[0].slots == ("社会效益", "可持续影响")
    said = contract.contract(parsing.Reading(projects=(project,)))["projects"][0]["indicators"][0]
    assert (said["slot"], said["slots"]) == ("社会效益", ["社会效益", "经济效益", "生态效益"])


@pytest.mark.parametrize("phrase", ["社会服务", "数量和人员情况", "经济、高效"])
def test_a_phrase_with_a_category_in_it_is_no_category(phrase: str) -> None:
    assert vocabulary.slots(phrase) == ()


@pytest.mark.parametrize(
    ("cells", "value", "extras"),
    [
        ("≥\t95\t%", "≥95%", {}),
        ("≥\t≥95\t%", "≥95%", {"指标性质": "≥"}),
        ("≥\t95%\t", "≥95%", {}),
        ("定性\t良好\t%", "良好", {"指标性质": "定性", "度量单位": "%"}),
        ("正向\t1,200\t元/人", "1,200元/人", {"指标性质": "正向"}),
    ],
)
def test_sign_number_and_unit_in_columns_become_one_value(
    cells: str, value: str, extras: dict[str, str]
) -> None:
    rows = (
        "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位",
        f"产出指标\t质量指标\t合格率\t{cells}",
    )
    (indicator,) = one(rows=rows).indicators
    assert (indicator.annual, indicator.extras) == (value, extras)


def test_what_an_unknown_form_says_is_kept_under_its_own_words() -> None:
    rows = ("指标类型\t二级指标\t三级指标\t目标值\t完成时限", "甲类\t数量指标\t次数\t3次\t九月")
    project = one("责任领导\t某某\t年度目标\t办好。", rows=rows)
    assert (project.form, project.extras) == ("undeclared", {"责任领导": "某某"})
    assert project.indicators[0].extras == {"指标类型": "甲类", "完成时限": "九月"}
    assert (project.indicators[0].slot, project.repairs) == ("数量", ())


def test_two_forms_that_match_equally_well_are_an_error_that_names_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twin = replace(guangdong.FORM, code="twin", title="另一种表样")
    monkeypatch.setattr(forms, "FORMS", (*forms.FORMS, twin))
    header = "一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值"
    head = ("项目类型\t甲", "项目等级\t乙", "主管部门\t丙", "用款单位\t丁", "起始年度\t2024\t到期年度\t2026")
    goals = ("2024年预算金额（元）\t5", "实施周期总目标\t办好。", "2024年度目标\t办好。")
    with pytest.raises(AmbiguousForm) as caught:
        one(*head, *goals, rows=(header, f"{ROW}\t3册"))
    assert guangdong.FORM.title in caught.value.reason and twin.title in caught.value.reason
    assert caught.value.place.startswith("甲.txt › ")


def test_no_two_declared_forms_can_be_taken_for_each_other() -> None:
    for form in forms.FORMS:
        rivals = [one for one in forms.FORMS if (one.columns, one.stacked) == (form.columns, form.stacked)]
        for size in range(1, len(form.labels) + 1):
            for labels in combinations(sorted(form.labels), size):
                match.best([(match.likeness(rival, frozenset(labels)), rival) for rival in rivals])
        assert match.best([(match.likeness(rival, form.labels), rival) for rival in rivals]) is form


def test_a_form_that_shares_few_labels_is_not_claimed() -> None:
    assert (
        match.best([(match.likeness(form, frozenset({"name"})), form) for form in forms.FORMS]) is UNDECLARED
    )


@pytest.mark.parametrize(
    ("lines", "kind", "rows"),
    [
        (
            ("2023年部门整体支出绩效目标申报表（盖章）", "部门名称\t甲", HEADER, ROW),
            "部门整体支出绩效目标表",
            1,
        ),
        (("部门职能\t甲", "年度主要任务\t乙", HEADER, ROW), "部门整体支出绩效目标表", 1),
        (("专项名称\t甲", "省级主管部门\t乙", HEADER, ROW), "区域绩效目标表", 1),
        (("项目名称\t甲", f"{HEADER}\t实际完成值\t得分", f"{ROW}\t3册\t10"), "项目支出绩效自评表", 1),
    ],
)
def test_another_kind_is_known_by_title_or_by_what_only_it_prints(
    lines: tuple[str, ...], kind: str, rows: int
) -> None:
    reading = read(*lines)
    assert reading.projects == () and [(one.kind, one.rows) for one in reading.others] == [(kind, rows)]


def test_the_cost_of_a_form_that_prints_it_as_level_one_stays_there_where_a_row_is_shifted() -> None:
    head = (
        "主管部门\t甲",
        "实施单位\t乙",
        "实施期\t2023-2025",
        "实施期资金总额（元）\t9",
        "年度资金总额（元）\t3",
    )
    goals = ("实施期总目标\t办好。", "年度目标\t办好。")
    rows = (f"{HEADER}\t分值", f"{ROW}\t10", "成本指标\t总成本\t≤9元\t20")
    project = one(*head, *goals, rows=rows)
    cost = project.indicators[1]
    assert (project.form, cost.level1, cost.level2, cost.slot) == ("core-2021", "成本指标", "", "成本")
    assert (cost.name, cost.annual, cost.weight) == ("总成本", "≤9元", Decimal(20))
    assert [(repair.code, "成本" in repair.reason) for repair in project.repairs] == [("shift", True)]


def test_a_wide_row_that_fits_nowhere_is_shown_and_takes_no_search_without_end() -> None:
    more = ["实施周期指标值", "指标性质", "度量单位", "权重", *(f"说明{k}" for k in range(30))]
    shifted = ["数量指标", *[""] * 7, *(f"文字{k}" for k in range(30))]
    project = one(rows=("\t".join([HEADER, *more]), ROW, "\t".join(shifted)))
    assert [(repair.code, repair.doubtful) for repair in project.repairs] == [("stray", True)]
    assert len(project.indicators) == 1


def test_the_tail_of_a_row_without_a_category_of_its_own_is_joined() -> None:
    rows = (HEADER, "满意度指标\t\t群众满\t≥90%", "\t\t意度")
    grid = next(iter(text.grids("甲.txt", "\n".join(("项目绩效目标表", "项目名称\t甲", *rows)).encode())))
    assert not isinstance(grid, parsing.ReadError)
    joined = replace(grid, joins=frozenset({grid.rows[-1][0].place.row}))
    (found,) = forms.recognise(joined)
    assert isinstance(found, forms.Found)
    assert [line.texts["name"] for line in found.lines] == ["群众满意度"]


def test_titles_and_column_titles_over_the_rest_of_a_table_begin_none() -> None:
    head = "<tr><td>项目名称</td><td colspan=4>甲</td></tr>"
    titles = (
        "<tr>"
        + "".join(f"<td>{text}</td>" for text in ("一级指标", "二级指标", "三级指标", "指标值"))
        + "</tr>"
    )
    row = "<tr><td>产出指标</td><td>数量指标</td><td>{}</td><td>3个</td></tr>"
    page = f"<p>项目绩效目标表</p><table>{head}{titles}{row.format('一')}</table>"
    page += f"<p>项目绩效目标表（续）</p><table>{titles}{row.format('二')}</table>"
    (project,) = parsing.read(f"<html><body>{page}</body></html>".encode(), name="甲.html").projects
    assert [one.name for one in project.indicators] == ["一", "二"]


def test_a_category_cut_by_a_page_break_is_made_whole_before_it_is_placed() -> None:
    rows = (HEADER, "满意度指标\t服务对象满意\t\t", "\t度指标\t\t")
    grid = next(iter(text.grids("甲.txt", "\n".join(("项目绩效目标表", "项目名称\t甲", *rows)).encode())))
    assert not isinstance(grid, parsing.ReadError)
    (found,) = forms.recognise(replace(grid, joins=frozenset({grid.rows[-1][0].place.row})))
    assert isinstance(found, forms.Found) and not found.strays
    (line,) = found.lines
    assert (line.is_empty, line.texts["level2"]) == (True, "服务对象满意度指标")
    assert [repair.code for repair in line.repairs] == ["join"]


def test_prose_between_two_tables_is_no_part_of_a_goal() -> None:
    page = (
        "<p>项目支出绩效目标表</p><table><tr><td>项目名称</td><td>甲</td></tr>"
        "<tr><td>年度目标</td><td>修好路</td></tr></table><p>以下由财务科填写</p>"
        "<table><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>"
        "<tr><td>产出指标</td><td>数量指标</td><td>里程</td><td>3公里</td></tr></table>"
    )
    (project,) = parsing.read(f"<html><body>{page}</body></html>".encode(), name="甲.html").projects
    assert (project.annual_goal, len(project.indicators)) == ("修好路", 1)


@pytest.mark.parametrize(
    ("head", "blanks"),
    [
        (["用款单位\t\t主管部门\t某局", "年度资金总额（万元）\t"], {"unit": "A3", "budget_yuan": "A4"}),
        (["实施周期\t\t项目类型\t常年项目"], {"start": "A3", "end": "A3"}),
        (["实施周期\t起始年度\t\t到期年度\t2026"], {"start": "B3"}),
        (["实施周期\t2024年-2026年"], {}),
        (["总体绩效目标\t实施周期总目标\t年度目标", "\t办成三件事。\t"], {"annual_goal": "C3"}),
        (["绩效目标\t"], {"annual_goal": "A3"}),
        (["绩效目标\t办成三件事。"], {}),
    ],
)
def test_a_label_that_nobody_filled_is_known_by_its_place(head: list[str], blanks: dict[str, str]):
    found = one(*head)
    assert {field: f"{'ABCDE'[at.column - 1]}{at.row}" for field, at in found.blanks.items()} == blanks
    assert all(found.find(field) == at for field, at in found.blanks.items())


def test_a_column_of_a_list_that_a_project_leaves_empty_is_a_blank():
    header = "项目名称\t单位名称\t年初预算数（元）\t" + HEADER
    found = read("项目绩效目标表", header, "甲项目\t某站\t5\t" + ROW, "乙项目\t\t\t" + ROW).projects
    assert [sorted(project.blanks) for project in found] == [[], ["budget_yuan"]]


def test_a_list_gives_the_sources_of_its_money_and_keeps_what_no_field_names():
    header = "项目名称\t年初预算数（元）\t其中：财政拨款\t其他资金\t联系人\t" + HEADER
    (project,) = read("项目绩效目标表", header, "甲项目\t5\t4\t1\t某某\t" + ROW).projects
    assert (project.budget_yuan, project.sources) == (5, {"财政拨款": 4, "其他资金": 1})
    assert (project.extras, project.blanks) == ({"联系人": "某某"}, {})
    (bare,) = read("项目绩效目标表", header.replace("年初预算数（元）\t", ""), f"甲\t4\t1\t\t{ROW}").projects
    assert (bare.budget_yuan, bare.sources, bare.extras) == (None, {}, {"财政拨款": "4", "其他资金": "1"})


def test_a_row_that_adds_up_weights_is_no_indicator():
    project = one(rows=(f"{HEADER}\t分值权重（90）", f"{ROW}\t90", "总分\t\t\t\t100"))
    assert [indicator.weight for indicator in project.indicators] == [90]
    assert not project.repairs


def test_two_dates_with_a_blank_between_are_a_period():
    project = one("项目日期范围\t2024-01-01 2024-12-31")
    assert (project.start, project.end) == ("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    ("line", "unit", "yuan"),
    [
        ("填报单位（盖章）：某镇    填报时间：2023年11月5日", "某镇", None),
        ("填报单位：某镇 单位：万元", "某镇", 30_000),
        ("实施单位：某镇人民政府填报时间：2023年11月5日", "某镇人民政府", None),
        ("主管部门：某局　实施单位：某站", "某站", None),
        ("实施单位：某站：二分部", "某站：二分部", None),
    ],
)
def test_each_label_in_a_cell_of_several_has_its_value(line: str, unit: str, yuan: int | None) -> None:
    project = one(line, "预算数\t3")
    assert (project.unit, project.budget_yuan) == (unit, yuan)
    assert project.find("unit") == project.places["unit"] and project.places["unit"].row == 3


def test_columns_below_one_title_that_nobody_knows_keep_each_their_text() -> None:
    book = openpyxl.load_workbook(Path(__file__).parent / "cases/forms/wide_list.xlsx")
    for spot, title in (("F3", "甲乙"), ("F4", "子"), ("G4", "丑"), ("H4", "寅"), ("I4", "卯")):
        book.active[spot] = title
    out = io.BytesIO()
    book.save(out)
    first = parsing.read(out.getvalue(), "甲.xlsx").projects[0]
    kept = " ".join(text for indicator in first.indicators for text in indicator.extras.values())
    assert all(name in kept for name in ("整治村数", "整治合格率", "完成及时率", "每村成本"))


def test_indicators_in_words_under_no_header_are_said() -> None:
    reading = read(
        *("项目绩效目标表", "项目名称\t甲", "项目类型\t乙类", HEADER, ROW, "项目绩效目标表"),
        "社会效益指标\t居民生活\t有效改善\t有效改善",
    )
    assert [project.name for project in reading.projects] == ["甲"]
    assert "not-a-table" in {unread.code for unread in reading.unread}


def test_one_label_of_another_kind_does_not_turn_a_table_that_says_it_is_of_a_project() -> None:
    with pytest.raises(NotATable) as caught:
        read("项目支出绩效目标申报表", "某名称\t甲", "地方资金\t10万元", HEADER, ROW)
    assert "项目名称" in caught.value.reason


def test_a_titled_table_of_which_nothing_was_read_is_said() -> None:
    reading = read(
        *("项目绩效目标表", "项目名称\t甲", "项目类型\t乙类", HEADER, ROW, "项目绩效目标表"),
        *("项目名持续影响指标\t工作体系\t长期\t长期", "\t系统使用年限\t≥10年\t≥10年"),
    )
    assert [project.name for project in reading.projects] == ["甲"]
    assert "not-a-table" in {unread.code for unread in reading.unread}


def test_a_code_and_the_name_of_a_body_over_a_table_is_its_unit_unless_a_label_says_another() -> None:
    top = "项目支出绩效目标表\n207101某市河北区人民法院\t单位：万元\n项目名称\t甲\n"
    grid = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t册数\t3册\n"
    (project,) = parsing.read(f"{top}{grid}".encode(), name="甲.txt").projects
    assert project.unit == "207101某市河北区人民法院" and project.form == "undeclared"
    (project,) = parsing.read(f"{top}实施单位\t乙\n{grid}".encode(), name="甲.txt").projects
    assert project.unit == "乙"


def test_a_target_that_is_also_a_word_for_a_category_stays_where_it_stands() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("项目名称", "甲"),
        ("一级指标", "二级指标", "三级指标", "绩效指标描述", None, "指标值"),
        ("效益指标", "可持续影响指标", "消除隐患", "消除隐患", None, "持续影响"),
        ("满意度指标", "服务对象满意度指标", "满意度", "满意度", None, "≥90%"),
    ):
        sheet.append(row)
    for row_number in (2, 3, 4):
        sheet.merge_cells(start_row=row_number, end_row=row_number, start_column=4, end_column=5)
    data = io.BytesIO()
    book.save(data)
    (project,) = parsing.read(data.getvalue(), name="甲.xlsx").projects
    assert [(i.slot, i.name, i.annual) for i in project.indicators] == [
        ("可持续影响", "消除隐患", "持续影响"),
        ("满意度", "满意度", "≥90%"),
    ]
    assert not project.repairs


def test_the_word_of_a_title_among_the_names_of_a_blank_form_is_no_indicator() -> None:
    grid = (
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\n满意度指标\t服务对象满意度指标\t具体指标\n"
    )
    (project,) = parsing.read(f"项目名称\t甲\n{grid}".encode(), name="甲.txt").projects
    assert not project.indicators and [empty.slot for empty in project.empty] == ["数量", "满意度"]


@pytest.mark.parametrize("beside", ["填报单位：某局", "部门：某局\t金额单位：元"])
def test_a_title_is_one_too_where_who_filled_in_the_form_stands_beside_it(beside: str) -> None:
    rows = "项目名称\t甲\n年度预算金额（元）\t5\n"
    rows += "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t乙\t3册\n"
    (project,) = parsing.read(f"2023年项目支出绩效目标表\t{beside}\n{rows}".encode(), name="甲.txt").projects
    assert (project.name, project.year) == ("甲", 2023)
    assert "某局" in (project.unit, project.department)
    other = parsing.read(f"2023年项目支出绩效自评表\t{beside}\n{rows}".encode(), name="甲.txt")
    assert [one.kind for one in other.others] == ["项目支出绩效自评表"] and not other.projects
