"""How 绩览 looks: palette, fonts, and the one way to write money, shares and times.

Money comes in as whole 分 (int) or None; nothing here turns it into a float.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from numbers import Integral
from pathlib import Path
from typing import Any, Literal, NamedTuple

Unit = Literal["万元", "元"]
UNITS: tuple[Unit, ...] = ("万元", "元")
UNKNOWN = "未读到"

INK = "#14202E"
QUIET = "#4A5663"  # 7:1 on white
LINE = "#B9C4D0"
STRONG = "#0B4F8A"
MUTED = "#6E97BE"
REST = "#9AA7B4"  # 其他: hatched, so that it is told apart without colour
GAP = "#9C1B14"
CELLS = ("#B3D0E8", "#7FB0D8", "#1A5590")  # 1, 2, 3 and more indicators
ON_CELLS = (INK, INK, "#FFFFFF")
TINT = "#FCECEA"
DOUBT = "#FBF4E2"  # read, but not for certain
SEVERITIES = {  # shape, plotly's name of it, colour: told apart without the colour
    "高": ("■", "square", GAP),
    "中": ("▲", "triangle-up", "#6B4600"),
    "低": ("●", "circle", STRONG),
    "提示": ("○", "circle-open", QUIET),
}
VERDICTS = {  # shape, colour; "" where nothing is decided
    "通过": ("✔", STRONG),
    "有条件通过": ("◆", "#6B4600"),
    "退回": ("✕", GAP),
    "": ("○", QUIET),
}
UNDECIDED = "未决定"
FONT = "Source Han Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"

DENSE = 12  # characters of a name where rows stand close
_WHOLE = re.compile(
    r"[A-Za-z0-9.,%][A-Za-z0-9.,%]|[（(【“].|.[）)】”，。、]"
)  # two signs that stay on one line

SIZE = 22  # px on a 1080-line screen; in the browser style.css ties chart text to the page's rem

SHEETS = ("style.css", "tables.css", "review.css", "project.css", "meeting.css")
STYLES = tuple(Path(__file__).parent / "assets" / name for name in SHEETS)
CONFIG = {"displayModeBar": False, "locale": "zh-CN", "scrollZoom": False, "doubleClick": False}


def known(fen: Any) -> bool:
    """Whether an amount was read at all: SQL's NULL reaches us as None, NaN or ``<NA>``."""
    return isinstance(fen, Integral) or (isinstance(fen, float) and fen == fen)


def wan(fen: int | None) -> str:
    """万元 with two decimals, rounded half up: 396630000 → ``396.63``."""
    return _decimal(int(fen), 1_000_000) if fen is not None and known(fen) else UNKNOWN


def yi(fen: int) -> str:
    """亿元 with two decimals."""
    return _decimal(int(fen), 10_000_000_000)


class Scale(NamedTuple):
    """A unit for amounts side by side; ``fen``: how many 分 it is."""

    unit: str
    fen: int

    def text(self, fen: int | None) -> str:
        return _decimal(int(fen), self.fen) if fen is not None and known(fen) else UNKNOWN

    def number(self, fen: int | None) -> float:
        """For a chart; nothing where nothing was read."""
        return (fen or 0) / self.fen


WAN, YI = Scale("万元", 1_000_000), Scale("亿元", 10_000_000_000)


def scale(*fens: int | None) -> Scale:
    """亿元 where the largest amount takes seven digits in 万元 and the smallest is not lost, else 万元."""
    read = [fen for fen in fens if fen]
    return YI if read and max(read) >= 100 * YI.fen and 100 * min(read) >= YI.fen else WAN


def yuan(fen: int | None) -> str:
    """Exact 元: ``3,966,300``, with 分 only where there are some."""
    if fen is None or not known(fen):
        return UNKNOWN
    whole, rest = divmod(abs(int(fen)), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")


def money(fen: int | None, unit: Unit) -> str:
    """The number alone, in the unit the reader chose."""
    return wan(fen) if unit == "万元" else yuan(fen)


def spoken(fen: int | None) -> str:
    """Number and unit for a sentence: 万元, and 亿元 from 10,000 万元 on."""
    if fen is None or not known(fen):
        return UNKNOWN
    return f"{yi(fen)} 亿元" if abs(fen) >= 10_000_000_000 else f"{wan(fen)} 万元"


def share(part: int | None, whole: int | None) -> str:
    """``46.9%``; ``—`` where it cannot be said. A sliver is never written as nothing."""
    if part is None or whole is None or not known(part) or not known(whole) or whole <= 0:
        return "—"
    tenths = _round(int(part) * 1000, int(whole))
    if (part and not tenths) or (part < whole and tenths == 1000):
        return "<0.1%" if part and not tenths else ">99.9%"
    return f"{tenths // 10}.{tenths % 10}%"


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, the last one an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def short(names: Sequence[str], limit: int) -> list[str]:
    """Names of at most ``limit`` characters each: clipped at the end or, where several would look the same,
    in the middle, or before the part in which they differ."""
    alike: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        alike.setdefault(clip(name, limit), []).append(name)
    found: dict[str, str] = {}
    for group in alike.values():
        differ = (at for at, signs in enumerate(zip(*group, strict=False)) if len(set(signs)) > 1)
        common = next(differ, min(map(len, group)))
        ways = [[cut(name, limit, common) for name in group] for cut in (_end, _middle, _part)]
        best = max(ways, key=lambda way: len(set(way)))  # the first of them
        found |= zip(group, best, strict=True)
    return [found[name] for name in names]


def _end(name: str, limit: int, _common: int) -> str:
    return clip(name, limit)


def _middle(name: str, limit: int, _common: int) -> str:
    head = limit // 2
    return name if len(name) <= limit else f"{name[:head].rstrip()}…{name[len(name) - (limit - head - 1) :]}"


def _part(name: str, limit: int, common: int) -> str:
    head = max(1, limit // 3)
    return name if len(name) <= limit else f"{name[:head]}…{clip(name[common:], limit - head - 1)}"


def wrap(text: str, width: int) -> str:
    """Text for a chart label in two lines of like length, where one of ``width`` characters is too short:
    clipped to them, broken with ``<br>``, before an opening bracket where there is one near, never within a
    number or a Latin word."""
    text = plain(clip(text, 2 * width))
    if len(text) <= width:
        return text
    middle = -(-len(text) // 2)
    spots = [at for at in range(len(text) - width, width + 1) if not _WHOLE.match(text, at - 1)]
    brackets = [at for at in spots if text[at] in "（(【"]
    at = min(brackets or spots, key=lambda spot: abs(spot - middle), default=middle)
    return f"{text[:at]}<br>{text[at:]}"


def plain(text: str) -> str:
    """Text that a chart takes for no markup."""
    return text.translate({ord("<"): "＜", ord(">"): "＞"})


def labels(names: Sequence[str], dense: bool, width: int = 11) -> list[str]:
    """Labels of rows in a chart: of two lines of ``width`` characters, or of one where rows stand close."""
    if dense:
        return [plain(name) for name in short(names, DENSE)]
    return [wrap(name, width) for name in short(names, 2 * width)]


def room(longest: int, ends: list[str], span: int, more: int = 0) -> float:
    """Where the axis of bars must end so that the texts at their ends fit: the plot is ``span`` digits
    wide, and ``more`` of them are needed for something else."""
    widest = max(map(digits, ends), default=0)
    return (longest or 1) / (1 - min(0.8, (widest + 1 + more) / span))


def digits(end: str) -> int:
    """How many digits are as wide as a text of a chart, or as the wider of its lines."""
    lines = (re.sub("<[^>]+>", "", line) for line in end.split("<br>"))
    return max(sum(1 if sign.isascii() else 2 for sign in line) for line in lines)


def layout(**more: Any) -> dict[str, Any]:
    """A chart's layout: no fixed pixels but the text size, margins as wide as the labels need."""
    return {
        "autosize": True,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "font": {"family": FONT, "size": SIZE, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "clickmode": "event+select",
        "hoverlabel": {"font": {"family": FONT, "size": SIZE}, "align": "left", "bgcolor": "#FFFFFF"},
        **more,
    }


def axis(**more: Any) -> dict[str, Any]:
    """An axis that only carries labels."""
    return {
        "automargin": True,
        "tickangle": 0,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticklabelstandoff": 8,
        "ticklabeloverflow": "allow",  # Plotly leaves out one that would reach over the edge
        **more,
    }


def _round(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)


def _decimal(fen: int, unit: int) -> str:
    hundredths = _round(abs(fen) * 100, unit)
    return f"{'-' if fen < 0 and hundredths else ''}{hundredths // 100:,}.{hundredths % 100:02d}"


def moment(iso: str) -> str:
    """``11-23 18:05`` in the time of this machine."""
    return datetime.fromisoformat(iso).replace(tzinfo=UTC).astimezone().strftime("%m-%d %H:%M")
