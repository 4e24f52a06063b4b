"""What a cell says is what a person sees in it, in every format alike."""

from __future__ import annotations

from pathlib import Path

import pytest

import parsing
from dashboard.html.original import original
from parsing import Project
from parsing.formats.characters.likeness import plain, unmarked
from parsing.formats.characters.runs import counted, is_marked, marked, says, split, with_stored
from parsing.formats.paged.page import Glyph, Page, RuledLine
from parsing.formats.paged.striking import strike

REPORTS = Path(__file__).parent / "cases/reports"
STRUCK = (
    "01_strike_run.xlsx",
    "01b_strike_shared.xlsx",
    "01c_strike.ods",
    "31_strike.docx",
    "31c_strike.odt",
    "31c_strike.doc",
    "53_strike.html",
)


def project(name: str) -> Project:
    (read,) = parsing.read(REPORTS / name).projects
    return read


@pytest.mark.parametrize("name", STRUCK)
def test_struck_text_is_no_value_and_is_said_and_shown_struck(name: str) -> None:
    read = project(name)
    assert read.budget_yuan == 35_000
    assert "98%" in [indicator.annual for indicator in read.indicators]
    repairs = [repair for repair in read.repairs if repair.code == "struck"]
    assert "budget_yuan" in [repair.path for repair in repairs]
    assert not any(repair.doubtful for repair in repairs)
    assert "<s>36000</s>35000" in original(read)


def test_text_that_a_line_goes_through_on_a_page_is_struck() -> None:
    read = project("87_strike.pdf")
    assert read.budget_yuan == 35_000
    assert [(repair.code, repair.path) for repair in read.repairs] == [("struck", "budget_yuan")]
    assert "<s>36000</s>35000" in original(read)


def test_a_watermark_that_lies_aslant_is_in_no_cell() -> None:
    read = project("83_watermark.pdf")
    assert (read.department, read.budget_yuan, read.start) == ("东莞市东坑镇政务服务中心", 36_000, "2022")
    assert len(read.indicators) == 9 and not read.repairs


@pytest.mark.parametrize("name", ["77_form_values.pdf", "79_typewriter.pdf"])
def test_what_was_filled_into_a_page_or_typed_upon_it_is_read(name: str) -> None:
    read = project(name)
    assert read.budget_yuan == 36_000 and not read.repairs
    assert [indicator.annual for indicator in read.indicators][:2] == ["18人", "72套"]


def glyphs(text: str, top: float = 0.0) -> list[Glyph]:
    return [Glyph(letter, 10.0 * k, top, 10.0 * k + 9, top + 10, top + 9) for k, letter in enumerate(text)]


@pytest.mark.parametrize(
    ("rule", "struck"),
    [
        (RuledLine(5, 10, 29), "乙丙"),
        (RuledLine(5, 8, 31), "乙丙"),
        (RuledLine(9.5, 10, 29), ""),  # below the letters
        (RuledLine(0.5, 10, 29), ""),  # above them
        (RuledLine(5, -40, 200), ""),  # of a table, however it lies
    ],
)
def test_a_rule_strikes_the_letters_with_which_it_begins_and_ends(rule: RuledLine, struck: str) -> None:
    page = Page(1, "第1页", 300, 300, across=[rule], glyphs=glyphs("甲乙丙丁"))
    strike(page)
    assert "".join(glyph.text[1] for glyph in page.glyphs if is_marked(glyph.text)) == struck
    assert page.across == ([] if struck else [rule])


@pytest.mark.parametrize("name", ["31b_superscript.docx", "53b_superscript.html"])
def test_a_raised_mark_is_no_digit(name: str) -> None:
    read = project(name)
    assert read.budget_yuan == 36_000
    assert {repair.code for repair in read.repairs} == {"raised"}


@pytest.mark.parametrize("name", ["03_rounded_money.xlsx", "63_xnum.html"])
def test_money_is_the_number_that_is_stored_and_the_rounding_is_said(name: str) -> None:
    read = project(name)
    assert read.budget_yuan == 797_400
    assert [repair.path for repair in read.repairs if repair.code == "rounded"] == ["budget_yuan"]


def test_a_value_beside_an_inline_text_is_not_read() -> None:
    assert project("05_inline_v_and_is.xlsx").budget_yuan == 36_000


def test_radicals_are_the_characters_they_look_like() -> None:
    read = project("17_kangxi.xlsx")
    assert read.department
    assert "部门预算执行率" in [indicator.name for indicator in read.indicators]
    assert not read.repairs


def test_a_row_wholly_struck_is_no_indicator_and_stays_in_the_replica() -> None:
    rows = [
        "<tr><td>项目名称</td><td>甲</td></tr><tr><td>2025年预算金额（元）</td><td>5000</td></tr>",
        "<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>当年度指标值</td></tr>",
        "<tr><td>产出指标</td><td>数量指标</td><td>册数</td><td>≥3册</td></tr>",
        "<tr><td><s>产出指标</s></td><td><s>质量指标</s></td><td><s>合格率</s></td><td><s>95%</s></td></tr>",
    ]
    (read,) = parsing.read(f"<table>{''.join(rows)}</table>".encode(), name="甲.html").projects
    assert [indicator.name for indicator in read.indicators] == ["册数"]
    assert [repair.code for repair in read.repairs] == ["struck"] * 4
    assert "<s>合格率</s>" in original(read)


def test_a_raised_number_at_a_unit_is_its_power_and_a_cell_wholly_raised_is_text() -> None:
    assert says(counted(split("500m" + marked("2", "raised")))) == "500m²"
    assert says(counted(split("500" + marked("2", "raised")))) == "500"
    assert says(counted(split(marked("500", "raised")))) == "500"


def test_only_a_rounding_is_a_stored_number() -> None:
    assert with_stored("80", "79.74") == "80" + marked("79.74", "stored")
    assert with_stored("99%", "0.985") == "99%" + marked("98.5%", "stored")
    assert with_stored("36,000.00", "36000") == "36,000.00"
    assert with_stored("2022/1/1", "44562") == "2022/1/1"
    assert with_stored("80", "79740") == "80" + marked("79.74", "stored")  # thousands, under 0,
    assert with_stored("23.3万元", "232900") == "23.3万元" + marked("23.29万元", "stored")
    assert with_stored("23.2900", "232900") == "23.2900"
    assert with_stored("0", "45") == "0"  # a word of the format, and no number of thousands


def test_characters_that_do_not_show_and_markup_left_in_text_are_gone() -> None:
    assert plain("\u200b⽬\ufeff标⻓\u00ad") == "目标长"
    assert unmarked("<p>&ge;90%</p>") == "≥90%\n"
    assert unmarked("R&D <3天") == "R&D <3天"


def test_letters_without_colour_are_no_value_and_ask_for_a_look() -> None:
    read = project("95_alpha_zero.ofd")
    assert read.budget_yuan == 36_000
    assert [(repair.code, repair.doubtful) for repair in read.repairs] == [("unseen", True)]
