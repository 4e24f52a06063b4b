"""Runs of a cell's text that are there otherwise than as plain text, and what of them counts: one answer for
every format.

A format writes such a run into the text of its cell by ``marked``; how the format has it, as a tag, a font or
a line across, ends there. ``cleaning``, through which every cell passes, takes the runs out again. Most cells
have none and never come here.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Literal

from parsing.grid import Run

# struck: a line goes through it; deleted: somebody did so and has the program show or keep it; unseen: it is
# hidden or has no colour; raised: it stands above the line; stored: the number that is shown rounded here.
Code = Literal["struck", "deleted", "unseen", "raised", "stored"]
# Characters that no document can hold, so that nobody has to look for them where there are none.
_OPENS: dict[Code, str] = {
    "struck": "\ufdd8",
    "deleted": "\ufdd9",
    "unseen": "\ufdda",
    "raised": "\ufddb",
    "stored": "\ufddc",
}
_CODES = {mark: code for code, mark in _OPENS.items()}
_CLOSE = "\ufddf"
_RUN = re.compile(f"([{''.join(_CODES)}])([^{''.join(_CODES)}{_CLOSE}]*+){_CLOSE}")
_LETTERS = re.compile("[a-zA-Z]$")
_TEN = re.compile(r"[×xX*]\s*10$")
_SIGNS = re.compile(r"[\[(（〔【]?注?[\d０-９a-eA-E①-⑳*＊†‡#※、,，]{1,5}[\])）〕】]?")  # a mark of a footnote
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_GAPS = re.compile(r"\n\s*\n")
_SCALES = (0, 3, 4, 6, 8)  # powers of ten that a format may leave out: a number of thousands, of 万
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")


def marked(text: str, code: Code) -> str:
    """The text as one run."""
    return f"{_OPENS[code]}{text}{_CLOSE}" if text else ""


def is_marked(text: str) -> bool:
    return _CLOSE in text


def with_stored(shown: str, raw: str) -> str:
    """A number as it is shown, followed by the one that the file holds where that is rounded away."""
    numbers = _NUMBER.findall(shown)
    if len(numbers) != 1:
        return shown
    printed = _NUMBER.search(shown)
    assert printed is not None
    try:
        exact = Decimal(f"{float(raw):.15g}") * (100 if "%" in shown[printed.end() :] else 1)
    except (ValueError, InvalidOperation):
        return shown
    half = Decimal(1).scaleb(-len(numbers[0])) / 2
    seen = abs(Decimal(printed[0].replace(",", "")))
    scales = _SCALES if seen else _SCALES[:1]
    exact = next((scaled for k in scales if abs(abs(scaled := exact.scaleb(-k)) - seen) <= half), seen)
    if abs(exact) == seen:
        return shown  # another number is no rounding: a day
    number = f"{abs(exact).normalize():f}"
    whole = shown[: printed.start()] + ("-" if printed[0].startswith("-") else "") + number
    return shown + marked(re.sub(r"\s", "", whole + shown[printed.end() :]), "stored")


def split(text: str) -> list[Run]:
    """The runs of a text, plain ones with the code "", neighbours of one code joined."""
    runs: list[Run] = []
    at = 0
    for run in _RUN.finditer(text):
        for part, code in ((text[at : run.start()], ""), (run[2], _CODES[run[1]])):
            if not part:
                continue
            if runs and (runs[-1].code == code or (part.isspace() and runs[-1].code)):
                runs[-1] = Run(runs[-1].text + part, runs[-1].code)
            else:
                runs.append(Run(part, code))
        at = run.end()
    return [*runs, Run(text[at:], "")] if text[at:] else runs


def counted(runs: list[Run]) -> list[Run]:
    """The same runs; a raised one keeps its code only where it is a mark of a footnote, else it is text."""
    whole = all(run.code == "raised" or run.text.isspace() for run in runs)
    before, kept = "", list[Run]()
    for run in runs:
        if run.code == "raised":
            text = run.text.strip()
            if text.isdecimal() and (_LETTERS.search(before) or _TEN.search(before)):
                run = Run(run.text.translate(_HIGH), "")  # m², ×10⁴
            elif whole or not _SIGNS.fullmatch(text):
                run = Run(run.text, "")
        before += "" if run.code else run.text
        kept.append(run)
    return kept


def says(runs: list[Run]) -> str:
    """What the cell says: the text of the runs that count, without the empty lines that the others leave."""
    text = "".join(run.text for run in runs if not run.code)
    return (_GAPS.sub("\n", text) if any(run.code for run in runs) else text).strip()
