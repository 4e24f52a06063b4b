"""How often each rule was right on the labelled set: written by ``python -m tests.precision --write``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_suffix(".toml")


class Measured(NamedTuple):
    """``hits``: what the rule found in the labelled set; ``right``: of these, judged right by hand;
    ``missed``: what it should have found and did not. Shares are None where there is nothing to share."""

    hits: int = 0
    right: int = 0
    missed: int = 0

    def together(self, other: Measured) -> Measured:
        """Of both rules."""
        return Measured(*(mine + its for mine, its in zip(self, other, strict=True)))

    @property
    def precision(self) -> float | None:
        return self.right / self.hits if self.hits else None

    @property
    def recall(self) -> float | None:
        due = self.right + self.missed
        return self.right / due if due else None


@cache
def measured() -> dict[str, Measured]:
    """Rule → its figures, of the rules that were measured."""
    return {code: Measured(**figures) for code, figures in tomllib.loads(FILE.read_text("utf-8")).items()}
