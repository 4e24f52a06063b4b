"""What damaged files do: ``python -m tests.fuzz [--count 20000] [--seed 1] [--jobs 2] [--keep DIR]``.

Every file of tests/cases is damaged in turn (tests/mutations.py) and dropped, with others and a good one,
into a running store (tests/running_store.py), where it is read in a process apart with the limits that the
app has, but for those of the clock: other programs want the machine, too. Each must end in the store once,
with its projects or its reason, and the good one whole. Prints how many ended how; exit code 1 for a failure.

Outcomes: ``same`` (every project as in the file unharmed), ``said`` (other than before, with something new
in unread or among the repairs), ``other`` (other than before, because the damage changed or took away what
the file says), the code of a ReadError; and the failures ``crash``, ``hang``, ``memory``, ``fault`` (an
exception that is no ReadError) and ``silent``. What the store did not hold is printed as ``broken``.

What ``silent`` is, see tests/losses.py.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Process, Queue
from pathlib import Path
from random import Random
from threading import local

from parsing.errors import ReaderDied, ReadError
from parsing.model import Reading
from parsing.runtime.reader_pool import ReaderPool
from tests.losses import Case, judged, named, plain, refused, visible
from tests.mutations import mutate
from tests.running_store import RunningStore

CASES = Path(__file__).parent / "cases"
FOLDERS = ("files", "forms", "hostile")
NO_CASES = (".md", ".json", ".yml", ".toml")
SLOW = 40  # one of those that take longest for so many of the rest
SLOWEST = 10  # of those, one that takes seconds: pictures, and what LibreOffice reads
SLOW_FILES = (".zip", "locked.xlsx", ".ofd", ".pdf")
SLOWEST_FILES = (".png", ".rtf", "scanned.pdf")
CLOCK_SECONDS = 120.0  # the processor's time is what counts
BATCH = 20  # files dropped together, with a good one
STORE = 1_000  # files until a store is counted, verified and begun anew
FAILURES = ("crash", "hang", "memory", "fault", "silent")
FINE = "项目名称\t甲\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t册数\t3册".encode()


@dataclass
class Result:
    case: str
    number: int
    outcome: str
    data: bytes = b""
    detail: str = ""


End = tuple[str, str, Reading | None]  # code of an error or of a death, what was said; what was read
Batch = tuple[list[Result], list[str]]


class Fuzz:
    """Damages files and has them read as they are dropped; each thread has one reading process."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._own = local()
        self._readers: list[ReaderPool] = []
        self._ends: dict[str, End] = {}  # of the files of one batch
        self._store: RunningStore | None = None
        self._dropped = 0
        self.cases, self.slow, self.slowest = [], [], []
        for folder in FOLDERS:
            for path in sorted((CASES / folder).iterdir()):
                if path.suffix not in NO_CASES:
                    data = path.read_bytes()
                    slowest = path.name.endswith(SLOWEST_FILES)
                    slow = path.name.endswith(SLOW_FILES)
                    some = self.slowest if slowest else self.slow if slow else self.cases
                    some.append(self._case(path.name, data, slowest))

    def batch(self, numbers: Sequence[int]) -> Batch:
        """What became of the damaged files of these numbers, always the same ones for the same seed; and
        what the store did not hold, a sentence each."""
        if self._store is None:
            self._store = RunningStore(self._heard)
        damaged = {
            f"{number}-{case.name}": (number, case, data) for number, case, data in map(self.damaged, numbers)
        }
        self._store.drop(
            [(name, data) for name, (_, _, data) in damaged.items()], Random(f"{self._seed} {numbers[0]}")
        )
        broken = self._broken()
        self._dropped += len(numbers)
        if self._dropped >= STORE:
            broken += self._finish()
        return [_result(*damaged[name], self._ends.pop(name)) for name in damaged], broken

    def damaged(self, number: int) -> tuple[int, Case, bytes]:
        dice = Random(f"{self._seed} {number}")
        every, nth = divmod(number, SLOW)
        if nth < SLOW - 1:
            case = self.cases[number % len(self.cases)]
        else:
            case = dice.choice(self.slowest if every % SLOWEST == SLOWEST - 1 else self.slow)
        return number, case, mutate(dice, case.data)

    def close(self) -> list[str]:
        """What the last store did not hold."""
        broken = self._finish() if self._store else []
        for readers in self._readers:
            readers.close()
        return broken

    def _finish(self) -> list[str]:
        """Count all that the store got, and begin with a new one."""
        assert self._store is not None
        self._store.close()
        broken, self._store, self._dropped = self._broken(), None, 0
        return broken

    def _broken(self) -> list[str]:
        assert self._store is not None
        broken, self._store.broken = self._store.broken, []
        return broken

    def _heard(self, name: str, data: bytes) -> Reading:
        """For the store: what was read, or the error, and it is known how it ended."""
        self._ends[name] = end = self._read(name, data)
        if end[2] is None:
            raise ReadError(name, end[1], "")
        return end[2]

    def _read(self, name: str, data: bytes) -> End:
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

    def _mine(self) -> ReaderPool:
        readers = getattr(self._own, "readers", None)
        if readers is None:
            self._own.readers = readers = ReaderPool(1, wall_seconds=CLOCK_SECONDS)
            self._readers.append(readers)
        if readers._seats[0].process is None:
            readers.read("fine.txt", FINE)
        return readers

    def _case(self, name: str, data: bytes, slow: bool) -> Case:
        reading = None if slow else self._read(name, data)[2]
        said = visible(data, refused(reading) if reading else ())
        names = set(map(plain, named(reading))) - {""} if reading else set()
        return Case(name, data, reading, Counter({one: said.count(one) for one in names if one in said}))


def _result(number: int, case: Case, data: bytes, end: End) -> Result:
    outcome, detail, reading = end
    if reading is not None:
        outcome, detail = judged(case, data, reading)
    return Result(case.name, number, outcome, data if outcome in FAILURES else b"", detail)


def death(code: int, seconds: float) -> str:
    """Why a reading process ended. It ends itself with 1 when it has no memory left; whoever waits for it
    may kill it in its last moment."""
    if code == -getattr(signal, "SIGXCPU", 24) or seconds > CLOCK_SECONDS:
        return "hang"
    return "memory" if code == 1 else "crash"


def share(seed: int, numbers: Sequence[int], results: Queue[Batch | None]) -> None:
    """A process of the command: its share of the numbers, a batch at a time, then None."""
    logging.disable()  # each refusal
    fuzz = Fuzz(seed)
    try:
        for first in range(0, len(numbers), BATCH):
            results.put(fuzz.batch(numbers[first : first + BATCH]))
        results.put(([], fuzz.close()))
    except Exception:
        results.put(([], [traceback.format_exc()]))
    finally:
        results.put(None)


def shared(seed: int, count: int, jobs: int) -> Iterator[Batch]:
    """What becomes of the files 0 … ``count`` - 1, dropped by so many processes, each into its own store."""
    results: Queue[Batch | None] = Queue()
    processes = [Process(target=share, args=(seed, range(job, count, jobs), results)) for job in range(jobs)]
    for process in processes:
        process.start()
    for _ in processes:
        yield from iter(results.get, None)
    for process in processes:
        process.join()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="write the files that failed into this folder")
    parser.add_argument("--only", type=int, help="this number alone")
    chosen = parser.parse_args()
    outcomes, broken, start, shown = Counter[str](), 0, time.monotonic(), 0
    if chosen.only is None:
        batches = shared(chosen.seed, chosen.count, chosen.jobs)
    else:
        fuzz = Fuzz(chosen.seed)
        batches = iter([fuzz.batch([chosen.only]), ([], fuzz.close())])
    for results, sentences in batches:
        outcomes.update(result.outcome for result in results)
        broken += len(sentences)
        for sentence in sentences:
            print(f"broken  {sentence}", flush=True)
        for result in results:
            if result.outcome in FAILURES:
                report(result, chosen.keep)
        if outcomes.total() - shown >= 500:
            shown = outcomes.total()
            print(f"{shown} read, {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    print(f"{outcomes.total():,} damaged files, seed {chosen.seed}, {time.monotonic() - start:.0f} s")
    for outcome, count in outcomes.most_common():
        print(f"  {outcome:20}{count:>8,}")
    print(f"  broken in the store {broken:>8,}")
    return 1 if broken or outcomes.keys() & set(FAILURES) else 0


def report(result: Result, keep: Path | None) -> None:
    print(f"{result.outcome}  {result.case}  number {result.number}  {result.detail}", flush=True)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{result.outcome}-{result.number}-{result.case}").write_bytes(result.data)


if __name__ == "__main__":
    raise SystemExit(main())
