"""Rules of the family quality."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from parsing.rules.rule import Hit, Rule
from parsing.rules.subject import Subject

RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = ()
