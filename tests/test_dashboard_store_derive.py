from __future__ import annotations

from pathlib import Path

import pytest
from conftest import make_indicator, make_project

import parsing
from dashboard.store.derive import digest, project_row


def test_an_indicator_of_a_merged_category_counts_in_each_of_its_columns() -> None:
    merged = make_indicator("争议率", "社会效益", also=("经济效益", "生态效益"))
    row = project_row("key", make_project(indicators=(merged, make_indicator("增收", "经济效益"))))
    assert [row[f"s{k}"] for k in range(1, 10)] == [0, 0, 0, 0, 2, 1, 1, 0, 0]


@pytest.mark.parametrize("name", ["perf_sheets.xlsx", "perf_docx.pdf", "perf.docx", "perf_sheets.xls"])
def test_a_table_is_known_again_whatever_file_it_comes_in(name: str) -> None:
    here = Path(__file__).parent
    text = parsing.read(here.parent / "data/samples/dongkeng-2024.txt")
    other = parsing.read(here / "cases/files" / name)
    assert [digest(one) for one in other.projects] == [digest(one) for one in text.projects]
