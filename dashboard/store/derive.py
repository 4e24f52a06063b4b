"""Project → rows: of its version for the record, and of the derived tables."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from typing import Any

from dashboard.store import stored
from dashboard.store.exact_sum import LARGEST, known
from parsing import PARSER, SLOTS, Project, Reading
from parsing.counting import Candidate, left_out
from parsing.counting import content as digest
from parsing.counting import key as project_key
from parsing.partial import packed

Row = dict[str, Any]
MONEY = ("budget_yuan", "total_yuan")
_OPEN, _CLOSE = "（(", "）)"


def pack(project: Project) -> bytes:
    return zlib.compress(project.model_dump_json().encode(), 6)


def unpack(payload: bytes, number: int) -> Project:
    """What ``pack`` was given, of the version ``number``, as it counts: an amount that no project can have,
    stored before that was asked, is unknown. Raises StoreDamaged, StoreNewer."""
    project = stored.project(payload, number)
    wrong = [
        name for name in MONEY if getattr(project, name) is not None and known(getattr(project, name)) is None
    ]
    return project.model_copy(update=dict.fromkeys(wrong)) if wrong else project


def split_type(text: str | None) -> tuple[str | None, str | None]:
    """``base（sub）`` in its two parts; the last bracket group counts, and only if it ends the text."""
    text = (text or "").strip()
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in _CLOSE) - (text[at] in _OPEN)
        if depth == 0:
            if at == len(text) - 1 or not text[:at].strip():
                break
            return text[:at].strip(), text[at + 1 : -1].strip() or None
    return text or None, None


def end_year(end: str | None) -> int | None:
    match = re.match(r"\d{4}", end or "")
    return int(match[0]) if match else None


def upload_row(file: str, data: bytes, reading: Reading, versions: list[Row]) -> Row:
    """The row of ``upload`` but for who, when and whether a sample."""
    left = left_out([*map(Candidate.of, reading.projects)])
    rows = [
        row for n, row in enumerate(versions) if n not in left or left[n].instead is None
    ]  # of each key one
    amounts = [row["budget_fen"] for n, row in enumerate(versions) if n not in left]
    read = [fen for fen in amounts if fen is not None]
    whole = sum(read) if read else None
    return {
        "sha": hashlib.sha256(data).hexdigest(),
        "file": file,
        "size": len(data),
        "parser": PARSER,
        "reading": reading.model_copy(update={"projects": ()}).model_dump_json(),
        "projects": len(rows),
        "budget_fen": whole if whole is None or whole <= LARGEST else None,  # the column takes no more
        "repeated": len(versions) - len(rows),
        "unread": len(reading.unread),
        "others": len(reading.others),
        **{name: sum(row[name] for row in rows) for name in ("indicators", "repairs", "doubtful")},
    }


def version_row(project: Project) -> Row:
    """The row of ``version`` but for its upload."""
    return _figures(project) | {
        "key": project_key(project),
        "digest": digest(project),
        "payload": pack(project),
    }


def _figures(project: Project) -> Row:
    return {
        "name": project.title,
        "unit": project.unit,
        "year": project.year,
        "place": str(project.place),
        "budget_fen": known(project.budget_yuan),
        "indicators": len(project.indicators),
        "repairs": sum(repair.holds for repair in project.repairs),
        "doubtful": sum(repair.doubtful for repair in project.repairs),
    }


def candidate_row(key: str, project: Project) -> Row:
    """The row of ``candidate`` but for its version and upload; nobody said yet whether it counts."""
    base, sub = split_type(project.project_type)
    decides = Candidate.of(project)._asdict() | {
        "key": key,
        "hidden": int(project.hidden),
        "partial": packed(project.partial),
    }
    return decides | {
        "base_type": base,
        "sub_type": sub,
        "end_year": end_year(project.end),
        "budget_fen": known(project.budget_yuan),
        "reason": "",
    }


def project_row(key: str, project: Project) -> Row:
    """The row of ``project`` but for what its upload knows (version_id, upload_id, file, sample); nothing is
    declared not applicable, and it is neither reviewed yet nor compared with others."""
    from parsing import unread  # late: the rules take a moment that tiles need not wait for

    unsure = unread(project)
    slots = [slot for indicator in project.indicators for slot in indicator.slots]
    base, sub = split_type(project.project_type)
    return _figures(project) | {
        "key": key,
        "form": project.form,
        "department": project.department,
        "project_type": project.project_type,
        "base_type": base,
        "sub_type": sub,
        "level": project.level,
        "start": project.start,
        "end": project.end,
        "end_year": end_year(project.end),
        "total_fen": known(project.total_yuan),
        **{f"s{k}": slots.count(slot) for k, slot in enumerate(SLOTS, 1)},
        **{f"a{k}": 0 for k in range(1, len(SLOTS) + 1)},
        **{f"u{k}": int(slot in unsure) for k, slot in enumerate(SLOTS, 1)},
        "doubled": 0,
        "apart_fen": 0,
        "partial": packed(project.partial),
        "edition": "",
    }


def indicator_rows(key: str, project: Project) -> list[Row]:
    return [
        {
            "key": key,
            "seq": seq,
            "level1": indicator.level1,
            "level2": indicator.level2,
            "slot": indicator.slot,
            "name": indicator.name,
            "period": indicator.period,
            "annual": indicator.annual,
            "place": str(indicator.place),
        }
        for seq, indicator in enumerate(project.indicators)
    ]


def repair_rows(key: str, project: Project) -> list[Row]:
    return [
        {
            "key": key,
            "seq": seq,
            "code": repair.code,
            "place": str(repair.place),
            "before": json.dumps(repair.before, ensure_ascii=False),
            "after": json.dumps(repair.after, ensure_ascii=False),
            "reason": repair.reason,
            "confidence": repair.confidence,
            "doubtful": int(repair.doubtful),
        }
        for seq, repair in enumerate(project.repairs)
        if repair.holds
    ]
