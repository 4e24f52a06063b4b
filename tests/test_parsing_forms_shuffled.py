"""Whatever stands in the cells of a table, reading it ends, by a ReadError or not at all: real tables with
words of forms, odd texts, cells and rows put where they do not belong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from parsing import review
from parsing.errors import ReadError
from parsing.grid import Grid
from parsing.reading import of_grids
from parsing.teaching.sheets import grids

CASES = Path(__file__).parent / "cases"
TABLES = 120  # of each seed
ODD = (
    *(
        "年度",
        "2024年",
        "长期",
        "—",
        "0",
        "-5",
        "1e9",
        "合计",
        "小计",
        "项目名称",
        "项目名称：",
        "序号",
        "续表",
    ),
    *(
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "产出指标",
        "数量指标",
        "年度目标",
        "总体目标",
        "指标类别",
    ),
    *(
        "万元",
        "(万元)",
        "2024-2025",
        "2024.13",
        "1/1/2024",
        "99999999999999999",
        "≥",
        "%",
        "：",
        "预算（元）",
    ),
    *(
        "资金总额",
        "其中：财政拨款",
        "是",
        "√",
        "□是 ☑否",
        "备注",
        "\n",
        "附件1",
        "12万元、30元",
        "上年度",
        "1",
        "2",
    ),
)
NOTES = ("hidden", "formula", "picture", "outside", "ocr:0.5", "cut:0.3", "laid:0.7", "stored:3.14")


def tables() -> Iterator[Grid]:
    for folder in ("forms", "files", "pasted"):
        for path in sorted((CASES / folder).iterdir()):
            if path.suffix in (".xlsx", ".docx", ".txt", ".html", ".ods") and path.stat().st_size < 200_000:
                try:
                    yield from (
                        grid for grid in grids(path.read_bytes(), path.name, None) if 3 < len(grid.rows) < 200
                    )
                except ReadError:
                    continue


def shuffled(dice: Random, grid: Grid, pool: list[str]) -> Grid:
    """The grid with up to six cells or rows changed, gone, doubled or merged."""
    rows = [list(row) for row in grid.rows]
    for _ in range(dice.randint(1, 6)):
        row = rows[dice.randrange(len(rows))]
        at, change = dice.randrange(len(row)), dice.random()
        if change < 0.5:
            row[at] = row[at]._replace(text=dice.choice(ODD if dice.random() < 0.6 else pool))
        elif change < 0.6 and len(row) > 1:
            del row[at]
        elif change < 0.7:
            row[at] = row[at]._replace(width=dice.randint(1, 4), height=dice.randint(1, 4))
        elif change < 0.8:
            rows.insert(rows.index(row), list(rows[dice.randrange(len(rows))]))
        elif change < 0.9:
            row[at] = row[at]._replace(note=dice.choice(NOTES))
        elif len(rows) > 1:
            rows.remove(row)
    numbered = tuple(
        tuple(cell._replace(place=cell.place._replace(row=number)) for cell in row)
        for number, row in enumerate(rows, 1)
    )
    return replace(grid, rows=numbered, joins=frozenset(), gaps=frozenset(), cleaned={})


@pytest.mark.parametrize("seed", range(4))
def test_no_table_however_filled_ends_the_program(seed: int) -> None:
    every = [*tables()]
    pool = sorted({cell.text for grid in every for cell in grid})
    dice = Random(seed)
    read = 0
    for _ in range(TABLES):
        try:
            for part in of_grids("甲.xlsx", [shuffled(dice, dice.choice(every), pool)]):
                for project in part.projects:
                    review(project)
                    read += 1
        except ReadError:
            continue
    assert read > TABLES / 3
