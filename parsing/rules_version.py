"""Which rules and standards these are: what was reviewed by others is reviewed anew."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = (
    "rules/*.py",
    "rules/*.toml",
    "standards/*.toml",
    "values.py",
    "finding.py",
    "levels.py",
    "units.txt",
)


@cache
def rules_version() -> str:
    """16 hexadecimal characters, others after any change to the rules, their words or our standards."""
    files = sorted(file for pattern in SOURCES for file in HERE.glob(pattern))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]
