"""Text boxes that lie over the cells of a worksheet, and signs of the font Symbol."""

from __future__ import annotations

import pytest
from test_parsing_formats_packed import make_zip

from parsing.errors import ReadError
from parsing.formats import grids

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(drawing: str, text: str = "≥90%") -> bytes:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>甲</t></is></c>'
        f'<c r="B{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for row in range(1, 6)
    )
    return make_zip(
        {
            "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="表" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/s.xml"),
            "xl/worksheets/s.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            "xl/worksheets/_rels/s.xml.rels": relation("drawing", "../drawings/d.xml"),
            "xl/drawings/d.xml": drawing,
        }
    )


def relation(kind: str, target: str) -> str:
    one = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}">{one}</Relationships>'


def box(column: int, row: int, text: str, kind: str = "twoCellAnchor") -> str:
    end = f"<to><col>{column + 1}</col><row>{row + 1}</row></to>" if kind == "twoCellAnchor" else ""
    return (
        f"<{kind}><from><col>{column}</col><colOff>99</colOff><row>{row}</row></from>{end}"
        f"<sp><txBody><p><r><t>{text}</t></r></p></txBody></sp></{kind}>"
    )


def troubles(drawing: str) -> list[tuple[str, str]]:
    _, *found = grids("甲.xlsx", workbook(f"<wsDr>{drawing}</wsDr>"))
    return [(one.code, one.place) for one in found if isinstance(one, ReadError)]


@pytest.mark.parametrize("kind", ["twoCellAnchor", "oneCellAnchor"])
def test_a_box_with_a_text_over_the_cells_is_said(kind: str) -> None:
    drawing = box(1, 2, "100%", kind) + box(0, 0, " ")
    assert troubles(drawing) == [("covered", "甲.xlsx › 表 › B3")]


@pytest.mark.parametrize(
    "drawing", [box(5, 1, "旁注"), box(0, 30, "下面"), box(1, 1, ""), "<twoCellAnchor/>", ""]
)
def test_a_box_beside_the_cells_or_without_a_text_is_none(drawing: str) -> None:
    assert not troubles(drawing)


def test_a_broken_drawing_costs_no_cell() -> None:
    grid, *others = grids("甲.xlsx", workbook("<wsDr><oneCell"))
    assert len(list(grid)) == 10 and not others


def test_signs_of_the_font_symbol_are_those_that_it_draws() -> None:
    (grid,) = grids("甲.xlsx", workbook("<wsDr/>", text="\uf0b3\uf039\uf030\uf025"))
    assert {cell.text for cell in grid} == {"甲", "≥90%"}
