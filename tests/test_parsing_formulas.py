"""No cell of a .csv or .xlsx that we write is run by the spreadsheet that opens it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from parsing import read
from parsing.__main__ import main
from parsing.command_line.formulas import defused
from parsing.command_line.output import as_csv, as_xlsx

MARKUP = Path(__file__).parent / "cases/hostile/markup.xlsx"


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", '=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "-1+1", "@SUM(1)", "\t甲", "\r甲"),
        *(" =1", '"=1', "'=1", "\n=1", "\u3000=1", "＝1+1", "＋甲", "－甲", "＠甲", "=-5", "- 完成验收"),
    ],
)
def test_what_a_spreadsheet_would_run_is_a_text(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5", "+1", "-5.2%", "-1,000.50", "+3‰", "-1e5", "－５", "≥95%", "2024-1", "甲=1", "", "—", "−5"]
)
def test_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert defused(text) == text


def cells(data: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]


def test_csv_cells_are_defused_and_raw_ones_are_not(tmp_path: Path) -> None:
    found = cells(as_csv([read(MARKUP)]))
    assert {"'=1+1", "'@SUM(1)", "-1", "+1"} <= {*found}
    runs = {cell for cell in found if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")} - {"-1", "+1"}
    assert {cell for cell in runs if defused(cell) != cell} == set()
    out = tmp_path / "raw.csv"
    assert main([str(MARKUP), "--format", "csv", "--raw", "--cache", str(tmp_path), "-o", str(out)]) == 0
    assert {"=1+1", "@SUM(1)", "-1", "+1"} <= {*cells(out.read_bytes())}
    assert len(cells(out.read_bytes())) == len(found)


def test_xlsx_cells_are_texts_without_links() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([read(MARKUP)])))
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in {cell.value for cell in every}
    assert {cell.data_type for cell in every if isinstance(cell.value, str)} == {"s"}
    assert not any(cell.hyperlink for cell in every)
