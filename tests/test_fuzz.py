"""A small part of ``python -m tests.fuzz``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

import parsing
from tests.fuzz import BATCH, CASES, Fuzz, judged
from tests.mutations import member, mutate

COUNT = 300


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are the operating system's")
def test_no_damaged_file_crashes_hangs_hoards_or_harms_the_store():
    fuzz, outcomes, broken = Fuzz(seed=2), Counter[str](), []
    for first in range(0, COUNT, BATCH):
        results, sentences = fuzz.batch(range(first, first + BATCH))
        outcomes.update(result.outcome for result in results)
        broken += sentences
    broken += fuzz.close()
    assert outcomes.total() == COUNT
    assert not outcomes.keys() & {"crash", "hang", "memory", "fault"}, outcomes
    assert not broken
    assert outcomes["same"] > COUNT / 10 and outcomes["damaged"] > COUNT / 30  # it does both


def test_the_same_seed_damages_alike():
    data = (CASES / "files/perf_sheets.xlsx").read_bytes()
    first, again, other = (mutate(Random(seed), data) for seed in ("1", "1", "2"))
    assert (first[-40:], len(first)) == (again[-40:], len(again)) and first != other


def test_a_lost_indicator_is_silent_only_while_its_text_is_there():
    fuzz = Fuzz.__new__(Fuzz)
    data = (CASES / "files/lo_utf8.csv").read_bytes()
    fuzz._read = lambda name, data: ("", "", parsing.read(data, name))  # no process needed
    case = fuzz._case("a.csv", data, slow=False)
    *others, project = case.reading.projects
    name = "制服费用标准"  # of one project alone
    left = tuple(one for one in project.indicators if one.name != name)
    lost = parsing.Reading(projects=(*others, project.model_copy(update={"indicators": left})))
    assert judged(case, data, case.reading)[0] == "same"
    assert judged(case, data, lost)[0] == "silent"
    assert judged(case, data.replace(name.encode(), b""), lost)[0] == "other"


def test_a_member_is_damaged_below_its_checksum():
    data = (CASES / "files/perf_sheets.xlsx").read_bytes()
    codes = Counter()
    for seed in range(30):
        try:
            codes["read" if parsing.read(member(Random(seed), data), "a.xlsx") else ""] += 1
        except parsing.ReadError as error:
            codes[error.code] += 1
    assert codes["read"] > 10
