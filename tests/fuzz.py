"""What damaged files do: ``python -m tests.fuzz [--count 20000] [--seed 1] [--jobs 2] [--keep DIR]``.

Every file of tests/cases is damaged in turn (tests/mutations.py) and read in a process apart, with the
limits that the app has: 10 s of processor time, 500 MB. Prints how many ended how; exit code 1 for a failure.

Outcomes: ``same`` (every project as in the file unharmed), ``said`` (other than before, with something new
in unread or among the repairs), ``other`` (other than before, because the damage changed or took away what
the file says), the code of a ReadError; and the failures ``crash``, ``hang``, ``memory``, ``fault`` (an
exception that is no ReadError) and ``silent``.

What ``silent`` is, see tests/losses.py.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import local

from parsing.errors import ReaderDied, ReadError
from parsing.model import Reading
from parsing.readers import Readers
from tests.losses import Case, judged, named, plain, refused, visible
from tests.mutations import mutate

CASES = Path(__file__).parent / "cases"
FOLDERS = ("files", "forms", "hostile")
NO_CASES = (".md", ".json", ".yml")
SLOW = 400  # one damaged picture for so many of the rest: each takes seconds
FAILURES = ("crash", "hang", "memory", "fault", "silent")
FINE = "项目名称\t甲\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t册数\t3册".encode()


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
