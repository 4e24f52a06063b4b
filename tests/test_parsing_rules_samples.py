"""What the rules find in the six sample tables: every finding, as the command line prints it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "samples" / "dongkeng-2024.txt"
GOLD = json.loads((ROOT / "tests/cases/files/findings.gold.json").read_text("utf-8"))
LINE = re.compile(r"第(\d+)行")
# What people counted in the tables before there were rules: rule → number of findings.
COUNTED = {
    "C05": 6,
    "C06": 5,
    "M01": 13,
    "M03": 5,
    "R04": 6 + 2,
    "R06": 1 + 1,
    "R07": 3,
    "A05": 1,
    "A06": 6,
    "A07": 2,
    "F03": 1 + 3,
    "F05": 6,
    "P01": 2,
    "X01": 8,
}
# Found besides: R03 (one or two, as one reads 服务年限), R02, P04, P05, of which no number was given.
UNCOUNTED = {"R03": 1, "R02": 2, "P04": 2, "P05": 6}


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, list[dict[str, str]]]]:
    cache = str(tmp_path_factory.mktemp("cache"))
    command = [sys.executable, "-m", "parsing", "--cache", cache, str(SAMPLE), "--format", "json"]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=True)
    return json.loads(done.stdout)["projects"]


def test_the_samples_give_the_findings_of_the_gold_file(
    projects: list[dict[str, list[dict[str, str]]]],
) -> None:
    said = [
        {
            "name": one["name"],
            "findings": [
                [f[key] for key in ("rule", "severity", "path")] + [line(f)] for f in one["findings"]
            ],
        }
        for one in projects
    ]
    assert said == GOLD


def test_the_gold_file_has_the_numbers_that_people_counted_and_nothing_else() -> None:
    assert Counter(rule for one in GOLD for rule, *_ in one["findings"]) == COUNTED | UNCOUNTED


def line(finding: dict[str, str]) -> int:
    """The line of the text that a finding stands at."""
    seen = LINE.search(finding["place"])
    assert seen, finding
    return int(seen[1])
