"""Letters of a PDF in the colour of what is below them."""

from __future__ import annotations

import pytest
from pages import RULES, WORDS, pdf, stroke, words

from parsing.formats import grids
from parsing.grid import Grid

TEXTS = [["a1", "b1", "c1"], ["a2", "b2", "c2"]]
SECRET = [(165, 668, "99")]
DARK = "0 0 0.6 rg 50 660 300 40 re f\n"


def read(content: str) -> Grid:
    (grid,) = grids("甲.pdf", pdf(stroke(RULES) + content))
    assert isinstance(grid, Grid)
    return grid


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def unseen(grid: Grid) -> list[str]:
    cells = (cell for cells in grid.cleaned.values() for cell in cells)
    return [run.text for cell in cells for run in cell.runs if run.code == "unseen"]


@pytest.mark.parametrize(
    "secret",
    [
        "1 1 1 rg " + words(SECRET),
        "1 g " + words(SECRET),
        "0.99 0.99 1 rg " + words(SECRET),
        "1 1 1 rg 160 660 40 20 re f " + words(SECRET),  # on white
        DARK + "1 1 1 rg 150 660 100 40 re f " + words(SECRET),  # on white on blue
        "BT 3 Tr /F 10 Tf 165 668 Td (99) Tj ET\n",  # no paint at all
    ],
)
def test_letters_in_the_colour_of_the_paper_are_not_what_the_cell_says(secret: str) -> None:
    grid = read(words() + secret)
    assert texts(grid) == TEXTS
    assert "".join(unseen(grid)) == "99"


def test_white_letters_on_a_dark_row_are_read() -> None:
    grid = read(DARK + "1 1 1 rg " + words(WORDS[:3]) + "0 g " + words(WORDS[3:]))
    assert texts(grid) == TEXTS and not unseen(grid)


def test_white_letters_on_a_picture_or_upon_letters_that_are_seen_hide_nothing() -> None:
    grid = read(words() + "1 1 1 rg " + words(WORDS[1:2]))
    assert texts(grid)[0][0] == "a1" and "b1" in texts(grid)[0][1]


def test_letters_of_another_colour_are_read() -> None:
    assert texts(read("0.9 0.9 0.2 rg " + words())) == TEXTS


def test_a_page_of_very_many_white_letters_is_read_at_once() -> None:
    content = "1 1 1 rg " + "160 660 40 20 re f " * 3_000 + words(SECRET * 3_000)
    assert texts(read(words() + content))[1] == TEXTS[1]
