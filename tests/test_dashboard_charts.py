import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import theme
from dashboard.charts import budget, counts, coverage
from parsing import SLOTS

SIX = [
    ("“一网统管”试点专题项目", 186_000_000, (3, 3, 2, 1, 0, 1, 0, 2, 0)),
    ("综合工作经费（常）", 92_000_000, (2, 2, 3, 1, 0, 1, 0, 1, 0)),
    ("综合窗口服务外包", 79_740_000, (2, 3, 1, 1, 0, 2, 0, 2, 0)),
    ("自助厅出入口改造项目", 23_290_000, (1, 2, 1, 1, 0, 1, 0, 1, 0)),
    ("综合经费", 12_000_000, (1, 1, 2, 1, 0, 1, 0, 1, 0)),
    ("货物购置类项目（服装制服）", 3_600_000, (2, 1, 1, 2, 0, 1, 0, 2, 0)),
]
TOTAL = 396_630_000


@pytest.fixture
def rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"key": f"k{rank}", "name": name, "budget_fen": fen, "projects": 1, "rest": 0}
            | {f"s{k}": n for k, n in enumerate(counts, 1)}
            for rank, (name, fen, counts) in enumerate(SIX)
        ]
    )


def test_value_and_share_stand_at_the_end_of_each_bar(rows):
    bars = budget.ranked(rows, "万元", TOTAL)["data"][0]
    assert bars["text"][0] == "<b>186.00</b>　46.9%"
    assert bars["text"][5] == "<b>3.60</b>　0.9%"
    assert bars["x"] == [fen for _, fen, _ in SIX]


def test_a_bar_knows_its_project_and_the_exact_money(rows):
    bars = budget.ranked(rows, "元", TOTAL)["data"][0]
    assert bars["customdata"][2] == ["k2", "综合窗口服务外包", "797,400"]
    assert "797,400" in bars["text"][2]


def test_the_top_three_are_strong_and_the_rest_is_hatched(rows):
    rest = pd.DataFrame([{"key": None, "name": None, "budget_fen": 38_890_000, "projects": 2, "rest": 1}])
    bars = budget.ranked(pd.concat([rows[:4], rest]), "万元", TOTAL)["data"][0]
    assert bars["marker"]["color"] == [theme.STRONG] * 3 + [theme.MUTED, theme.REST]
    assert bars["marker"]["pattern"]["shape"] == ["", "", "", "", "/"]
    assert bars["customdata"][4][:2] == [None, "其余 2 个项目"]


def test_the_cumulative_share_ends_at_everything(rows):
    text = budget.ranked(rows, "万元", TOTAL, cumulative=True)["data"][1]["text"]
    assert (text[0], text[2], text[5]) == ("46.9%", "90.2%", "100.0%")


def test_money_that_was_not_read_makes_no_bar_and_says_so(rows):
    rows["budget_fen"] = rows["budget_fen"].astype("Int64")
    rows.loc[1, "budget_fen"] = pd.NA
    bars = budget.ranked(rows, "万元", TOTAL)["data"][0]
    assert (bars["x"][1], bars["text"][1], bars["customdata"][1][2]) == (0, "未读到", "未读到")


def test_groups_tell_how_many_projects_they_hold():
    rows = pd.DataFrame([{"key": "a", "name": "甲", "budget_fen": 300, "projects": 2, "rest": 0}])
    assert budget.grouped(rows, "元", 400)["data"][0]["text"] == ["<b>3</b>　75.0%　2 个"]


def test_every_cell_of_the_matrix_carries_its_project_and_slot(rows):
    cells = coverage.matrix(rows, SLOTS)["data"][0]
    assert len(cells["customdata"]) == 54
    assert cells["customdata"][9 * 2 + 5] == ["k2", "社会效益"]
    assert cells["text"][9 * 2 + 5] == "<b>2</b>"


def test_an_empty_cell_is_told_by_word_colour_and_frame(rows):
    figure = coverage.matrix(rows, SLOTS)
    cells = figure["data"][0]
    assert cells["text"].count("✕ 缺") == 18
    assert cells["textfont"]["color"].count(theme.GAP) == 18
    (frame,) = figure["layout"]["shapes"]
    assert frame["path"].count("Z") == 18
    assert frame["line"]["dash"] != "solid"


def test_a_full_matrix_has_no_frames(rows):
    rows[[f"s{k}" for k in range(1, 10)]] = 1
    assert coverage.matrix(rows, SLOTS)["layout"]["shapes"] == []


def test_the_states_of_a_cell_are_told_by_word_frame_hatching_and_colour(rows):
    one = rows.iloc[:1].assign(**{f"s{k}": 0 for k in range(1, 10)})
    one = one.assign(s1=1, r2=2, r3=1, r4=0, a5=1, u6=1)
    figure = coverage.matrix(one.reindex(columns=[*one, "a1"], fill_value=0).fillna(0), SLOTS)
    cells = figure["data"][0]
    words = ["<b>1</b>", "<b>✕ 必填</b>", "✕ 建议", "✕ 缺", "不适用", "？读不出"]
    assert cells["text"][:6] == words
    assert [bool(shape) for shape in cells["marker"]["pattern"]["shape"]][:6] == [False] * 4 + [True] * 2
    frames = {shape["line"]["dash"]: shape["path"].count("Z") for shape in figure["layout"]["shapes"]}
    assert frames["solid"] == 1 and len(frames) == 3
    assert len(set(cells["marker"]["color"][:2])) == 2


def test_the_legend_names_only_what_occurs(rows):
    nothing = rows.assign(**{f"{of}{k}": 0 for of in "aur" for k in range(1, 10)})
    assert coverage.legend(nothing) == ""
    said = coverage.legend(nothing.assign(r9=2, a5=[1, 0, 0, 0, 0, 0]))
    assert "必填" in said and "不适用" in said and "读不出" not in said


def test_the_totals_stand_under_the_matrix(rows):
    figure = coverage.matrix(rows, SLOTS, totals=("缺", list("012345678")))
    assert figure["data"][1]["text"] == list("012345678")
    assert figure["layout"]["yaxis"]["ticktext"][-1] == "缺"


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("个数", ["✓ 齐", "缺 <b>12</b>/40", "缺 <b>40</b>/40"]),
        ("金额", ["✓ 齐", "缺 <b>5%</b>", "<b>全缺</b>"]),
    ],
)
def test_a_group_says_how_many_of_its_projects_lack_a_slot_or_how_much_money(measure, said):
    lacks = {f"lack{k}": value for k, value in enumerate((0, 12, 40, 0, 0, 0, 0, 0, 0), 1)}
    fens = {f"fen{k}": value for k, value in enumerate((0, 50, 1000, 0, 0, 0, 0, 0, 0), 1)}
    whole = {"key": "甲", "name": "甲", "projects": 40, "budget_fen": 1000}
    figure = coverage.groups(pd.DataFrame([whole | lacks | fens]), SLOTS, measure)
    assert figure["data"][0]["text"][:3] == said
    assert figure["layout"]["shapes"][0]["path"].count("Z") == 1


def test_a_group_says_first_what_the_standard_requires():
    cells = {f"{of}{k}": 0 for of in ("lack", "fen", "required", "required_fen") for k in range(1, 10)}
    whole = {"key": "甲", "name": "甲", "projects": 40, "budget_fen": 1000}
    row = whole | cells | {"lack1": 40, "fen1": 1000, "required1": 10, "required_fen1": 300, "lack2": 5}
    by_number, by_money = (coverage.groups(pd.DataFrame([row]), SLOTS, one) for one in coverage.MEASURES)
    assert by_number["data"][0]["text"][:3] == ["必填 <b>10</b>", "缺 <b>5</b>/40", "✓ 齐"]
    assert by_money["data"][0]["text"][0] == "必填 <b>30%</b>"
    assert all(said in by_number["data"][0]["hovertext"][0] for said in ("40 个没有", "标准要求的 10 个"))
    assert by_number["layout"]["shapes"] == []


def test_a_rest_that_would_dwarf_the_bars_is_told_in_words_only(rows):
    rest = pd.DataFrame([{"key": None, "name": None, "budget_fen": 9 * TOTAL, "projects": 900, "rest": 1}])
    figure = budget.ranked(pd.concat([rows, rest]), "万元", 10 * TOTAL)
    assert figure["data"][0]["x"][6] == 0
    assert "90.0%" in figure["data"][0]["text"][6]
    assert figure["layout"]["xaxis"]["range"][1] < TOTAL


@pytest.mark.parametrize(
    ("measure", "said"), [("个数", "<b>6 个</b>　100.0%"), ("金额", "<b>396.63</b>　100.0%")]
)
def test_what_is_lacking_is_told_by_number_or_by_money(measure, said):
    rows = pd.DataFrame([{"slot": "满意度", "projects": 6, "budget_fen": TOTAL}])
    bars = coverage.lacking(rows, measure, "万元", 6, TOTAL)["data"][0]
    assert bars["text"] == [said]
    assert bars["customdata"] == [["满意度"]]


def test_of_what_is_lacking_the_required_part_is_solid():
    row = {"slot": "成本", "projects": 6, "budget_fen": TOTAL, "required": 2, "required_fen": TOTAL // 2}
    none = dict.fromkeys(("projects", "budget_fen", "required", "required_fen"), 0)
    rows = pd.DataFrame([row, {"slot": "数量"} | none])
    whole, required = coverage.lacking(rows, "个数", "万元", 6, TOTAL)["data"]
    assert (whole["x"], required["x"]) == ([6, 0], [2, 0])
    assert whole["text"] == ["<b>6 个</b>　100.0%　必填 2 个", "✓ 不缺"]
    assert whole["marker"]["pattern"]["shape"] and "pattern" not in required["marker"]


def test_projects_are_counted_by_group():
    rows = pd.DataFrame(
        [
            {"key": "甲", "name": "甲", "projects": 3, "budget_fen": 200, "rest": 0},
            {"key": None, "name": None, "projects": 1, "budget_fen": 100, "rest": 1},
        ]
    )
    bars = counts.projects(rows, "元", 4)["data"][0]
    assert bars["text"] == ["<b>3 个</b>　75.0%　2", "<b>1 个</b>　25.0%　1"]
    assert bars["customdata"] == [["甲", "甲"], [None, "其余各组"]]


def test_what_is_to_be_corrected_is_stacked_by_severity():
    rows = pd.DataFrame([{"key": "k", "name": "甲", "high": 1, "middle": 7}])
    high, middle, words = counts.problems(rows)["data"]
    assert (high["x"], middle["x"], middle["base"], words["x"]) == ([1], [7], [1], [8])
    assert words["text"] == [" <b>8 条</b>　高 1　中 7"]


def test_figures_are_legal_plotly_plain_json_and_free_of_fixed_sizes(rows):
    empty = rows.iloc[:0]
    lacks = pd.DataFrame([{"slot": "满意度", "projects": 6, "budget_fen": TOTAL}])
    for figure in (
        budget.ranked(rows, "万元", TOTAL, cumulative=True),
        budget.ranked(empty, "万元", 0),
        coverage.matrix(rows, SLOTS, totals=("缺", ["0"] * 9)),
        coverage.matrix(empty, SLOTS),
        coverage.lacking(lacks, "金额", "元", 6, TOTAL),
        counts.projects(rows, "万元", 6),
        counts.problems(rows.assign(high=1, middle=2)),
    ):
        json.dumps(figure)
        go.Figure(figure)  # raises for a name or value that Plotly does not know
        assert not {"width", "height"} & set(figure["layout"])
        assert figure["layout"]["yaxis"]["automargin"] is True
        assert figure["layout"]["yaxis"]["tickangle"] == 0


def test_great_sums_are_told_in_a_narrow_chart_with_their_own_units():
    rows = pd.DataFrame([{"slot": "成本", "budget_fen": 3_648_791_160_000, "required_fen": 43_456_600}])
    figure = coverage.lacking(rows, "金额", "万元", 1, 3_648_791_160_000)
    assert figure["data"][0]["text"] == ["<b>364.88 亿</b>　100.0%<br>必填 43.46 万"]
