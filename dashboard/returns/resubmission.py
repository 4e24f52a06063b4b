"""A table that comes again: which of the requests it was given back for were seen to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.returns.change_requests import (
    ChangeRequest,
    Resolution,
    ReturnManifest,
    answered_by_people,
    change_requests,
    manifest_of,
    open_findings,
    resolve_requests,
)
from dashboard.store import Outcome, Store
from parsing import Project, Standard

MOST = 50  # projects of a file


class ResubmittedProject(NamedTuple):
    """One project that came again. ``version_id``: as it came; ``has_manifest``: whether the file says itself
    what was asked for, else it is compared with the table that counted before."""

    key: str
    version_id: int
    name: str
    has_manifest: bool
    resolutions: list[Resolution]


class Resubmission(NamedTuple):
    """``made``: ISO date of the manifest, "" without one; ``projects``: those with a change first;
    ``missing``: the names of those that the manifest has and the file no more."""

    made: str
    projects: list[ResubmittedProject]
    missing: list[str]


def resubmission_of(store: Store, upload_id: int, standard: Standard) -> Resubmission:
    """What became of what an upload was asked to change, by the standard of its manifest if that is known."""
    manifest = manifest_of(store.said(upload_id))
    outcomes = [one for one in store.outcome(upload_id) if not one.repeated][:MOST]
    if manifest is None:
        found = [
            _with_known(store, outcome, standard)
            for outcome in outcomes
            if outcome.known and not outcome.identical
        ]
        return Resubmission("", [one for one in found if one.resolutions], [])
    used = store.standards().known.get(manifest.standard, standard)
    groups = _groups(manifest)
    owners = _owners(groups, outcomes)
    made = [_with_manifest(store, owner, groups[key], used) for key, owner in owners.items()]
    made.sort(key=lambda one: all(resolution.status == "未改" for resolution in one.resolutions))
    return Resubmission(manifest.made, made, [groups[key][0].project for key in groups if key not in owners])


def _groups(manifest: ReturnManifest) -> dict[str, list[ChangeRequest]]:
    groups: dict[str, list[ChangeRequest]] = {}
    for request in manifest.requests:
        groups.setdefault(request.key, []).append(request)
    return groups


def _owners(groups: dict[str, list[ChangeRequest]], outcomes: Sequence[Outcome]) -> dict[str, Outcome]:
    """Whose requests they are: of the project with the same key; with the same name, as a unit or year may be
    what was corrected; of the one that is left, as its name may be."""
    found = {outcome.key: outcome for outcome in outcomes if outcome.key in groups}
    for key, group in groups.items():
        left = [one for one in outcomes if one not in found.values()]
        if key not in found and (named := [one for one in left if one.name == group[0].project]):
            found[key] = named[0]
    left = [one for one in outcomes if one not in found.values()]
    lost = [key for key in groups if key not in found]
    if len(left) == len(lost) == 1:
        found[lost[0]] = left[0]
    return {key: found[key] for key in groups if key in found}


def _with_manifest(
    store: Store, outcome: Outcome, requests: Sequence[ChangeRequest], standard: Standard
) -> ResubmittedProject:
    project = store.project(outcome.key, outcome.version_id)
    answered = answered_by_people(store, project)
    asked = [request for request in requests if not answered(request)]
    resolutions = _sure(project, resolve_requests(asked, project, open_findings(store, project, standard)))
    return ResubmittedProject(outcome.key, outcome.version_id, outcome.name, True, resolutions)


def _with_known(store: Store, outcome: Outcome, standard: Standard) -> ResubmittedProject:
    assert outcome.known is not None
    old, new = (
        store.project(outcome.key, outcome.known.version_id),
        store.project(outcome.key, outcome.version_id),
    )
    requests = change_requests(old, open_findings(store, old, standard))
    resolutions = _sure(new, resolve_requests(requests, new, open_findings(store, new, standard)))
    return ResubmittedProject(outcome.key, outcome.version_id, outcome.name, False, resolutions)


def _sure(project: Project, resolutions: list[Resolution]) -> list[Resolution]:
    """Of a table that was read in part, what was not found may be where it was not read: nothing is said to
    be mended."""
    return (
        [resolution for resolution in resolutions if resolution.status != "已改"]
        if project.partial
        else resolutions
    )
