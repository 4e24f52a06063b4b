"""What a project does, in one word: enough to tell unlike projects apart."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

KINDS: dict[str, re.Pattern[str]] = {
    kind: re.compile(words)
    for kind, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}


@lru_cache(1 << 14)
def kind(name: str, project_type: str) -> str:
    """A key of KINDS; where no word tells, the type as printed (its sub-type, where it has one)."""
    for text in (name, project_type):
        for one, words in KINDS.items():
            if words.search(text):
                return one
    return project_type
