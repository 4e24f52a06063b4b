from __future__ import annotations

import io
import math
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import RULES, WORDS, pdf, stroke, words
from test_parsing_formats_xlsx import GOLD, area

import parsing
from parsing.errors import ReadError
from parsing.formats import grids
from parsing.formats.paged import pdf as reader
from parsing.formats.paged.page import Glyph
from parsing.formats.paged.pdf.overlaid import is_overlaid
from parsing.grid import Grid

pytest.importorskip("pypdfium2")
FILES = Path(__file__).parent / "cases/files"
TEXTS = [["a1", "b1", "c1"], ["a2", "b2", "c2"]]


def read(data: bytes) -> list[Grid]:
    found = list(grids("甲.pdf", data))
    assert all(isinstance(grid, Grid) for grid in found)
    return found  # type: ignore[return-value]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize("name", ["perf_sheets.pdf", "perf_stacked.pdf"])
def test_the_tables_are_the_gold_cell_by_cell(name: str) -> None:
    cells = [cell for grid in read((FILES / name).read_bytes()) for cell in grid]
    starts = [cell.place.row for cell in cells if cell.text == "项目名称"]
    for top, table in zip(starts, GOLD, strict=True):
        rows = {(r, c): text for r, row in enumerate(table["rows"]) for c, text in enumerate(row) if text}
        here = [c for c in cells if top <= c.place.row < top + len(table["rows"]) and c.note != "outside"]
        assert {(c.place.row - top, c.place.column - 1): c.text for c in here} == rows


def test_merged_cells_keep_their_size() -> None:
    cells = [cell for grid in read((FILES / "perf_sheets.pdf").read_bytes()) for cell in grid]
    starts = [cell.place.row for cell in cells if cell.text == "项目名称"]
    for top, table in zip(starts, GOLD, strict=True):
        here = [c for c in cells if top <= c.place.row < top + len(table["rows"]) and c.note != "outside"]
        merged = sorted(area(c, top) for c in here if (c.height, c.width) != (1, 1))
        assert merged == sorted(m for m in table["merges"] if table["rows"][m[0]][m[1]])


def test_the_cells_are_those_pdfplumber_sees() -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    data = (FILES / "perf_sheets.pdf").read_bytes()
    cells = [cell for grid in read(data) for cell in grid]
    with pdfplumber.open(io.BytesIO(data)) as book:
        for number, page in enumerate(book.pages, 1):
            # pdfplumber gives every line of a cell as printed, we join what the page broke
            theirs = [
                t.replace("\n", "") for table in page.extract_tables() for row in table for t in row if t
            ]
            ours = [c.text for c in cells if c.place.part == f"第{number}页" and c.note != "outside"]
            assert sorted(ours) == sorted(theirs)


def test_a_row_cut_by_a_page_break_is_joined_and_recorded() -> None:
    reading = parsing.read(FILES / "perf_docx.pdf")
    repairs = [repair for project in reading.projects for repair in project.repairs]
    assert [(r.code, r.doubtful, r.path) for r in repairs] == [
        ("join", False, "indicators[10]"),
        ("join", False, "indicators[8]"),
    ]
    assert reading.projects[2].indicators[10].name == "持续推动政务服务工作的稳定运转"


def test_the_place_is_the_page_and_its_row_and_rows_are_counted_through_the_file() -> None:
    (grid,) = read(pdf(stroke() + words(), stroke() + words([(x, y, f"d{t}") for x, y, t in WORDS])))
    places = [cell.place for cell in grid if cell.place.column == 1]
    assert [(p.part, p.row, p.cell) for p in places] == [
        ("第1页", 1, "第1行第1列"),
        ("第1页", 2, "第2行第1列"),
        ("第2页", 3, "第1行第1列"),
        ("第2页", 4, "第2行第1列"),
    ]
    assert grid.part == "第1页至第2页" and grid.spans


def test_a_cell_knows_its_box_on_the_page() -> None:
    (grid,) = read(pdf(stroke() + words()))
    assert grid.rows[1][2].box == (1, 250, 182, 350, 222)


@pytest.mark.parametrize(
    ("turn", "box"),
    [(90, (660, 50, 700, 150)), (180, (445, 660, 545, 700)), (270, (142, 445, 182, 545))],
)
def test_a_turned_page_reads_alike_and_its_boxes_are_those_shown(turn: int, box: tuple[int, ...]) -> None:
    (grid,) = read(pdf(stroke() + words(), more=f"/Rotate {turn}"))
    assert texts(grid) == TEXTS
    assert grid.rows[0][0].box == (1, *box)


@pytest.mark.parametrize(("turn", "shift"), [(90, (842, 0)), (180, (842, 842)), (270, (0, 842))])
def test_text_that_runs_upward_on_the_page_is_read(turn: int, shift: tuple[int, int]) -> None:
    cos, sin = round(math.cos(math.radians(turn))), round(math.sin(math.radians(turn)))
    content = f"q {cos} {sin} {-sin} {cos} {shift[0]} {shift[1]} cm\n{stroke()}{words()}Q"
    (grid,) = read(pdf(content, box="[0 0 842 842]"))
    assert texts(grid) == TEXTS


def aslant(content: str) -> str:
    cos, sin = math.cos(math.radians(30)), math.sin(math.radians(30))
    return f"q {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} 300 0 cm\n{content}Q\n"


def test_text_that_lies_aslant_over_a_page_is_in_no_cell() -> None:
    (grid,) = read(pdf(stroke() + words() + aslant(words([(150, 560, "secret")]))))
    assert texts(grid) == TEXTS


def test_text_of_a_page_that_lies_aslant_as_a_whole_is_read() -> None:
    found = "".join(cell.text for grid in grids("甲.pdf", pdf(aslant(words()))) for cell in grid)
    assert all(text in found for row in TEXTS for text in row)


def test_a_cropped_page_shows_what_it_shows() -> None:
    (grid,) = read(pdf(stroke() + words(), more="/CropBox[40 600 260 720]"))
    assert texts(grid) == [row[:2] for row in TEXTS]
    assert grid.rows[0][0].box == (1, 10, 20, 110, 60)


def dashes() -> str:
    steps = [
        (x0 + 5 * i, y0, x0 + 5 * i + 3, y0) if y0 == y1 else (x0, y0 + 5 * i, x0, y0 + 5 * i + 3)
        for x0, y0, x1, y1 in RULES
        for i in range((x1 - x0 + y1 - y0) // 5)
    ]
    return stroke(steps)


def beside(by: float) -> list[tuple[float, float, float, float]]:
    return [
        (x0 + by * (x0 == x1), y0 + by * (y0 == y1), x1 + by * (x0 == x1), y1 + by * (y0 == y1))
        for x0, y0, x1, y1 in RULES
    ]


@pytest.mark.parametrize(
    "content",
    [
        dashes() + words(),
        "".join(f"{a} {b} {max(c - a, 0.5)} {max(d - b, 0.5)} re f\n" for a, b, c, d in RULES) + words(),
        stroke(RULES + beside(1.5)) + words(),
        stroke() + words() + words([(x + 0.3, y, text) for x, y, text in WORDS]),
        "0.9 g 55 665 40 30 re f 0 g\n" + stroke() + words(),
        "".join(f"{x} {y} {w} {h} re S\n" for x in (50, 150, 250) for y in (620, 660) for w, h in [(100, 40)])
        + words(),
        stroke([rule for rule in RULES if rule[0] != 50 or rule[2] != 50]) + words(),
        "10 10 575 822 re S\n" + stroke() + words(),
    ],
    ids=[
        "dashes",
        "thin boxes",
        "double",
        "fake bold",
        "shaded",
        "a box a cell",
        "open at the left",
        "framed",
    ],
)
def test_tables_are_found_however_their_lines_are_drawn(content: str) -> None:
    (grid,) = read(pdf(content))
    assert texts(grid) == TEXTS


def test_lines_that_nobody_sees_are_none() -> None:
    (grid,) = read(pdf(stroke() + words() + "50 640 m 350 640 l n\n"))
    assert texts(grid) == TEXTS


def test_text_above_a_table_comes_first_and_says_that_it_stands_outside() -> None:
    (grid,) = read(pdf(words([(60, 750, "title")]) + stroke() + words()))
    assert [(c.text, c.note, c.place.cell) for c in grid.rows[0]] == [("title", "outside", "表外第1行")]


def test_page_numbers_and_copies_of_merged_text_do_not_part_a_table() -> None:
    top = words([(60, 750, "a2")])  # as LibreOffice draws a merged cell's text on both pages
    (grid,) = read(pdf(stroke() + words() + words([(290, 30, "- 1 -")]), top + stroke() + words()))
    assert [row for row in texts(grid) if len(row) == 3] == TEXTS * 2


FULL = "MMMMMMMMMM"  # leaves no room in its cell
INNER = [(max(x0, 150), y0, x1, y1) for x0, y0, x1, y1 in RULES if x1 > 150 and x0 >= 50]


@pytest.mark.parametrize(
    ("above", "below", "joins"),
    [
        ([FULL, FULL], [1, 2], {3}),
        ([FULL, "c2"], [1], {3}),
        (["b2", FULL], [1], {3}),  # a text alone may go on after a line that ended on purpose
        ([FULL, "c2"], [1, 2], set()),  # a row of its own, under merged cells that go on
    ],
)
def test_a_fragment_without_its_left_border_keeps_its_columns_and_goes_on_where_lines_were_full(
    above: list[str], below: list[int], joins: set[int]
) -> None:
    last = [WORDS[3], *((x, y, text) for (x, y, _), text in zip(WORDS[4:], above, strict=True))]
    rest = words([*(WORDS[k] for k in below), *WORDS[4:]])
    (grid,) = read(pdf(stroke() + words([*WORDS[:3], *last]), stroke(INNER) + rest))
    assert [cell.place.column for cell in grid.rows[2]] == [k + 1 for k in below]
    assert grid.joins == joins


def test_a_row_alone_on_its_page_is_in_its_table_without_the_line_above_it() -> None:
    alone = [rule for rule in RULES if rule[1] == 660 == rule[3]]
    alone += [(x0, 660, x1, 700) for x0, y0, x1, y1 in RULES if x0 == x1]
    (grid,) = read(pdf(stroke() + words(), stroke(alone) + words(WORDS[:3])))
    assert texts(grid) == [*TEXTS, TEXTS[0]]


def test_a_table_of_other_columns_is_another_grid() -> None:
    wide = [(x0 * 1.3, y0 - 200, x1 * 1.3, y1 - 200) for x0, y0, x1, y1 in RULES]
    found = read(pdf(stroke() + words() + stroke(wide) + words([(x * 1.3, y - 200, t) for x, y, t in WORDS])))
    assert [texts(grid) for grid in found] == [TEXTS, TEXTS]


def test_a_table_without_lines_is_read_by_its_gaps_and_said_to_be_a_guess() -> None:
    lines = [
        (x, 700 - 20 * i, f"{t}{i}") for i in range(4) for x, t in ((60, "aa"), (160, "bb"), (260, "cc"))
    ]
    trouble, grid = grids("甲.pdf", pdf(words(lines)))
    assert isinstance(trouble, ReadError) and trouble.place == "甲.pdf › 第1页"
    assert isinstance(grid, Grid) and not grid.spans
    assert texts(grid) == [[f"{t}{i}" for t in ("aa", "bb", "cc")] for i in range(4)]


def test_a_table_without_lines_whose_columns_cannot_be_told_is_said() -> None:
    lines = [(x, 700 - 20 * i, "aa") for i in range(4) for x in ((60, 110, 200) if i % 2 else (60, 160, 260))]
    lines += [(60, 600, "m" * 15), (230, 600, "m"), (300, 600, "m")]
    trouble, grid = grids("甲.pdf", pdf(words(lines)))
    assert isinstance(trouble, ReadError) and trouble.place == "甲.pdf › 第1页"
    assert isinstance(grid, Grid) and {cell.note for cell in grid} == {"outside"}


def test_latin_words_keep_their_spaces_and_wrapped_ones_gain_one() -> None:
    (grid,) = read(pdf(stroke() + words([(60, 685, "ISO 9001 standards"), (60, 670, "quality"), *WORDS[1:]])))
    assert grid.rows[0][0].text == "ISO 9001 standards quality"


def test_a_password_opens_a_locked_pdf() -> None:
    data = (FILES.parent / "hostile/locked.pdf").read_bytes()
    for password, code in ((None, "locked"), ("654321", "wrong-password")):
        with pytest.raises(ReadError) as caught:
            list(grids("甲.pdf", data, password))
        assert caught.value.code == code and caught.value.place == "甲.pdf"
    (grid,) = grids("甲.pdf", data, "123456")
    assert isinstance(grid, Grid) and texts(grid) == TEXTS


DRAWING = [(0, 3.1 * y, 500, 3.1 * y) for y in range(250)] + [(4.0 * x, 0, 4.0 * x, 780) for x in range(120)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.4\nnothing", "damaged"),
        (pdf(""), "empty"),
        (pdf(*[""] * 301), "too-large"),
        (pdf(stroke(DRAWING)), "too-large"),
    ],
    ids=["damaged", "empty", "many pages", "a drawing"],
)
def test_trouble_is_said(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        list(grids("甲.pdf", data))
    assert caught.value.code == code and caught.value.place.startswith("甲.pdf")


def test_a_missing_library_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ReadError) as caught:
        list(grids("甲.pdf", pdf(words())))
    assert caught.value.code == "unsupported" and "jilan[pdf]" in caught.value.remedy


def test_the_name_does_not_matter_but_the_content() -> None:
    assert reader.sniff(b"\r\n%PDF-1.7\n") and not reader.sniff("附件是 %PDF-1.7 文件".encode())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=40), st.integers(0, 1 << 20)
)
def test_a_broken_file_gives_grids_or_says_why(bytes_: list[tuple[int, int]], end: int) -> None:
    data = bytearray((FILES / "perf_docx.pdf").read_bytes())
    for at, value in bytes_:
        data[at % len(data)] = value
    try:
        found = list(grids("甲.pdf", bytes(data[: end % (2 * len(data))])))
    except ReadError as error:
        found = [error]
    assert found
    for grid in found:
        rows = grid.rows if isinstance(grid, Grid) else ()
        assert all(above[0].place.row < below[0].place.row for above, below in pairwise(rows))


def test_a_broken_stream_is_said_beside_what_could_be_read() -> None:
    data = bytearray((FILES / "perf_docx.pdf").read_bytes())
    data[data.index(b"stream") + 500] ^= 1  # the text of the first page
    *found, trouble = grids("甲.pdf", bytes(data))
    assert isinstance(trouble, ReadError) and (trouble.code, trouble.place) == ("damaged", "甲.pdf")
    assert any(isinstance(grid, Grid) for grid in found)


@pytest.mark.parametrize("file", ["t74_whited_out.pdf", "t90_freetext_over.pdf"])
def test_a_page_on_which_a_figure_was_covered_by_another_says_so(file: str) -> None:
    reading = parsing.read(Path(__file__).parent / "cases/drawn" / file)
    assert [(one.code, one.place.rpartition(" › ")[2]) for one in reading.unread] == [("damaged", "第1页")]


def test_letters_are_overlaid_where_other_ones_stand_and_not_beside_or_twice() -> None:
    def glyph(text: str, left: float) -> Glyph:
        return Glyph(text, left, 0.0, left + 5, 8.0, 8.0, False, 1.0)

    plain = [glyph("3", 0), glyph("6", 5), glyph("0", 10)]
    assert not is_overlaid(plain)
    assert not is_overlaid([*plain, glyph("6", 5.3)])  # bold
    assert not is_overlaid([*plain, glyph("，", 5)])
    assert is_overlaid([*plain, glyph("5", 5.3)])
