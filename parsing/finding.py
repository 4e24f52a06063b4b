"""What a review says of a project: what is wrong, what adds up, what could not be checked."""

from __future__ import annotations

from typing import Literal, get_args

from parsing.model import Frozen, Slot

Severity = Literal["高", "中", "低", "提示"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
GRADES = "高（有一条就会被退回）、中（有一条就应当修改）、低（建议）、提示（值得看一眼，也算建议）"
Dimension = Literal["完整性", "相关性", "适当性", "可行性", "读取质量"]
State = Literal["closes", "off", "open"]


class Mention(Frozen):
    """Something that a finding rests on besides its own place: another value of the project, or of
    another one (``project``: its name; empty for the project itself)."""

    path: str
    text: str
    place: str
    project: str = ""


class Finding(Frozen):
    """One point of a review.

    ``path``: the value it is about, as ``Project.find`` takes it; "" stands for the project as a whole.
    ``place``: where that stands, as printed for people. ``quote``: the text it is about, as printed.
    ``slot``: the category it is about, where it is about one. ``equation``: the sum behind it.
    """

    rule: str
    severity: Severity
    title: str
    message: str
    advice: str
    path: str
    place: str
    quote: str = ""
    slot: Slot | None = None
    equation: str = ""
    also: tuple[Mention, ...] = ()


class Unchecked(Frozen):
    """A rule that could not be applied, and why: it is neither passed nor failed."""

    rule: str
    reason: str


class Equation(Frozen):
    """A sum of figures of one project, written out. ``state``: ``closes``, ``off`` (by more than 1 %), or
    ``open`` (a figure is missing). ``paths``: the values it is made of."""

    text: str
    state: State
    paths: tuple[str, ...]
    note: str = ""


class Promise(Frozen):
    """A number or deliverable that a goal promises. ``path``: the goal; ``text``: the promise as printed;
    ``start``: where it begins in the goal's text; ``measured``: paths of the indicators that measure it."""

    path: str
    text: str
    start: int
    measured: tuple[str, ...] = ()


class Review(Frozen):
    """All that the rules say of one project under one standard. ``unpromised``: paths of the output
    indicators that no goal promises."""

    standard: str = ""
    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    equations: tuple[Equation, ...] = ()
    promises: tuple[Promise, ...] = ()
    unpromised: tuple[str, ...] = ()


class Question(Frozen):
    """What a chair should ask: with the figure it rests on, the words quoted, and where they stand."""

    rule: str
    severity: Severity
    text: str
    figure: str
    quote: str
    path: str
    place: str
