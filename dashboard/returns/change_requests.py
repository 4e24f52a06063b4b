"""What a department is asked to change after a review, and what became of each request when it came again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from dashboard.store import project_key
from dashboard.store.reviewed import ident
from parsing import SLOTS, Finding, Project, Reading

if TYPE_CHECKING:
    from dashboard.store import Store
    from parsing import Standard

Status = Literal["已改", "未改", "新增"]
STATUSES: tuple[Status, ...] = ("已改", "未改", "新增")
GONE = "原来那一条已改名或删去"
_NUMBER = re.compile(r"\[\d+\]")
_INDICATOR = re.compile(r"indicators\[(\d+)\](\.\w+)?")


class ChangeRequest(NamedTuple):
    """A finding as it was sent back; all texts, "" where there is none. ``key``, ``project``: of its project;
    ``about``: the name of its indicator, or its path without numbers; ``cell``: where it stood."""

    key: str
    project: str
    rule: str
    severity: str
    slot: str
    about: str
    quote: str
    message: str
    path: str
    cell: str

    @property
    def ident(self) -> str:
        """The same for this request in any version, as the store has it."""
        return ident(self.rule, self.slot or None, self.about, self.quote)


class Resolution(NamedTuple):
    """What became of a request. ``request``: as it was sent back, a new one as it is; ``path``: where to
    look in the project as it is now, ``now``: the text there; ``message``: what is still, or newly, wrong."""

    status: Status
    request: ChangeRequest
    path: str
    now: str
    message: str = ""


class ReturnManifest(NamedTuple):
    """What a file carries when it is given back. ``made``: ISO date; ``standard``: the name of one."""

    made: str
    standard: str
    requests: tuple[ChangeRequest, ...]


def dump_manifest(manifest: ReturnManifest) -> str:
    """The manifest as a text for :func:`parse_manifest`."""
    return json.dumps(manifest, ensure_ascii=False)


def parse_manifest(text: str) -> ReturnManifest | None:
    """The manifest that the text is; None where it is none, whatever it is."""
    try:
        made, standard, found = json.loads(text)
        requests = tuple(ChangeRequest(*map(str, one)) for one in found)
    except (ValueError, TypeError, RecursionError):
        return None
    return ReturnManifest(str(made), str(standard), requests)


def manifest_of(reading: Reading) -> ReturnManifest | None:
    """All that the files of an upload carry, as one manifest; None where they carry none."""
    found = [manifest for text in reading.slips if (manifest := parse_manifest(text))]
    requests = tuple(request for manifest in found for request in manifest.requests)
    return found[0]._replace(requests=requests) if found else None


def answered_by_people(store: Store, project: Project) -> Callable[[ChangeRequest], bool]:
    """Whether people answered a request of this project: set it aside, or declared its category needless."""
    rows = store.judgements(project_key(project)).to_dict("records")
    idents = {row["ident"] for row in rows}
    filled = {slot for indicator in project.indicators for slot in indicator.slots}
    unneeded = {row["slot"] for row in rows if row["slot"] in set(SLOTS) - filled}
    return lambda one: one.ident in idents or (one.rule.startswith("C") and one.slot in unneeded)


def open_findings(store: Store, project: Project, standard: Standard) -> list[Finding]:
    """What the project's own table has to answer for: nothing that shows only among many projects, that is
    about reading, or that people answered."""
    from parsing import review  # late: the rules take a moment that other pages need not wait for

    answered = answered_by_people(store, project)
    found = (finding for finding in review(project, standard).findings if not finding.rule.startswith("X"))
    return [one for one in found if not answered(change_request(project, one))]


def change_request(project: Project, finding: Finding) -> ChangeRequest:
    number = _INDICATOR.match(finding.path)
    named = number and int(number[1]) < len(project.indicators)
    about = project.indicators[int(number[1])].name if number and named else _NUMBER.sub("", finding.path)
    cell = (project.find(finding.path) or project.place).cell
    key, slot = project_key(project), finding.slot or ""
    said = (finding.rule, finding.severity, slot, about, finding.quote, finding.message, finding.path, cell)
    return ChangeRequest(key, project.name, *said)


def change_requests(project: Project, findings: Sequence[Finding]) -> list[ChangeRequest]:
    """One for each finding, those that say the same once."""
    found = (change_request(project, finding) for finding in findings)
    return list({one.ident: one for one in found}.values())


def resolve_requests(
    requests: Sequence[ChangeRequest], project: Project, findings: Sequence[Finding]
) -> list[Resolution]:
    """What became of these requests of this project, in their order, then those that are new."""
    now = change_requests(project, findings)
    still = _pairs(requests, now)
    resolutions = [_resolve(old, still.get(at), project) for at, old in enumerate(requests)]
    known = set(still.values())
    return [*resolutions, *(_added(one, project) for one in now if one not in known)]


def _pairs(requests: Sequence[ChangeRequest], now: Sequence[ChangeRequest]) -> dict[int, ChangeRequest]:
    """Number of a request → the request that it is now: the same; of the same indicator with another text; of
    another indicator on the same line."""
    found: dict[int, ChangeRequest] = {}
    left = list(now)
    for sign in (_same, _near, _there):
        for at, old in enumerate(requests):
            if at not in found and (new := next((one for one in left if sign(one) == sign(old)), None)):
                found[at] = new
                left.remove(new)
    return found


def _same(request: ChangeRequest) -> Hashable:
    return request.ident


def _near(request: ChangeRequest) -> Hashable:
    return request.rule, request.slot, request.about, request.path.rpartition("]")[2]


def _there(request: ChangeRequest) -> Hashable:
    return (
        request.rule,
        request.slot,
        request.path if request.path.startswith("indicators") else request.ident,
    )


def _resolve(old: ChangeRequest, new: ChangeRequest | None, project: Project) -> Resolution:
    if new:
        return Resolution("未改", old, new.path, new.quote if new.quote != old.quote else "", new.message)
    path = _where(old, project)
    if path is None:
        return Resolution("已改", old, "", GONE)
    return Resolution("已改", old, path, _text(project, path))


def _added(request: ChangeRequest, project: Project) -> Resolution:
    return Resolution("新增", request, request.path, "", request.message)


def _where(old: ChangeRequest, project: Project) -> str | None:
    """Where to look for what was done about a request; None where its indicator is there no more."""
    if number := _INDICATOR.fullmatch(old.path):
        names = [indicator.name for indicator in project.indicators]
        return f"indicators[{names.index(old.about)}]{number[2] or ''}" if old.about in names else None
    if old.slot:
        filled = (at for at, one in enumerate(project.indicators) if old.slot in one.slots)
        return next((f"indicators[{at}]" for at in filled), "")
    return old.path if project.find(old.path) else ""


def _text(project: Project, path: str) -> str:
    from parsing import text_at

    if not path:
        return ""
    text = text_at(project, path)
    number = _INDICATOR.fullmatch(path)
    value = project.indicators[int(number[1])].annual if number and not number[2] else None
    return f"{text}　{value}" if value else text
