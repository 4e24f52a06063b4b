"""What damaged files do: ``python -m tests.fuzz [--count 20000] [--seed 1] [--jobs 2] [--keep DIR]``.

Every file of tests/cases is damaged in turn (tests/mutations.py) and read in a process apart, with the
limits that the app has: 10 s of processor time, 500 MB. Prints how many ended how; exit code 1 for a failure.

Outcomes: ``same`` (every project as in the file unharmed), ``said`` (other than before, with something new
in unread or among the repairs), ``other`` (other than before, because the damage changed or took away what
the file says), the code of a ReadError; and the failures ``crash``, ``hang``, ``memory``, ``fault`` (an
exception that is no ReadError) and ``silent``.

Silent loss: the name of a project or an indicator that the unharmed file gives is still in the damaged
file as text (as often as in the unharmed one, found by taking tags off, not by our readers; in an .xls by
xlrd, as text that a cell shows), but it is in no text of a project or an indicator any more, and the reading
shows no unread, no repair and no target without a name that was not there before. Text that the damage hid
(a merged cell over it, a sheet off the list) counts too, so each has to be looked at. Where text cannot be
found without a reader (packed streams of a PDF, pictures): ``unjudged``.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import signal
import sys
import time
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import local
from zipfile import BadZipFile, ZipFile

import olefile
import xlrd

from parsing.errors import ReaderDied, ReadError
from parsing.model import Reading
from parsing.readers import Readers
from tests.mutations import mutate

CASES = Path(__file__).parent / "cases"
FOLDERS = ("files", "forms", "hostile")
NO_CASES = (".md", ".json", ".yml")
SLOW = 400  # one damaged picture for so many of the rest: each takes seconds
FAILURES = ("crash", "hang", "memory", "fault", "silent")
FINE = "项目名称\t甲\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t册数\t3册".encode()
SPACE = re.compile(r"\s+")
STRING = re.compile(rb"<(?:\w+:)?si[ >].*?</(?:\w+:)?si>", re.DOTALL)
SHEET = re.compile(rb'<table:table table:name="([^"]*)".*?</table:table>', re.DOTALL)
SHARED = re.compile(rb'<(?:\w+:)?c\s[^>]*\bt="s"[^>]*>\s*<(?:\w+:)?v>(\d+)</')


@dataclass
class Case:
    """A file unharmed: its reading, and how often its text has each name of a project or an indicator."""

    name: str
    data: bytes
    reading: Reading | None
    names: Counter[str]


@dataclass
class Result:
    case: str
    number: int
    outcome: str
    data: bytes
    detail: str = ""


class Fuzz:
    """Damages files and reads them; each thread has one reading process."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._own = local()
        self._readers: list[Readers] = []
        self.cases, self.slow = [], []
        for folder in FOLDERS:
            for path in sorted((CASES / folder).iterdir()):
                if path.suffix not in NO_CASES:
                    data = path.read_bytes()
                    slow = path.suffix == ".png" or "scan" in path.stem
                    (self.slow if slow else self.cases).append(self._case(path.name, data, slow))

    def run(self, count: int, jobs: int) -> Iterator[Result]:
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(self.one, range(count))

    def close(self) -> None:
        for readers in self._readers:
            readers.close()

    def one(self, number: int) -> Result:
        """Damaged file ``number``: always the same one for the same seed."""
        dice = Random(f"{self._seed} {number}")
        slow = self.slow and number % SLOW == SLOW - 1
        case = dice.choice(self.slow) if slow else self.cases[number % len(self.cases)]
        data = mutate(dice, case.data)
        outcome, detail, reading = self._read(case.name, data)
        if reading is not None:
            outcome, detail = judged(case, data, reading)
        return Result(case.name, number, outcome, data, detail)

    def _read(self, name: str, data: bytes) -> tuple[str, str, Reading | None]:
        """Code of the error or of the death, what was said, the reading."""
        readers = self._mine()
        process, start = readers._seats[0].process, time.monotonic()
        try:
            return "", "", readers.read(name, data)
        except ReaderDied:
            assert process is not None
            return death(process.returncode, time.monotonic() - start), str(process.returncode), None
        except ReadError as error:
            return ("fault" if error.code == "unreadable" else error.code), str(error), None

    def _mine(self) -> Readers:
        readers = getattr(self._own, "readers", None)
        if readers is None:
            self._own.readers = readers = Readers(1)
            self._readers.append(readers)
        if readers._seats[0].process is None:
            readers.read("fine.txt", FINE)
        return readers

    def _case(self, name: str, data: bytes, slow: bool) -> Case:
        reading = None if slow else self._read(name, data)[2]
        said = visible(data, refused(reading) if reading else ())
        names = set(map(plain, named(reading))) - {""} if reading else set()
        return Case(name, data, reading, Counter({one: said.count(one) for one in names if one in said}))


def death(code: int, seconds: float) -> str:
    """Why a reading process ended. It ends itself with 1 when it has no memory left; whoever waits for it
    may kill it in its last moment."""
    if code == -getattr(signal, "SIGXCPU", 24) or seconds > 9:
        return "hang"
    return "memory" if code == 1 else "crash"


def judged(case: Case, data: bytes, reading: Reading) -> tuple[str, str]:
    if case.reading is None:
        return "unjudged", ""
    if bare(reading) == bare(case.reading):
        return "same", ""
    if said(reading) - said(case.reading):
        return "said", ""
    if not case.names:
        return "unjudged", ""
    there, told = visible(data, refused(reading)), plain("\n".join(texts(reading)))
    lost = [one for one, times in case.names.items() if one not in told and there.count(one) >= times]
    return ("silent", " ".join(lost[:3])) if lost else ("other", "")


def named(reading: Reading) -> Iterator[str]:
    """What must not be lost: the names of projects and of indicators."""
    for project in reading.projects:
        yield project.name
        yield from (one.name for one in project.indicators)


def refused(reading: Reading) -> set[str]:
    """The sheets that were too large to be read, which is said of each."""
    large = [one.place.split(" › ") for one in reading.unread if one.code == "too-large"]
    return {place[1] for place in large if len(place) > 1}


def bare(reading: Reading) -> list[tuple[object, ...]]:
    """What a reading says, without where."""
    return [
        (
            *(p.name, p.department, p.unit, p.budget_yuan, p.total_yuan, p.period_goal, p.annual_goal),
            [(i.level1, i.level2, i.name, i.period, i.annual) for i in p.indicators],
            [(e.level1, e.level2) for e in p.empty],
        )
        for p in reading.projects
    ]


def texts(reading: Reading) -> Iterator[str]:
    """Every text that a reading makes something of."""
    for project in reading.projects:
        yield from (project.name, project.department or "", project.unit or "")
        yield from (project.project_type or "", project.level or "")
        yield from (project.period_goal or "", project.annual_goal or "")
        yield from (text for pair in project.extras.items() for text in pair)
        for one in project.indicators:
            yield from (one.level1, one.level2, one.name, one.period or "", one.annual or "")
            yield from (text for pair in one.extras.items() for text in pair)


def said(reading: Reading) -> Counter[tuple[str, ...]]:
    """The troubles and the repairs that a reading shows, and the targets without a name, which the review
    finds fault with."""
    troubles = [(one.code, one.place, one.reason) for one in reading.unread]
    repairs = [(one.code, str(one.place)) for project in reading.projects for one in project.repairs]
    nameless = [
        ("C08", str(one.place))
        for project in reading.projects
        for one in project.indicators
        if not one.name and (one.annual or one.period)
    ]
    return Counter([*troubles, *repairs, *nameless])


def plain(text: str) -> str:
    return SPACE.sub("", text)


def visible(data: bytes, unread: Collection[str] = ()) -> str:
    """The text of a file without its tags and without any white space, as far as it can be had without a
    reader of ours: every guess at the encoding one after the other. Of a workbook only the shared strings
    that its cells show; of one in OpenDocument, nothing of the sheets ``unread``, which is said of each."""
    if data.startswith(b"PK"):
        return "".join(_parts(data, unread))
    if data.startswith(b"%PDF"):
        return ""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        either = data.decode("utf-16-le", "replace") + data[1:].decode("utf-16-le", "replace")
        return _shown(data) or plain(either)
    for encoding in ("utf-8", "utf-16", "gb18030"):
        try:
            return _untagged(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _untagged(data.decode("gb18030", "replace"))


def _shown(data: bytes) -> str:
    """The texts that the cells of an .xls show, as olefile and xlrd see them: its strings stand elsewhere in
    the file, also those that no cell shows any more. "" where they cannot open it."""
    try:
        stream = olefile.OleFileIO(io.BytesIO(data)).openstream("Workbook").read()
        book = xlrd.open_workbook(file_contents=stream, logfile=io.StringIO())
    except Exception:  # both have many ways to fail
        return ""
    return plain("\n".join(str(cell.value) for sheet in book for row in sheet.get_rows() for cell in row))


def _parts(data: bytes, unread: Collection[str]) -> Iterator[str]:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = {one.filename: one for one in archive.infolist() if one.file_size < 8 << 20}
            parts = {name: archive.read(one) for name, one in members.items()}
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, ValueError, EOFError):
        return
    strings = [
        _untagged(one.decode("utf-8", "replace"))
        for one in STRING.findall(
            parts.pop(next((name for name in parts if name.lower().endswith("sharedstrings.xml")), ""), b"")
        )
    ]
    for inside in parts.values():
        for sheet in SHEET.finditer(inside) if unread else ():
            inside = (
                inside.replace(sheet[0], b"") if sheet[1].decode("utf-8", "replace") in unread else inside
            )
        if inside.startswith(b"PK"):
            yield from _parts(inside, unread)
        for number in map(int, SHARED.findall(inside)) if strings else ():
            yield strings[number] if number < len(strings) else ""
            yield "\n"
        yield visible(inside) if not inside.startswith(b"PK") else ""
        yield "\n"


def _untagged(text: str) -> str:
    return plain(html.unescape(re.sub(r"<[^>]*>", "", text)) if "<" in text else text)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="write the files that failed into this folder")
    parser.add_argument("--only", type=int, help="this number alone")
    chosen = parser.parse_args()
    fuzz, outcomes, failed = Fuzz(chosen.seed), Counter[str](), []
    start = time.monotonic()
    results = (
        iter([fuzz.one(chosen.only)]) if chosen.only is not None else fuzz.run(chosen.count, chosen.jobs)
    )
    for done, result in enumerate(results, 1):
        outcomes[result.outcome] += 1
        if result.outcome in FAILURES:
            failed.append(result)
            print(f"{result.outcome}  {result.case}  number {result.number}  {result.detail}", flush=True)
            if chosen.keep:
                chosen.keep.mkdir(parents=True, exist_ok=True)
                (chosen.keep / f"{result.outcome}-{result.number}-{result.case}").write_bytes(result.data)
        if done % 500 == 0:
            print(f"{done} read, {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    fuzz.close()
    print(f"{outcomes.total():,} damaged files, seed {chosen.seed}, {time.monotonic() - start:.0f} s")
    for outcome, count in outcomes.most_common():
        print(f"  {outcome:20}{count:>8,}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
