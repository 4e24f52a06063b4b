"""What a rule is: a short pure function, and beside it all that people must know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from parsing.finding import Dimension, Severity
from parsing.model import Slot


@dataclass(frozen=True, slots=True)
class Ground:
    """What a rule rests on. ``document`` is empty for experience alone; ``verified``: its official text was
    compared. Where it was not, a rule names the document but quotes no article of it."""

    words: str
    document: str = ""
    verified: bool = False


class Hit(NamedTuple):
    """What a check found; what is left empty is as the rule says. ``also``: paths it rests on besides;
    ``place``: where it is seen, if the path does not lead there; ``unchecked``: no finding, but a part of
    the rule that could not be applied, ``message`` says why."""

    path: str
    message: str
    quote: str = ""
    severity: Severity | None = None
    advice: str = ""
    slot: Slot | None = None
    equation: str = ""
    also: tuple[str, ...] = ()
    place: str = ""
    unchecked: bool = False


Check = TypeVar("Check", bound=Callable[..., Iterable[object]])
Check_co = TypeVar("Check_co", bound=Callable[..., Iterable[object]], covariant=True)  # as a rule keeps it


@dataclass(frozen=True, slots=True)
class Rule(Generic[Check_co]):
    """``severity``: what its hits have unless they say otherwise. ``needs``: facts without which it is not
    checked (keys of ``parsing.rules.subject.NEEDS``). ``meaning``: what it looks at and why. ``good`` and
    ``bad``: examples from real tables. ``check`` takes a Subject and yields Hits (portfolio rules: see
    ``parsing.rules.portfolio``)."""

    code: str
    title: str
    severity: Severity
    dimension: Dimension
    ground: Ground
    meaning: str
    advice: str
    good: str
    bad: str
    check: Check_co
    needs: tuple[str, ...] = ()


def rule(
    code: str,
    title: str,
    severity: Severity,
    dimension: Dimension,
    *,
    ground: Ground,
    meaning: str,
    advice: str,
    good: str,
    bad: str,
    needs: tuple[str, ...] = (),
) -> Callable[[Check], Rule[Check]]:
    """Turn a check into a rule that carries its own page of the rule book."""

    def made(check: Check) -> Rule[Check]:
        return Rule(code, title, severity, dimension, ground, meaning, advice, good, bad, check, needs)

    return made
