"""Files are given back by processes apart: what hurts one costs its own marks, never the server."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import openpyxl
import pytest

import parsing
from dashboard.exports.marked.give_back import MarkedFiles
from dashboard.exports.marked.index import change_list
from dashboard.exports.marked.jobs import MarkingJob, MarkingOrder, MarkingQueue
from dashboard.exports.marked.markers import MarkerPool
from dashboard.exports.marked.marking import TOO_MUCH, Marked, mark
from dashboard.exports.naming import MOST, file_name, unlike
from dashboard.store import StoreMissing
from parsing import DEFAULT, review

CASES = Path(__file__).parent / "cases"
DAY = date(2026, 11, 27)
MB = 1 << 20


@pytest.fixture(scope="module")
def markers() -> Iterator[MarkerPool]:
    pool = MarkerPool(1)
    yield pool
    pool.close()


def changes(data: bytes, name: str):
    found = parsing.read(data, name)
    return change_list([(one, review(one).findings) for one in found.projects], DEFAULT, DAY, None)


def order(number: int = 1) -> MarkingOrder:
    return MarkingOrder(number, ("a",), DEFAULT, DAY, 7)


def ended(job: MarkingJob) -> MarkingJob:
    until = monotonic() + 20
    while not job.finished and monotonic() < until:
        sleep(0.01)
    assert job.finished
    return job


def resident() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


@pytest.mark.parametrize("name", ["perf_sheets.xlsx", "perf.docx", "perf.doc"])
def test_the_process_apart_marks_as_this_one_does(markers: MarkerPool, name: str) -> None:
    data = (CASES / "files" / name).read_bytes()
    listed = changes(data, name)
    there, here = markers.mark(data, name, listed), mark(data, name, listed)
    assert (there.ending, there.why) == (here.ending, here.why)
    if there.ending == ".xlsx":
        sheets = [openpyxl.load_workbook(io.BytesIO(one.data)).sheetnames for one in (there, here)]
        assert sheets[0] == sheets[1]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is asked of /proc")
def test_a_workbook_made_to_hurt_grows_the_server_little_and_the_list_comes_all_the_same(
    markers: MarkerPool,
) -> None:
    data = (CASES / "hostile/merge_huge.xlsx").read_bytes()
    listed, before, start = changes(data, "merge_huge.xlsx"), resident(), monotonic()
    marked = markers.mark(data, "merge_huge.xlsx", listed)
    assert resident() - before < 150 * MB and monotonic() - start < 150
    assert marked.why and openpyxl.load_workbook(io.BytesIO(marked.data)).sheetnames[0] == "修改清单"
    again = (CASES / "files/perf_sheets.xlsx").read_bytes()
    assert not markers.mark(again, "a.xlsx", changes(again, "a.xlsx")).why  # and the next one is marked


def test_an_answer_crosses_whole() -> None:
    marked = Marked(".docx", TOO_MUCH, b"a\nb\0c\n")
    assert Marked.unpacked(marked.packed()) == marked


def test_a_second_click_is_the_same_job_and_one_that_failed_is_tried_anew() -> None:
    go, asked = Event(), []

    def give(one: MarkingOrder, on_progress) -> MarkedFiles:
        asked.append(one.upload_id)
        go.wait(10)
        on_progress(1, 2)
        if one.upload_id == 2 and asked.count(2) == 1:
            raise StoreMissing("没有找到")
        return MarkedFiles("a.xlsx", b"1", [])

    returns = MarkingQueue(give)
    first, second = returns.ask(order()), returns.ask(order())
    assert first is second
    go.set()
    assert ended(first).returned == MarkedFiles("a.xlsx", b"1", []) and (first.done, first.all) == (1, 2)
    assert returns.ask(order()) is first and asked == [1]
    failed = ended(returns.ask(order(2)))
    assert failed.trouble and failed.returned is None
    assert ended(returns.ask(order(2))).returned


def test_whatever_making_raises_ends_that_job_alone() -> None:
    def give(one: MarkingOrder, on_progress) -> MarkedFiles:
        if one.upload_id == 1:
            raise RuntimeError
        return MarkedFiles("a.xlsx", b"", [])

    returns = MarkingQueue(give, size=1)
    assert ended(returns.ask(order(1))).trouble
    assert ended(returns.ask(order(2))).returned


@pytest.mark.parametrize(
    "stem",
    [
        "项目" * 200,
        "con",
        "LPT1.2024",
        "a/b\\c:d*e?f",
        "",
        " .. ",
        "甲\u202exslx",
        "表\x00\ufffe",
        "名称 . .",
    ],
)
def test_a_name_is_one_that_every_system_takes(stem: str) -> None:
    name = file_name(stem, "（退回修改单）.xlsx")
    assert len(name.encode()) <= MOST and name.endswith("（退回修改单）.xlsx")
    assert not set(name) & set('<>:"/\\|?*\x00\u202e\ufffe') and name == name.strip(" .")
    assert name.partition(".")[0].casefold() not in ("con", "lpt1")


def test_names_that_are_one_to_a_system_are_told_apart_in_an_archive() -> None:
    assert unlike("A.xlsx", ".xlsx", {"a.xlsx"}) == "A（2）.xlsx"
    assert unlike("B.xlsx", ".xlsx", {"a.xlsx"}) == "B.xlsx"
