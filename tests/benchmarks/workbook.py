"""A workbook of 2,000 tables, from its bytes to projects; beside openpyxl and beside bare unzip and expat."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import sheets
from tests.benchmarks.measure import Figure
from tests.browser import ROOT

BEGIN = "import sys, time\nfile = sys.argv[1]\n"
END = """
print(seconds)
print(said)
try:
    print(int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) / 1024)
except OSError:
    print(0)
"""
# Each way in a process of its own, its imports not counted, the memory with them.
OURS = """
import parsing
start = time.perf_counter()
reading = parsing.read(file)
seconds = time.perf_counter() - start
said = sum(len(one.indicators) for one in reading.projects)
"""
WORKER = """
import gc, parsing
gc.freeze(), gc.disable()  # as the process that reads for the app does
start = time.perf_counter()
reading = parsing.read(file)
seconds = time.perf_counter() - start
said = sum(len(one.indicators) for one in reading.projects)
"""
OPENPYXL = """
import openpyxl
start = time.perf_counter()
book = openpyxl.load_workbook(file)
seconds = time.perf_counter() - start
said = len(book.sheetnames)
"""
BARE = """
import zipfile
from xml.parsers import expat
start = time.perf_counter()
with zipfile.ZipFile(file) as members:
    for name in members.namelist():
        expat.ParserCreate().Parse(members.read(name), True)
seconds = time.perf_counter() - start
said = 0
"""


def figures(quick: bool) -> Iterator[Figure]:
    tables, times = (20, 1) if quick else (2_000, 5)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "big.xlsx"
        indicators = sheets.write(file, tables)
        yield Figure(f"{tables:,} tables in one workbook", file.stat().st_size / 1e6, "MB")
        ours, worker, bare = [], [], []
        for _ in range(times):
            ours.append(run(OURS, file))
            worker.append(run(WORKER, file))
            bare.append(run(BARE, file))
        assert all(said == indicators for _, said, _ in ours + worker), "tables were lost"
        other = run(OPENPYXL, file)
    wall, memory = median(ours, 0), median(ours, 2)
    aims = (None, None, None) if quick else (900, 10, 200)
    yield Figure("parsing.read", tables / wall, "tables/s", least=aims[0])
    yield Figure("  the same as the app reads it (no collection)", tables / median(worker, 0), "tables/s")
    yield Figure("  wall time", wall, "s")
    yield Figure("  against openpyxl.load_workbook (once)", other[0] / wall, "× faster", least=aims[1])
    yield Figure("  against bare unzip and expat", wall / median(bare, 0), "× slower")
    yield Figure("  most memory of the process", memory, "MB", most=aims[2])
    yield Figure("openpyxl: wall time", other[0], "s")
    yield Figure("openpyxl: most memory of the process", other[2], "MB")


def run(way: str, file: Path) -> tuple[float, float, float]:
    """Seconds, what was found, most memory in MB."""
    command = [sys.executable, "-c", BEGIN + way + END, str(file)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    wall, said, memory = map(float, done.stdout.split())
    return wall, said, memory


def median(runs: list[tuple[float, float, float]], which: int) -> float:
    return statistics.median(run[which] for run in runs)
