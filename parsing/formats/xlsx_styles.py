"""The styles of a workbook: how its cells show numbers, and which of them show their text as no value."""

from __future__ import annotations

from typing import Literal, NamedTuple

from parsing.formats.number_formats import BUILTIN, Render, renderer
from parsing.formats.packed import Package
from parsing.formats.xlsx_strings import OFF

WHITE = ("FFFFFFFF", "00FFFFFF", "FFFFFF")
PAPER = ("none", "")  # patterns through which the paper is seen

Look = Literal["struck", "unseen"]


class _Style(NamedTuple):
    format: int
    font: int
    fill: int


def read(package: Package, path: str, date1904: bool) -> tuple[dict[str, Render], dict[str, Look]]:
    """Style number, as cells give it → how it shows numbers, and what its font does to all text; styles that
    change nothing are left out."""
    codes = dict(BUILTIN)
    styles: list[_Style] = []
    struck: list[bool] = []  # of each font
    white: list[bool] = []
    paper: list[bool] = []  # of each fill: whether white letters vanish on it
    inside = ""

    def start(tag: str, found: dict[str, str]) -> None:
        nonlocal inside
        if tag in ("numFmts", "cellXfs", "fonts", "fills"):
            inside = tag
        elif inside == "numFmts" and tag == "numFmt":
            codes[int(found["numFmtId"])] = found.get("formatCode", "")
        elif inside == "cellXfs" and tag == "xf":
            styles.append(_Style(*(int(found.get(name, 0)) for name in ("numFmtId", "fontId", "fillId"))))
        elif inside == "fonts":
            if tag == "font":
                struck.append(False)
                white.append(False)
            elif tag == "strike" and struck:
                struck[-1] = found.get("val") not in OFF
            elif tag == "color" and white:
                white[-1] = _is_white(found)
        elif inside == "fills":
            if tag == "fill":
                paper.append(False)
            elif tag == "patternFill" and paper:
                paper[-1] = found.get("patternType", "") in PAPER
            elif tag == "fgColor" and paper:
                paper[-1] = _is_white(found)

    def end(tag: str) -> None:
        nonlocal inside
        if tag == inside:
            inside = ""

    if path in package:
        package.walk(path, start, end)
    made = {number: renderer(codes.get(number, "General"), date1904) for number in {s.format for s in styles}}
    looks: dict[str, Look] = {}
    for at, style in enumerate(styles):
        if struck[style.font : style.font + 1] == [True]:
            looks[str(at)] = "struck"
        elif white[style.font : style.font + 1] == [True] and paper[style.fill : style.fill + 1] != [False]:
            looks[str(at)] = "unseen"
    return {str(at): render for at, style in enumerate(styles) if (render := made[style.format])}, looks


def _is_white(color: dict[str, str]) -> bool:
    return color.get("rgb", "").upper() in WHITE or (color.get("theme") == "0" and "tint" not in color)
