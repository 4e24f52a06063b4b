"""自证: what is said of how well tables are read, the bars of it, and the page."""

from __future__ import annotations

import html
import json

import plotly.graph_objects as go
import pytest
from page_runs import charts, run, text

from dashboard import theme
from dashboard.charts import accuracy as accuracy_charts
from dashboard.html import accuracy as accuracy_html
from dashboard.session.pages import PAGES, page
from dashboard.wording import accuracy as said
from parsing import BOOK, PARSER, Measured, measured
from parsing.accuracy import LIMITS, OUTCOMES, Accuracy, AccuracyPart, Tally, accuracy, grouped, together

pytestmark = pytest.mark.usefixtures("own_store")

SHEET = AccuracyPart("cases", "电子表格", ".xlsx", "甲", 2, 3, Tally(20, 0, 0, 0), Tally(30, 0, 0, 0))
PAPER = AccuracyPart("cases", "PDF 和 OFD", ".pdf", "甲", 1, 1, Tally(5, 2, 1, 2), Tally(9, 0, 0, 1))
TORN = AccuracyPart("generated", "粘贴的文字", "一行一格", "缺了下半截", 4, 4, Tally(996, 3, 0, 1), Tally())
KEPT = Accuracy("2026-11-27", "7", 1, (SHEET, PAPER, TORN))


def test_parts_come_to_the_whole_and_keep_the_names_they_share():
    whole = together([SHEET, PAPER])
    assert (whole.names, whole.files, whole.tables) == (("cases", "", "", "甲"), 3, 4)
    assert (whole.fields, whole.indicators) == (Tally(25, 2, 1, 2), Tally(39, 0, 0, 1))
    assert whole.both == Tally(64, 2, 1, 3) and whole.both.facts == 70
    assert [*grouped(KEPT.parts, lambda part: part.source)] == ["cases", "generated"]


def test_the_title_says_what_is_right_and_what_is_wrong_without_a_word():
    title = said.headline(KEPT)
    assert "8 张" in title and "99.1%" in title and "0.4%" in title
    nothing = Accuracy("", "7", 1, (SHEET,))
    assert "100.0%" in said.headline(nothing) and "没有一处" in said.headline(nothing)


def test_a_single_silent_value_among_many_is_never_rounded_away():
    part = AccuracyPart("cases", "甲", "", "", 1, 1, Tally(right=99_999, silent=1))
    assert "<0.1%" in said.silent(part)
    bars = accuracy_charts.bars({"甲": part})["data"]
    drawn = dict(zip(OUTCOMES, (bar["x"][0] for bar in bars), strict=False))
    assert drawn["silent"] >= 1 and sum(drawn[outcome] for outcome in OUTCOMES) == pytest.approx(100)


def test_of_which_parser_the_figures_are_is_said_and_that_there_is_a_newer_one():
    assert "第 7 版" in said.version(KEPT, "8") and "第 8 版" in said.version(KEPT, "8")
    assert "第 7 版" in said.version(KEPT, "7") and "未重测" not in said.version(KEPT, "7")


def test_bars_are_of_one_length_and_what_is_silent_has_the_strongest_colour():
    groups = grouped(KEPT.of("cases"), lambda part: part.kind)
    figure = accuracy_charts.bars(groups, ["一个很长的名称"])
    go.Figure(figure)
    bars = dict(zip(OUTCOMES, figure["data"], strict=False))
    for number in range(len(groups)):
        assert sum(bars[outcome]["x"][number] for outcome in OUTCOMES) == pytest.approx(100)
    assert bars["silent"]["marker"]["color"] == theme.GAP
    assert len({json.dumps(bar["marker"]) for bar in bars.values()}) == len(OUTCOMES)
    rights, silents = (column["text"] for column in figure["data"][len(OUTCOMES) :])
    assert "100.0%" in rights[1] and "70.0%" in rights[2]
    assert silents[1] == "0" and "15.0%" in silents[2] and theme.GAP in silents[2]
    assert "25 / 28" not in bars["right"]["customdata"][1][0]
    assert "5 / 10" in bars["right"]["customdata"][1][0] and "9 / 10" in bars["right"]["customdata"][1][0]


def test_charts_one_above_the_other_begin_at_the_same_place():
    upper, lower = ({"甲": SHEET}, {"有一个没见过的标签": TORN})
    names = [*upper, *lower]
    layouts = [accuracy_charts.bars(groups, names)["layout"] for groups in (upper, lower)]
    assert layouts[0]["margin"] == layouts[1]["margin"]
    assert layouts[0]["xaxis"]["range"] == layouts[1]["xaxis"]["range"]


def test_the_table_has_every_count_and_marks_what_is_silent():
    html = accuracy_html.table(KEPT)
    for cell in ("20 / 20", "30 / 30", "5 / 10", "9 / 10", "996 / 1,000", ".pdf", "缺了下半截"):
        assert cell in html, cell
    assert html.count('class="bad">3<') == 3 and html.count('class="bad">1<') == 3
    odd = AccuracyPart("cases", "<b>", "&", "甲", 1, 1, Tally(1), Tally())
    assert "<td>&lt;b&gt;</td>" in accuracy_html.table(Accuracy("", "7", 1, (odd, TORN)))


def test_the_rules_come_to_the_whole_by_severity():
    grades = said.by_severity(measured())
    assert sum(count for count, _ in grades.values()) == len(BOOK)
    assert sum(one.hits for _, one in grades.values()) == sum(one.hits for one in measured().values())
    assert all(f"{one.hits:,}<" in accuracy_html.rules(grades) for _, one in grades.values())


def test_the_least_precise_rule_is_named_and_those_that_were_not_measured():
    first, second, *rest = BOOK
    line = said.weakest({first: Measured(4, 3, 0), second: Measured(2, 2, 0)})
    assert first in line and "75.0%" in line and second not in line and str(len(rest)) in line
    assert said.weakest({}).startswith(str(len(BOOK)))


def test_how_the_tables_here_were_read_is_said():
    whole = {"projects": 6, "repairs": 8, "doubtful": 2, "in_part": 1}
    assert all(f"{number} " in said.here(whole) for number in whole.values())
    assert said.here(whole | {"projects": 0}) == ""


def test_the_page_shows_the_figures_the_rules_beside_them_and_what_they_do_not_cover():
    at = run("accuracy")
    words = html.unescape(text(at))
    assert said.headline(accuracy()) in words and said.version(accuracy(), PARSER) in words
    assert said.of_rules(measured()) in words and LIMITS in words and "修复 8 处" in words
    cases, generated = charts(at)
    assert "扫描件" not in generated and len(cases) > 100


def test_the_table_behind_the_bars_is_one_click_away():
    at = run("accuracy", view="table")
    assert not charts(at) and "一行一格" in text(at) and ".docx" in text(at)


def test_the_page_is_not_in_the_navigation(monkeypatch):
    monkeypatch.setattr("dashboard.session.pages.st.Page", lambda run, **options: options)
    shown = {entry.view: page(entry)["visibility"] for entry in PAGES}
    assert [view for view, how in shown.items() if how == "hidden"] == ["accuracy"]


def test_the_page_is_reached_from_where_a_reader_doubts():
    for view, query in (("overview", {}), ("upload", {}), ("review", {"rule": "all"})):
        assert any("读表有多准" in button.label for button in run(view, **query).button), view
