"""The nine categories of a project as cells of a matrix: which empty ones are asked for, and which only
look empty because their rows could not be read for certain."""

from __future__ import annotations

from parsing import vocabulary
from parsing.model import SLOTS, Empty, Indicator, Project, Repair, Slot
from parsing.partial import OPEN
from parsing.rules.standard import DEFAULT, Asked, Standard
from parsing.rules.subject import Subject

UNSURE = (
    "one-value",
    "stray",
    "ocr",
    "formula",
    "picture",
)  # repairs after which a row's content is not in the data


def asked(project: Project, standard: Standard = DEFAULT) -> dict[Slot, Asked]:
    """The empty categories that the standard asks of the project, and how strongly."""
    subject = Subject(project, standard)
    return standard.lacks(subject.counts, subject.natures)


def unread(project: Project) -> frozenset[Slot]:
    """The categories without an indicator of which nobody can say that they are empty: a row of theirs was
    not read for certain, or the table was not read to its end (see ``parsing.partial``)."""
    if not OPEN.isdisjoint(project.partial):
        return frozenset(SLOTS).difference(*(one.slots for one in project.indicators))
    doubted = {
        slot
        for repair in project.repairs
        if repair.doubtful and repair.code in UNSURE
        for slot in _about(project, repair)
    }
    return frozenset(doubted.difference(*(one.slots for one in project.indicators) if doubted else ()))


def _about(project: Project, repair: Repair) -> tuple[Slot, ...]:
    """The categories of a repaired row: those of what it became, else of the words that stand in it, else of
    the row above it."""
    if repair.path.startswith("empty["):
        return project.empty[int(repair.path[6:].partition("]")[0])].slots
    if repair.path:
        return ()
    printed = [slot for text in repair.before for slot in vocabulary.slots(text)]
    if printed:
        return tuple(slot for slot in SLOTS if slot in printed)
    items: tuple[Indicator | Empty, ...] = (*project.indicators, *project.empty)
    above = [one for one in items if one.place.part == repair.place.part and one.place.row < repair.place.row]
    return max(above, key=lambda one: one.place.row).slots if above else ()
