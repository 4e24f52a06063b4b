"""What a review says of one project, as the pages of that project take it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dashboard.html.original import cell_id
from dashboard.html.review import badge
from dashboard.store import PROBLEM_RANK, READING, SEVERITY_RANKS
from parsing import Asked, Project, Slot
from parsing.grid import Place

Row = Mapping[str, Any]
WHOLE = ""  # the path of what is about the project as a whole


@dataclass(frozen=True)
class Notes:
    """``findings``: rows of ``queries.review.of_project``; ``asked``: what the standard asks of the empty
    categories; ``unread``: those of which nobody can say that they are empty; ``declared``: those not
    applicable, with the judgement (a row of ``Store.judgements``); ``open``: something can be done here."""

    findings: Sequence[Row] = ()
    asked: Mapping[Slot, Asked] = field(default_factory=dict)
    unread: Collection[Slot] = frozenset()
    declared: Mapping[Slot, Row] = field(default_factory=dict)
    open: bool = False

    @property
    def content(self) -> list[Row]:
        """The findings but for those about how the table was read."""
        return [row for row in self.findings if row["dimension"] != READING]

    @property
    def problems(self) -> int:
        """How many open findings are problems (see ``wording.terms``)."""
        return self._open(PROBLEM_RANK)

    @property
    def high(self) -> int:
        """How many of them are 高."""
        return self._open(SEVERITY_RANKS["高"])

    def _open(self, least: int) -> int:
        return sum(row["rank"] >= least and not row["aside"] for row in self.content)

    def at(self, *paths: str) -> list[Row]:
        """The findings about these values, or what is inside of them."""
        return [row for row in self.content if any(inside(row["path"], path) for path in paths)]


def inside(path: str, whole: str) -> bool:
    return path == whole or (bool(whole) and path.startswith(f"{whole}."))


def lights(place: Place | None, path: str) -> str:
    """The attributes of what answers a click: its path for Python, its cell for the original."""
    if place is None:
        return ""
    return f' data-value="{escape(path)}" data-lights="{cell_id((place.row, place.column))}"'


def there(project: Project, path: str) -> str:
    """The same for any path; what is about the whole project lights its name."""
    return lights(project.find(path) or project.place, path or "name")


def badges(project: Project, rows: Sequence[Row]) -> str:
    """Severity and title of each, a way to what is said below; those alike are one."""
    alike: dict[tuple[str, str, int], list[Row]] = {}
    for row in rows:
        alike.setdefault((row["severity"], row["title"], row["aside"]), []).append(row)
    return "".join(_badge(project, same[0], len(same)) for same in alike.values())


def _badge(project: Project, row: Row, many: int) -> str:
    said = f"{badge(row['severity'])}{escape(row['title'])}" + (f" ×{many}" if many > 1 else "")
    kind = ""
    if row["aside"]:
        said, kind = f"已搁置　{escape(row['title'])}", " put"
    return f'<p class="remark{kind}"{there(project, row["path"])} data-jump="{anchor(row)}">{said}</p>'


def anchor(row: Row) -> str:
    """Where in the list a finding stands."""
    return f"finding-{row['seq']}"
