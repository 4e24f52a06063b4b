"""A form variant as a declaration: what tells it from the others, and what it promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsing import vocabulary
from parsing.vocabulary import Label


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """``columns``: the roles its header prints, in order; a role printed again begins the right half of
    a form whose two halves stand side by side; ``project.name`` and the like are the columns of a list
    of many projects. ``labels``: fields that its head prints. A table is of the form whose columns are
    its own and whose labels are most like its own.

    ``stacked``: it prints a block of long-term indicators above one of the year. ``cost``: the level
    (level1, level2) at which it prints 成本, for tables that do not show it themselves.
    ``means`` and ``heads``: labels → field and header words → role that only this form prints, or that
    mean something of their own here; written as printed, without brackets that hold a unit or years.
    ``taught``: somebody showed it (see taught).
    """

    code: str
    title: str
    columns: tuple[str, ...]
    labels: frozenset[str] = field(default_factory=frozenset)
    source: str = ""
    stacked: bool = False
    cost: str = ""
    means: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    taught: bool = False

    def __post_init__(self) -> None:
        for name in ("means", "heads"):
            known = {vocabulary.core(words)[0]: said for words, said in getattr(self, name).items()}
            object.__setattr__(self, name, known)

    def label(self, text: str) -> Label | None:
        """The field that a label names on this form."""
        found = vocabulary.label(text)
        if self.means and len(text) <= 60:
            words, unit, span = vocabulary.core(text)
            if words in self.means:
                return Label(self.means[words], found and found.year, unit, span)
        return found

    def role(self, text: str) -> str | None:
        """The role of a column on this form."""
        return (self.heads.get(vocabulary.words(text)) if self.heads else None) or vocabulary.role(text)


# A table whose columns no declared form prints is read as far as the vocabulary reaches.
UNDECLARED = Form("undeclared", "未登记的表样", ())
