"""The one way to write money, shares, times and names that are too long.

Money comes in as whole 分 (int) or None; nothing here turns it into a float.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from numbers import Integral
from typing import Any, Literal, NamedTuple

Unit = Literal["万元", "元"]
UNITS: tuple[Unit, ...] = ("万元", "元")
UNKNOWN = "未读到"


def is_known(fen: Any) -> bool:
    """Whether an amount was read at all: SQL's NULL reaches us as None, NaN or ``<NA>``."""
    return isinstance(fen, Integral) or (isinstance(fen, float) and fen == fen)


def format_wan(fen: int | None) -> str:
    """万元 with two decimals, rounded half up: 396630000 → ``396.63``."""
    return _decimal(int(fen), 1_000_000) if fen is not None and is_known(fen) else UNKNOWN


def format_yi(fen: int) -> str:
    """亿元 with two decimals."""
    return _decimal(int(fen), 10_000_000_000)


class Scale(NamedTuple):
    """A unit for amounts side by side; ``fen``: how many 分 it is."""

    unit: str
    fen: int

    def text(self, fen: int | None) -> str:
        return _decimal(int(fen), self.fen) if fen is not None and is_known(fen) else UNKNOWN

    def number(self, fen: int | None) -> float:
        """For a chart; nothing where nothing was read."""
        return (fen or 0) / self.fen


WAN, YI = Scale("万元", 1_000_000), Scale("亿元", 10_000_000_000)


def choose_scale(*fens: int | None) -> Scale:
    """亿元 where the largest amount takes seven digits in 万元 and the smallest is not lost, else 万元."""
    amounts = [fen for fen in fens if fen]
    return YI if amounts and max(amounts) >= 100 * YI.fen and 100 * min(amounts) >= YI.fen else WAN


def format_yuan(fen: int | None) -> str:
    """Exact 元: ``3,966,300``, with 分 only where there are some."""
    if fen is None or not is_known(fen):
        return UNKNOWN
    whole, rest = divmod(abs(int(fen)), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")


def format_money(fen: int | None, unit: Unit) -> str:
    """The number alone, in the unit the reader chose."""
    return format_wan(fen) if unit == "万元" else format_yuan(fen)


def format_amount(fen: int | None) -> str:
    """Number and unit for a sentence: 万元, and 亿元 from 10,000 万元 on."""
    if fen is None or not is_known(fen):
        return UNKNOWN
    return f"{format_yi(fen)} 亿元" if abs(fen) >= 10_000_000_000 else f"{format_wan(fen)} 万元"


def format_share(part: int | None, whole: int | None) -> str:
    """``46.9%``; ``—`` where it cannot be said. A sliver is never written as nothing."""
    if part is None or whole is None or not is_known(part) or not is_known(whole) or whole <= 0:
        return "—"
    tenths = _round(int(part) * 1000, int(whole))
    if (part and not tenths) or (part < whole and tenths == 1000):
        return "<0.1%" if part and not tenths else ">99.9%"
    return f"{tenths // 10}.{tenths % 10}%"


def format_time(iso: str) -> str:
    """``11-23 18:05`` in the time of this machine."""
    return datetime.fromisoformat(iso).replace(tzinfo=UTC).astimezone().strftime("%m-%d %H:%M")


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, the last one an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def shorten(names: Sequence[str], limit: int) -> list[str]:
    """Names of at most ``limit`` characters each: clipped at the end or, where several would look the same,
    in the middle, or before the part in which they differ."""
    alike: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        alike.setdefault(clip(name, limit), []).append(name)
    shortened: dict[str, str] = {}
    for group in alike.values():
        differ = (at for at, signs in enumerate(zip(*group, strict=False)) if len(set(signs)) > 1)
        common = next(differ, min(map(len, group)))
        ways = [[cut(name, limit, common) for name in group] for cut in (_end, _middle, _part)]
        best = max(ways, key=lambda way: len(set(way)))  # the first of them
        shortened |= zip(group, best, strict=True)
    return [shortened[name] for name in names]


def _end(name: str, limit: int, _common: int) -> str:
    return clip(name, limit)


def _middle(name: str, limit: int, _common: int) -> str:
    head = limit // 2
    return name if len(name) <= limit else f"{name[:head].rstrip()}…{name[len(name) - (limit - head - 1) :]}"


def _part(name: str, limit: int, common: int) -> str:
    head = max(1, limit // 3)
    return name if len(name) <= limit else f"{name[:head]}…{clip(name[common:], limit - head - 1)}"


def _round(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)


def _decimal(fen: int, unit: int) -> str:
    hundredths = _round(abs(fen) * 100, unit)
    return f"{'-' if fen < 0 and hundredths else ''}{hundredths // 100:,}.{hundredths % 100:02d}"
