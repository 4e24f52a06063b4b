from __future__ import annotations

from parsing.forms.header import Block
from parsing.forms.line import Line
from parsing.forms.wide import lines
from parsing.grid import Cell, Place, Row


def row(number: int, *texts: str) -> Row:
    every = enumerate(texts, 1)
    return tuple(Cell(text, Place("", "", number, column, "")) for column, text in every if text)


def test_a_row_of_categories_with_a_text_under_no_title_comes_as_it_is() -> None:
    header = row(1, "数量指标", "质量指标")
    block = Block(
        [row(2, "修路3公里", "合格"), row(3, "架桥1座", "合格", "散落的字")],
        {1: "slot:数量指标", 2: "slot:质量指标"},
        header,
    )
    every = [*lines(block)]
    assert [one.texts["name"] for one in every if isinstance(one, Line)] == ["修路3公里", "合格"]
    assert [one for one in every if not isinstance(one, Line)] == [block.rows[1]]
