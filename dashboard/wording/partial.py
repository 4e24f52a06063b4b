"""Projects of whose tables only a part was read: counted with the others, never among the complete ones, and
said in the same words wherever a number stands (see ``parsing.partial``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parsing.partial import MARK, WORDS, said, unpacked


def among(projects: int) -> str:
    """Behind how many projects there are in all: that so many of them were read in part, "" of none."""
    return f"{some(projects)}，没有读到的内容不算空缺，也没有检查" if projects else ""


def some(projects: int) -> str:
    """That so many of them were read in part, where little room is."""
    return f"其中 {projects:,} 个项目{MARK}"


def beside(projects: int) -> str:
    """Behind how many are complete: that there are so many others, "" of none."""
    return f"另有 {projects:,} 个项目{MARK}" if projects else ""


def apart(packed: Sequence[str]) -> str:
    """That files counted all together are counted without these projects."""
    return f"{parts(packed)}，“全部计入”不含它们，请看过后逐个计入"


def parts(packed: Sequence[str]) -> str:
    """How many projects were read in part, with how many for each reason."""
    counts = Counter(reason for one in packed for reason in unpacked(one))
    reasons = "；".join(f"{text} {counts[reason]:,} 个" for reason, text in WORDS.items() if counts[reason])
    return f"其中 {len(packed):,} 个项目{MARK}（{reasons}）"


def named(name: str, packed: str) -> str:
    """A project's name where there is room for the bare mark. ``packed``: as in the store."""
    return f"{name}（{MARK}）" if packed else name


def why(packed: str) -> str:
    """The mark with the reason, "" where the table was read whole."""
    return f"{MARK}：{said(unpacked(packed))}" if packed else ""
