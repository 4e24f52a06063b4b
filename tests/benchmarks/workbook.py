"""A workbook of 2,000 tables, from its bytes to projects; beside openpyxl and beside bare unzip and expat."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.benchmarks import sheets
from tests.benchmarks.measure import Figure
from tests.browser import ROOT

BEGIN = "import sys, time\nfile = sys.argv[1]\n"
END = """
print(end[0] - start[0], end[1] - start[1])
print(said)
try:
    print(int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) / 1024)
except OSError:
    print(0)
"""
# Each way in a process of its own, its imports not counted, the memory with them.
OURS = """
import parsing
start = time.perf_counter(), time.process_time()
reading = parsing.read(file)
end = time.perf_counter(), time.process_time()
said = sum(len(one.indicators) for one in reading.projects)
"""
WORKER = """
import gc, parsing
gc.freeze(), gc.disable()  # as the process that reads for the app does
start = time.perf_counter(), time.process_time()
reading = parsing.read(file)
end = time.perf_counter(), time.process_time()
said = sum(len(one.indicators) for one in reading.projects)
"""
OPENPYXL = """
import openpyxl
start = time.perf_counter(), time.process_time()
book = openpyxl.load_workbook(file)
end = time.perf_counter(), time.process_time()
said = len(book.sheetnames)
"""
BARE = """
import zipfile
from xml.parsers import expat
start = time.perf_counter(), time.process_time()
with zipfile.ZipFile(file) as members:
    for name in members.namelist():
        expat.ParserCreate().Parse(members.read(name), True)
end = time.perf_counter(), time.process_time()
said = 0
"""


class Run(NamedTuple):
    """Seconds of the clock and of the processor, what was found, most memory in MB."""

    wall: float
    cpu: float
    said: float
    memory: float


def figures(quick: bool) -> Iterator[Figure]:
    tables, times = (20, 1) if quick else (2_000, 5)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "big.xlsx"
        indicators = sheets.write(file, tables)
        yield Figure(f"{tables:,} tables in one workbook", file.stat().st_size / 1e6, "MB")
        rounds = [(run(OURS, file), run(WORKER, file), run(BARE, file)) for _ in range(times)]
        ours, worker, bare = (
            Run(*map(statistics.median, zip(*way, strict=True))) for way in zip(*rounds, strict=True)
        )
        assert ours.said == worker.said == indicators, "indicators were lost"
        other = run(OPENPYXL, file)
    aims = (None, None, None, None) if quick else (900, 15, 12, 120)
    yield Figure("parsing.read", tables / ours.wall, "tables/s", least=aims[0])
    yield Figure("parsing.read, of its own processor time", tables / ours.cpu, "tables/s")
    yield Figure("as the app reads (no collection), of processor time", tables / worker.cpu, "tables/s")
    yield Figure("openpyxl.load_workbook (once) / parsing.read", other.wall / ours.wall, "×", least=aims[1])
    yield Figure("the same, of processor time", other.cpu / ours.cpu, "×")
    yield Figure("parsing.read / bare unzip and expat", ours.wall / bare.wall, "×", most=aims[2])
    yield Figure("the same, of processor time", ours.cpu / bare.cpu, "×")
    yield Figure("parsing.read: most memory of the process", ours.memory, "MB", most=aims[3])
    yield Figure("as the app reads: most memory of the process", worker.memory, "MB")
    yield Figure("openpyxl: wall time", other.wall, "s")
    yield Figure("openpyxl: most memory of the process", other.memory, "MB")


def run(way: str, file: Path) -> Run:
    command = [sys.executable, "-c", BEGIN + way + END, str(file)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Run(*map(float, done.stdout.split()))
