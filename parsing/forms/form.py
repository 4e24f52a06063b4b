"""A form variant as a declaration: what tells it from the others, and what it promises."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Form:
    """``columns``: the roles its header prints, in order, the word beside the grid first.
    ``labels``: fields that its head prints; a table is this form when its columns match and no
    other form shares more labels.
    """

    code: str
    title: str
    columns: tuple[str, ...]
    labels: frozenset[str] = field(default_factory=frozenset)
    source: str = ""
