from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import ofd
from test_parsing_formats_packed import make_zip

import parsing
from parsing.errors import ReadError
from parsing.formats import grids
from parsing.formats.paged.ofd_page import _deltas
from parsing.grid import Grid

FILE = Path(__file__).parent / "cases/files/perf.ofd"


def path(data: str, boundary: str = "0 0 210 297", more: str = "") -> str:
    return f'<PathObject Boundary="{boundary}"{more}><AbbreviatedData>{data}</AbbreviatedData></PathObject>'


def text(x: float, y: float, words: str, code: str = 'DeltaX="g 9 4"', more: str = "") -> str:
    inside = f'<TextCode X="0" Y="4" {code}>{words}</TextCode>'
    return f'<TextObject Boundary="{x} {y} 40 5" Size="4"{more}>{inside}</TextObject>'


TABLE = path(
    "M 20 20 L 80 20 M 20 30 L 80 30 M 20 40 L 80 40 M 20 20 L 20 40 M 50 20 L 50 40 M 80 20 L 80 40"
)
WORDS = text(22, 22, "甲一") + text(52, 22, "乙一") + text(22, 32, "甲二") + text(52, 32, "乙二")
TEXTS = [["甲一", "乙一"], ["甲二", "乙二"]]


def read(data: bytes) -> list[Grid]:
    found = list(grids("甲.ofd", data))
    assert all(isinstance(grid, Grid) for grid in found)
    return found  # type: ignore[return-value]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_a_document_reads_as_the_pdf_it_was_made_from() -> None:
    ours, theirs = (parsing.read(FILE.with_name(name)) for name in ("perf.ofd", "perf_docx.pdf"))
    for one, other in zip(ours.projects, theirs.projects, strict=True):
        assert one.excerpt == other.excerpt
        assert [(r.code, r.path) for r in one.repairs] == [(r.code, r.path) for r in other.repairs]


def test_text_stands_in_the_cell_it_is_printed_in() -> None:
    (grid,) = read(ofd(TABLE + WORDS))
    assert texts(grid) == TEXTS
    assert grid.rows[1][0].box == (1, 56.7, 85.0, 141.7, 113.4)


@pytest.mark.parametrize(
    "content",
    [
        TABLE.replace("PathObject", "ofd:PathObject") + WORDS,
        path("M 0 0 L 60 0 L 60 20 L 0 20 C M 0 10 L 60 10 M 30 0 L 30 20", "20 20 60 20") + WORDS,
        path("M 0 0 L 30 0 L 30 10 L 0 10 C M 0 5 L 30 5 M 15 0 L 15 10", "20 20 60 20", ' CTM="2 0 0 2 0 0"')
        + WORDS,
        f"<PageBlock>{TABLE}</PageBlock>{WORDS}",
        TABLE + WORDS + path("M 20 25 L 80 25", more=' Stroke="false"'),
        TABLE + WORDS + text(52, 22, "不见", more=' Visible="false"'),
        TABLE + WORDS + WORDS,
    ],
    ids=["prefixed", "boundary", "CTM", "blocks", "unpainted", "invisible", "drawn twice"],
)
def test_objects_are_drawn_as_the_standard_says(content: str) -> None:
    (grid,) = read(ofd(content))
    assert texts(grid) == TEXTS


def test_runs_of_equal_steps_are_written_out_and_the_last_step_goes_on() -> None:
    steps = _deltas("1 g 3 2.5 4")
    assert [next(steps) for _ in range(6)] == [1, 2.5, 2.5, 2.5, 4, 4]


def test_letters_may_stand_below_each_other() -> None:
    column = text(60, 22, "乙一", 'DeltaX="0" DeltaY="4"')
    (grid,) = read(ofd(TABLE + text(22, 22, "甲一") + column + text(22, 32, "甲二") + text(52, 32, "乙二")))
    assert grid.rows[0][1].text == "乙一"


def test_a_template_is_part_of_the_page() -> None:
    page = '<Page><Template TemplateID="7"/><Content><Layer>' + WORDS + "</Layer></Content></Page>"
    named = '<TemplatePage ID="7" BaseLoc="T.xml"/>'
    parts = {"Doc_0/P0.xml": page, "Doc_0/T.xml": f"<Page><Content><Layer>{TABLE}</Layer></Content></Page>"}
    (grid,) = read(ofd("", templates=named, **parts))
    assert texts(grid) == TEXTS


def test_pages_of_several_documents_are_counted_through() -> None:
    cells = [cell for grid in read(ofd(TABLE + WORDS, documents=2)) for cell in grid]
    assert [cell.place.part for cell in cells] == ["第1页"] * 4 + ["第2页"] * 4


@pytest.mark.parametrize(
    "lost",
    [
        text(52, 32, "失").replace('X="0" ', ""),
        text(52, 32, "失").replace("TextCode", "TextObject"),
        text(52, 32, "失").replace("TextObject", "Else"),
        text(552, 32, "失"),
        text(52, 32, "乙二") + text(52, 32, "失"),
    ],
    ids=["no place", "no text", "no object", "off the page", "on another"],
)
def test_text_that_has_no_place_on_the_page_is_said(lost: str) -> None:
    doubt, grid = grids("甲.ofd", ofd(TABLE + WORDS.replace(text(52, 32, "乙二"), lost)))
    assert isinstance(grid, Grid) and texts(grid)[0] == TEXTS[0]
    assert isinstance(doubt, ReadError) and (doubt.code, doubt.place) == ("damaged", "甲.ofd › 第1页")


def test_a_path_that_holds_words_is_damage() -> None:
    bad, first = grids("甲.ofd", ofd(TABLE + WORDS, path("失")))
    assert isinstance(first, Grid) and isinstance(bad, ReadError) and bad.place == "甲.ofd › 第2页"


@pytest.mark.parametrize("number", ["nan", "1e400"])
def test_a_number_that_is_none_is_damage_of_its_page(number: str) -> None:
    words = text(22, 22, "甲一").replace('Size="4"', f'Size="{number}"')
    bad, first = grids("甲.ofd", ofd(TABLE + WORDS, TABLE + words))
    assert isinstance(first, Grid) and isinstance(bad, ReadError) and bad.place == "甲.ofd › 第2页"


def test_one_damaged_page_stops_nothing() -> None:
    found = list(grids("甲.ofd", ofd(TABLE + WORDS, path("M 1 L"), TABLE + WORDS)))
    assert [(e.code, e.place) for e in found if isinstance(e, ReadError)] == [("damaged", "甲.ofd › 第2页")]
    assert sum(len(grid.rows) for grid in found if isinstance(grid, Grid)) == 4


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ofd(""), "empty"),
        (ofd(*[""] * 301), "too-large"),
        (make_zip({"OFD.xml": "<OFD><DocBody><DocRoot>D/none.xml</DocRoot></DocBody></OFD>"}), "damaged"),
        (make_zip({"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><OFD/>'}), "unsafe"),
    ],
)
def test_trouble_is_said(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        list(grids("甲.ofd", data))
    assert caught.value.code == code and caught.value.place.startswith("甲.ofd")


MEMBERS = {member: ZipFile(FILE).read(member) for member in ZipFile(FILE).namelist()}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(MEMBERS)),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=5),
    st.integers(0, 1 << 20),
)
def test_a_broken_part_gives_grids_or_says_why(member: str, bytes_: list[tuple[int, int]], end: int) -> None:
    part = bytearray(MEMBERS[member])
    for at, value in bytes_:
        part[at % len(part)] = value
    changed = MEMBERS | {member: bytes(part[: end % (2 * len(part))])}
    try:
        found = list(grids("甲.ofd", make_zip(changed)))  # type: ignore[arg-type]
    except ReadError as error:
        found = [error]
    assert found


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (text(22, 22, "甲一"), False),
        (text(42, 22, "甲一乙二", 'DeltaX="g 3 4"'), True),  # the line at 50 runs through it
        (text(22, 22, "甲一乙一", 'DeltaX="4 26 4"'), False),  # two cells in one piece of text
        (text(42, 12, "甲一乙二", 'DeltaX="g 3 4"'), False),  # above the table
    ],
)
def test_text_that_a_ruling_line_runs_through_is_said(words: str, said: bool) -> None:
    found = list(grids("甲.ofd", ofd(TABLE + WORDS.replace(text(22, 22, "甲一"), "") + words)))
    assert [one.code for one in found if isinstance(one, ReadError)] == ["damaged"] * said


def test_letters_without_a_size_are_said() -> None:
    unseen = text(22, 22, "藏").replace('Size="4"', 'Size="0"')
    found = grids("甲.ofd", ofd(TABLE + WORDS + unseen))
    assert [one.place for one in found if isinstance(one, ReadError)] == ["甲.ofd › 第1页"]
