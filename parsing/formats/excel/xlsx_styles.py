"""The styles of a workbook: how its cells show numbers, and which of them show their text as no value."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from parsing.formats.characters.runs import Code, marked
from parsing.formats.excel.xlsx_strings import OFF
from parsing.formats.raw.packed import Package
from parsing.formats.worksheet.number_formats import BUILTIN, Render, renderer, worded

WHITE = ("FFFFFFFF", "00FFFFFF", "FFFFFF")
TEXTS = ("s", "str", "inlineStr")  # types of cells that hold a text
NOTHING = ";;;"  # the format that shows nothing
PAPER = ("none", "")  # patterns through which the paper is seen

Look = Callable[[str, str], str]  # the text of a cell, its type → the text as it shows


class _Style(NamedTuple):
    format: int
    font: int
    fill: int


def read(
    package: Package, path: str, date1904: bool
) -> tuple[dict[str, Render], dict[str, Look], frozenset[int]]:
    """Style number, as cells give it → how it shows numbers, and what its font and its format do to texts;
    styles that change nothing are left out. And the numbers of the conditional formats that hide a text."""
    codes = dict(BUILTIN)
    styles: list[_Style] = []
    struck: list[bool] = []  # of each font
    white: list[bool] = []
    paper: list[bool] = []  # of each fill: whether white letters vanish on it
    dxfs: list[dict[str, bool]] = []  # of each conditional format: whether its parts hide a text
    inside = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if inside == "dxfs":
            _dxf(dxfs, tag, attributes)
        elif tag in ("numFmts", "cellXfs", "fonts", "fills", "dxfs"):
            inside = tag
        elif inside == "numFmts" and tag == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif inside == "cellXfs" and tag == "xf":
            styles.append(
                _Style(*(int(attributes.get(name, 0)) for name in ("numFmtId", "fontId", "fillId")))
            )
        elif inside == "fonts":
            if tag == "font":
                struck.append(False)
                white.append(False)
            elif tag == "strike" and struck:
                struck[-1] = attributes.get("val") not in OFF
            elif tag == "color" and white:
                white[-1] = _is_white(attributes)
        elif inside == "fills":
            if tag == "fill":
                paper.append(False)
            elif tag == "patternFill" and paper:
                paper[-1] = attributes.get("patternType", "") in PAPER
            elif tag == "fgColor" and paper:
                paper[-1] = _is_white(attributes)

    def end(tag: str) -> None:
        nonlocal inside
        if tag == inside:
            inside = ""

    if path in package:
        package.walk(path, start, end)
    made = {number: renderer(codes.get(number, "General"), date1904) for number in {s.format for s in styles}}
    texts = {number: worded(codes.get(number, "General")) for number in made}
    looks: dict[str, Look] = {}
    for at, style in enumerate(styles):
        hidden = white[style.font : style.font + 1] == [True] and paper[style.fill : style.fill + 1] != [
            False
        ]
        code: Code | None = (
            "struck" if struck[style.font : style.font + 1] == [True] else "unseen" if hidden else None
        )
        if code or texts[style.format]:
            looks[str(at)] = _look(code, texts[style.format])
    renders = {str(at): render for at, style in enumerate(styles) if (render := made[style.format])}
    return (
        renders,
        looks,
        frozenset(k for k, dxf in enumerate(dxfs) if dxf.get("text") and dxf.get("fill", True)),
    )


def _dxf(dxfs: list[dict[str, bool]], tag: str, attributes: dict[str, str]) -> None:
    """Take a part of a conditional format: its font's colour, its fill, its format of numbers."""
    if tag == "dxf":
        dxfs.append({})
    elif dxfs and tag == "color":
        dxfs[-1].setdefault("text", _is_white(attributes))
    elif dxfs and tag == "numFmt":
        dxfs[-1] |= {"text": attributes.get("formatCode") == NOTHING, "fill": True}
    elif dxfs and tag == "bgColor":
        dxfs[-1].setdefault("fill", _is_white(attributes))


def _look(code: Code | None, words: Render | None) -> Look:
    """What a style does to the text of a cell of a type: its ``words`` go around what is no number."""

    def look(shown: str, kind: str) -> str:
        shown = words(shown) if words and kind in TEXTS else shown
        return marked(shown, code) if code else shown

    return look


def _is_white(color: dict[str, str]) -> bool:
    return color.get("rgb", "").upper() in WHITE or (color.get("theme") == "0" and "tint" not in color)
