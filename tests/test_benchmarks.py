"""The benchmarks run and give figures; how large these are is not for a test to say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.__main__ import NAMES
from browser import chromium

ROOT = Path(__file__).parent.parent
FIGURE = re.compile(r"^  .*\d (s|ms|µs|×|MB|kB|tables/s)(?= |$)", re.MULTILINE)


@pytest.mark.long
@pytest.mark.browser
def test_every_benchmark_gives_figures():
    needs_none = [] if chromium() else ["workbook", "formats", "store", "crowd", "review", "papers"]
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", *needs_none]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    sections = re.split(r"^(?=\w+  \()", done.stdout, flags=re.MULTILINE)[1:]
    assert len(sections) == len(needs_none or NAMES)
    assert all(len(FIGURE.findall(section)) >= 3 for section in sections), done.stdout


def test_a_name_that_is_no_benchmark_is_refused():
    command = [sys.executable, "-m", "tests.benchmarks", "coffee"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60).returncode == 2
