from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing.errors import Damaged, ReadError, TooLarge
from parsing.formats import grids
from parsing.formats import text as reader
from parsing.formats.characters.likeness import plain, unmarked
from parsing.formats.raw import limits
from parsing.grid import Cell, Grid, Place

FILES = Path(__file__).parent / "cases" / "files"
GOLD = [
    [row for row in table["rows"] if any(row)]
    for table in json.loads((FILES / "gold.json").read_text("utf-8"))
]


def read(data: bytes | str) -> Grid:
    (grid,) = grids("甲.txt", data.encode() if isinstance(data, str) else data)
    assert isinstance(grid, Grid)
    return grid


def texts(data: bytes | str) -> list[dict[int, str]]:
    return [{cell.place.column: cell.text for cell in row} for row in read(data).rows]


def sparse(rows: list[list[str]]) -> list[dict[int, str]]:
    return [
        found for row in rows if (found := {at: typed(text) for at, text in enumerate(row, 1) if typed(text)})
    ]


def typed(text: str) -> str:
    """As people type it: without characters that take no room, and no letters that only look like others."""
    return unmarked(plain(text)).strip()


def test_a_cell_knows_its_line_and_column():
    grid = read("\n项目名称\t甲\n\n\t乙\n")
    assert grid.rows == (
        (
            Cell("项目名称", Place("甲.txt", "文本", 2, 1, "第2行第1列")),
            Cell("甲", Place("甲.txt", "文本", 2, 2, "第2行第2列")),
        ),
        (Cell("乙", Place("甲.txt", "文本", 4, 2, "第4行第2列")),),
    )
    assert (grid.part, grid.spans) == ("文本", False)


@pytest.mark.parametrize("name", ["gbk.csv", "utf8bom.csv", "lo_utf8.csv"])
def test_the_samples_saved_as_csv_are_the_gold_rows(name):
    rows = [row for row in texts((FILES / name).read_bytes()) if row != {1: "项目绩效目标表"}]
    assert rows == sparse([row for table in GOLD for row in table])


@pytest.mark.parametrize("name", ["paste_gbk.txt", "paste_utf16.txt"])
def test_the_pasted_samples_hold_every_gold_text(name):
    found = sorted(cell.text for cell in read((FILES / name).read_bytes()))
    assert sorted(set(found)) == sorted(
        {text for table in GOLD for row in table for text in row if text} | {"项目绩效目标表"}
    )
    assert len(found) == 414


def test_a_short_text_as_long_as_the_mark_of_an_open_file_is_a_text():
    data = '"项目名称",'.encode().ljust(162, b"1")
    assert read(data).rows[0][0].text == "项目名称"


def test_a_short_csv_in_gbk_is_read():
    assert texts((FILES / "short_gbk.csv").read_bytes())[3] == {1: "主管部门", 2: "东莞市东坑镇政务服务中心"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_every_encoding_of_an_office_is_read(encoding):
    assert texts("项目名称\t综合经费\n".encode(encoding)) == [{1: "项目名称", 2: "综合经费"}]


def test_utf_16_big_endian_with_a_mark_is_read():
    assert texts(b"\xfe\xff" + "项目\t甲".encode("utf-16-be")) == [{1: "项目", 2: "甲"}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_one_line(end):
    assert [row[0].place.row for row in read(end.join(["甲\t乙", "", "丙\t丁"])).rows] == [1, 3]


def test_other_separators_end_no_line():
    assert [row[0].place.row for row in read("甲\u2028甲\x0b\x85\t乙\n丙\t丁").rows] == [1, 2]


def test_prose_with_commas_between_tabs_stays_in_its_cell():
    assert texts("目标\ta,b,c,d,e\n值\t1,200") == [{1: "目标", 2: "a,b,c,d,e"}, {1: "值", 2: "1,200"}]


def test_semicolons_part_cells_where_no_other_mark_does_it_better():
    assert texts('甲;"一;二";1,5\n乙;三;2') == [
        {1: "甲", 2: "一;二", 3: "1,5"},
        {1: "乙", 2: "三", 3: "2"},
    ]
    assert texts("甲,一;二\n乙,三;四") == [{1: "甲", 2: "一;二"}, {1: "乙", 2: "三;四"}]


LONG = "项目名称\t综合经费\n" + "主管部门\t东莞市东坑镇政务服务中心\n" * 9


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("broken", [b"\xff", b""])
def test_a_text_with_a_broken_letter_is_read_and_said_to_be_broken(encoding, broken):
    whole = LONG.encode(encoding)
    at = whole.index("服务".encode(encoding.removesuffix("-sig")))
    grid, trouble = grids("甲.txt", whole[:at] + broken + whole[at + 1 :])
    assert [[cell.text for cell in row] for row in grid.rows[:1]] == [["项目名称", "综合经费"]]
    assert "\ufffd" in grid.rows[1][1].text and len(grid.rows) == 10
    assert isinstance(trouble, Damaged)


def test_a_short_text_with_a_broken_letter_is_not_taken_for_another_encoding():
    said = "态用效社用及标办效办品公格施绩用续目标及目量"
    data = said.encode()[:1] + b"\xc7" + said.encode()[2:]
    assert data.decode("gb18030")  # it would pass for one
    grid, trouble = grids("甲.txt", data)
    assert grid.rows[0][0].text.endswith(said[1:]) and isinstance(trouble, Damaged)


def test_a_full_width_comma_parts_nothing():
    assert texts("群众，企业，办事\n一，二") == [{1: "群众，企业，办事"}, {1: "一，二"}]


def test_a_title_with_gaps_does_not_make_a_tab_text_a_gap_text():
    assert texts("2024年  绩效  表\n甲\t乙  丙") == [{1: "2024年  绩效  表"}, {1: "甲", 2: "乙  丙"}]


def test_two_spaces_part_cells_and_leading_ones_leave_the_first_empty():
    assert texts("一级指标  二级指标   三级指标\n    数量指标  办公 用品") == [
        {1: "一级指标", 2: "二级指标", 3: "三级指标"},
        {2: "数量指标", 3: "办公 用品"},
    ]


def test_a_quoted_cell_keeps_its_lines_and_the_next_its_number():
    grid = read('目标,"一\r\n二,""三"""\r\n甲,乙\r\n')
    assert [[cell.text for cell in row] for row in grid.rows] == [["目标", '一\n二,"三"'], ["甲", "乙"]]
    assert [row[0].place.row for row in grid.rows] == [1, 3]


def test_an_empty_line_in_a_cell_stays_beside_signs_that_only_look_like_others():
    assert texts('目标,"一\n\n成本<1万元"\n') == [{1: "目标", 2: "一\n\n成本<1万元"}]


def test_quotes_around_a_part_of_a_cell_are_kept():
    assert texts('名称\t"一网统管"试点\n类型\t"甲') == [
        {1: "名称", 2: '"一网统管"试点'},
        {1: "类型", 2: '"甲'},
    ]


def test_a_cell_longer_than_excel_allows_is_refused_with_its_place():
    with pytest.raises(TooLarge) as caught:
        read("甲\t" + "字" * (limits.TEXT + 1))
    assert caught.value.place == "甲.txt › 文本 › 第1行第2列"


@pytest.mark.parametrize("name", ["ROWS", "CELLS", "COLUMNS"])
def test_more_than_the_limit_is_refused(name, monkeypatch):
    monkeypatch.setattr(limits, name, 2)
    with pytest.raises(TooLarge):
        read("a\tb\tc\n" * 3)


words = st.text(st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=8)
tables = st.lists(st.lists(words, min_size=2, max_size=5), min_size=1, max_size=6).filter(
    lambda rows: any(typed(text) for row in rows for text in row)
)
lined = st.lists(words, max_size=3).map("\n".join)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(lined, min_size=2, max_size=5), min_size=1, max_size=6).filter(
        lambda t: any(sparse(t))
    ),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-8"]),
    st.sampled_from(["excel", "excel-tab"]),
)
def test_any_table_written_by_the_csv_module_reads_back(rows, encoding, dialect):
    out = io.StringIO()
    csv.writer(out, dialect, quoting=csv.QUOTE_ALL).writerows(rows)
    assert texts(out.getvalue().encode(encoding)) == sparse(rows)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_any_table_of_chinese_text_reads_back_from_gb18030(rows):
    # a mark first, as every real file has: two characters of GBK alone may happen to be UTF-8
    rows = [["项目绩效目标表", "一级指标"], *rows]
    out = io.StringIO()
    csv.writer(out, "excel-tab").writerows(rows)
    assert texts(out.getvalue().encode("gb18030")) == sparse(rows)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_give_grids_or_a_read_error(data):
    try:
        found = list(grids("甲", data))
    except ReadError as error:
        assert error.place.startswith("甲")
    else:
        assert found


def test_bytes_that_are_mostly_zero_are_no_text_in_any_encoding() -> None:
    assert not reader.sniff(bytes(1000)) and not reader.sniff(b"\0\0\0a" * 300)
    assert reader.sniff("项目名称\t修路".encode("utf-16"))
    assert reader.sniff("ab\t1\n".encode("utf-16-le") * 50)
