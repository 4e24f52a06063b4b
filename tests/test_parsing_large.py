"""Large lists are read by the app, in time and memory that grow with the file and not with its square."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ledger
import pytest

from parsing.errors import ReaderDied, TooLarge
from parsing.formats.raw import limits, packed
from parsing.model import Reading
from parsing.reading import joined, parts, read
from parsing.runtime import allowance, worker
from parsing.runtime.allowance import CPU_MOST, CPU_SECONDS, MEMORY_BYTES, MEMORY_MOST
from parsing.runtime.reader_pool import ReaderPool

ROOT = Path(__file__).parent.parent
ODD = (sys.executable, str(Path(__file__).with_name("odd_reader.py")))
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts and limits memory")
MANY = 10_000
PEAK = """
import json, sys
from parsing.reading import parts
projects = indicators = money = 0
for part in parts(sys.stdin.buffer.read(), "清单"):
    projects += len(part.projects)
    indicators += sum(len(one.indicators) for one in part.projects)
    money += int(sum(one.budget_yuan for one in part.projects))
status = open("/proc/self/status").read()
print(json.dumps([projects, indicators, money, int(status.split("VmHWM:")[1].split()[0]) // 1024]))
"""


def whole(reading: Reading, count: int) -> None:
    assert not reading.unread and len(reading.projects) == count
    assert [len(one.indicators) for one in reading.projects] == [10] * count
    assert [one.budget_yuan for one in reading.projects] == [1000 * n for n in range(1, count + 1)]
    assert reading.projects[-1].indicators[-1].name.startswith(f"第{count}号")


def test_ten_thousand_projects_of_ten_indicators_are_read_by_the_app() -> None:
    data = ledger.as_xlsx(MANY)
    readers = ReaderPool(1)
    whole(readers.read("清单.xlsx", data), MANY)
    readers.close()


@pytest.mark.parametrize(
    ("make", "count"), [(ledger.as_csv, 4000), (ledger.as_ods, 2000), (ledger.as_docx, 2000)]
)
def test_so_are_large_lists_of_other_formats(make: Callable[[int], bytes], count: int) -> None:
    readers = ReaderPool(1)
    whole(readers.read("清单", make(count)), count)
    readers.close()


@LINUX
def test_reading_in_parts_holds_the_cells_and_not_all_projects() -> None:
    command = [sys.executable, "-c", PEAK]
    done = subprocess.run(command, input=ledger.as_xlsx(4000), capture_output=True, cwd=ROOT, timeout=120)
    projects, indicators, money, megabytes = json.loads(done.stdout)
    assert (projects, indicators, money) == (4000, 40_000, 1000 * 4000 * 4001 // 2)
    assert megabytes < 300  # with all projects it is 420


def test_the_time_grows_with_the_list_and_not_with_its_square() -> None:
    def seconds(count: int) -> float:
        data = ledger.as_csv(count).replace(
            "经济成本指标".encode(), "其他指标".encode()
        )  # no votes of its own
        start = time.process_time()
        assert len(read(data, "清单.csv").projects) == count
        return time.process_time() - start

    seconds(100)
    assert seconds(3200) < 16 * seconds(400)  # eight times as long, and some room for a busy machine


def test_parts_joined_are_the_reading() -> None:
    data = ledger.as_csv(450)
    found = [*parts(data, "清单.csv")]
    assert [len(one.projects) for one in found] == [200, 200, 50]
    assert joined(found) == read(data, "清单.csv")


def test_an_answer_in_parts_arrives_whole_and_the_process_stays() -> None:
    readers = ReaderPool(1, ODD)
    first, second = readers.read("parts", b"1"), readers.read("good", b"12")
    assert [one.name.split()[0] for one in first.projects] == ["parts"] * 3
    assert first.projects[0].name.split()[2] == second.projects[0].name.split()[2]
    readers.close()


def test_a_small_file_gets_what_it_always_got_and_no_file_more_than_the_most() -> None:
    small, large = allowance.allowance(10_000), allowance.allowance(1 << 40)
    assert (small.cpu, small.memory // (10 << 20)) == (CPU_SECONDS, MEMORY_BYTES // (10 << 20))
    assert (large.cpu, large.memory) == (CPU_MOST, MEMORY_MOST)
    assert worker.MEMORY_BYTES == MEMORY_BYTES


def test_where_a_limit_is_hit_it_is_named_with_its_unit_and_the_way_out() -> None:
    readers = ReaderPool(1, ODD, wall_seconds=1)
    with pytest.raises(ReaderDied) as caught:
        readers.read("sleep", b"")
    readers.close()
    assert f"{CPU_SECONDS} 秒" in caught.value.reason and f"{MEMORY_BYTES >> 20} 兆" in caught.value.reason
    said = TooLarge.reason
    numbers = (
        f"{limits.CELLS:,} 格",
        f"{limits.ROWS:,} 行",
        f"{packed.TOTAL >> 20} 兆",
        f"{limits.TEXT:,} 个字",
    )
    assert all(number in said for number in numbers)
    assert all("拆成几个文件" in error.remedy for error in (TooLarge, ReaderDied))
