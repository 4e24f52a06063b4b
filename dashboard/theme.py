"""How 绩览 looks: palette, shapes, font, and the style sheets of every page."""

from __future__ import annotations

from pathlib import Path

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
FONT = "Source Han Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
SIZE = 22  # px on a 1080-line screen; in the browser style.css ties chart text to the page's rem

SHEETS = ("style.css", "tables.css", "review.css", "project.css", "meeting.css")
STYLES = tuple(Path(__file__).parent / "assets" / name for name in SHEETS)
