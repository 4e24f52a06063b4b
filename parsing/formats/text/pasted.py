"""Text as it was copied out of a page or a mail: cells of several paragraphs, lines that somebody quoted.

Nothing moves to another line: places say the line of the text as it stands.
"""

from __future__ import annotations

import re

QUOTES = 5  # lines of a mail that begin with its mark, at least
_QUOTED = re.compile(r"^>(?:> ?)* ?", re.MULTILINE)
# A cell that holds paragraphs: between a tab at the end of a line and one at the beginning of another
_BLOCK = re.compile(r"\t\n\n[^\t]{1,400}?\n\n\t")
BLOCKS = 2
# A word down the side of a table, one or two letters a line, before the first tab; a unit below its label
_HAN = "[\u4e00-\u9fff]"
_BROKEN = re.compile(
    rf"^(?:{_HAN}{{1,2}}\n){{1,6}}{_HAN}{{1,2}}(?=\t)|^{_HAN}{{2,8}}\n[（(]万?元[）)](?=\t)", re.MULTILINE
)


def restored(text: str) -> str:
    """The text without the marks of a quoted mail, a cell of several lines in quotes."""
    if len(_QUOTED.findall(text)) >= QUOTES and not text.startswith('"'):  # as a quoted cell may
        text = _QUOTED.sub("", text)
    if len(_BLOCK.findall(text)) >= BLOCKS:
        return _joined(text.split("\n"))
    return _BROKEN.sub(lambda word: _in_quotes(word[0]), text) if "\t" in text else text


def _joined(lines: list[str]) -> str:
    """The lines, those of one cell as one in quotes: behind a tab that ends a line, or before one that begins
    it."""
    out: list[str] = []
    at = 0
    while at < len(lines):
        end = at
        if "\t" in lines[at]:
            line = lines[at]
            while line.endswith("\t"):  # the cell goes on below
                end = _next(lines, end + 1)
                closes = end < len(lines) and lines[end].startswith("\t")
                inside = "\n" + "\n".join([*lines[at + 1 : end], ""][: None if closes else -1])
                line += _in_quotes(inside) + (lines[end] if closes else "")
                at = end if closes else end - 1
                if not closes:
                    break
            out.append(line)
            at += 1
            continue
        end = _next(lines, at)
        first = _begins(lines, at, end)
        out += lines[at:first]
        if first < end:
            out.append(_in_quotes("\n".join([*lines[first:end], ""])) + lines[end])
            lines[end] = out.pop()
        at = end
    return "\n".join(out)


def _next(lines: list[str], at: int) -> int:
    """The next line that has a tab."""
    return next((k for k in range(at, len(lines)) if "\t" in lines[k]), len(lines))


def _begins(lines: list[str], at: int, end: int) -> int:
    """Where the first cell of the row begins whose next one begins the line at ``end``: its paragraphs have
    one blank line between them, rows have more."""
    if end == len(lines) or not lines[end].startswith("\t"):
        return end
    first, blanks = end, 0
    for k in range(end - 1, at - 1, -1):
        blanks = 0 if lines[k].strip() else blanks + 1
        if blanks > 1:
            break
        if lines[k].strip():
            first = k
    return first


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
