"""What a review says of one project, taken from the store or, for a version of old, from the rules."""

from __future__ import annotations

from typing import Any

from dashboard.html.notes import Notes
from dashboard.queries import review
from dashboard.session import cache
from dashboard.store import SEVERITY_RANKS
from parsing import BOOK, SLOTS, Finding, Project, Review, Standard, asked, unread


def project_notes(key: str, project: Project, standard: Standard, found: Review, current: bool) -> Notes:
    """What is kept of the version that counts, with what people said of it; of another one only what the
    rules say of it by itself."""
    if not current:
        return Notes(
            [_row(seq, finding) for seq, finding in enumerate(found.findings)], asked(project, standard)
        )
    said = cache.store().judgements(key).to_dict("records")
    filled = {slot for indicator in project.indicators for slot in indicator.slots}
    declared = {row["slot"]: row for row in said if row["slot"] in set(SLOTS) - filled}
    rows = cache.rows(review.of_project, key, standard.name)
    return Notes(rows, asked(project, standard), unread(project), declared, open=True)  # type: ignore[arg-type]


def _row(seq: int, finding: Finding) -> dict[str, Any]:
    rank, dimension = SEVERITY_RANKS[finding.severity], BOOK[finding.rule].dimension
    also = finding.model_dump_json(include={"also"})[len('{"also":') : -1]
    return {
        **finding.model_dump(),
        "seq": seq,
        "rank": rank,
        "dimension": dimension,
        "aside": 0,
        "also": also,
    }
