"""The lines above the indicators of a text that lost its table: which labels and values stand in them.

A label that nobody knows is told by its value, and by what stands around the two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from parsing import vocabulary
from parsing.forms.fragments import Fragment, is_head_word, mended, parted
from parsing.forms.parting import GOALS, is_label
from parsing.forms.stacked import is_unknown_label
from parsing.forms.tables import is_counted
from parsing.grid import Row
from parsing.values import understand
from parsing.vocabulary import composition

MOST = 12  # labels of a row over their values
_YEAR = re.compile("[（(].*年度[）)]")


def line(lines: Sequence[Row], at: int, prose: bool = False) -> tuple[list[Fragment], int]:
    """The labels and values of the line at this place, none behind the last; and the line behind it.
    ``prose``: it may be the text of a goal, in which only known words are labels."""
    if at >= len(lines):
        return [], at
    first = lines[at][0]
    if len(lines[at]) == 1 and vocabulary.is_note(first.text):
        return [Fragment(first.text, first.place.row, True)], at + 1
    fragments, end = mended(lines, at, is_head_word)
    return (fragments if prose else _apart(fragments)), end


def field(text: str) -> str:
    """The field of a label, or of one with its value behind a colon; else ""."""
    if label := vocabulary.label(text):
        return label.field
    words, colon, _ = text.replace("：", ":").partition(":")
    label = vocabulary.label(words) if colon else None
    return label.field if label else ""


def is_head(text: str) -> bool:
    """Whether a text stands above the indicators, and is the name of none of them: the year of the table, the
    label of a goal, or of money with its unit."""
    label, named = vocabulary.label(text), field(text)
    if label and named in ("budget", "total"):
        return label.unit is not None
    return named in ("money", *GOALS) or _YEAR.fullmatch(text) is not None


def goes_on(lines: Sequence[Row], text: str, end: int) -> bool:
    """Whether a text that nobody knows may be the rest of the value before it: no label whose own value
    follows in the line at ``end``."""
    below, _ = line(lines, end)
    return not (_may_label(text) and _is_alone(below) and _is_value(below[0].text))


def value_below(lines: Sequence[Row], fragments: list[Fragment], end: int) -> tuple[list[Fragment], int]:
    """The value of a label that nobody knows, where it stands alone in the line at ``end``, and the next word
    of a form follows; else none. And the line behind it."""
    below, after = line(lines, end)
    alone = _is_alone(fragments) and _is_alone(below) and _may_label(fragments[0].text)
    follows, _ = line(lines, after)
    told = _is_known(follows) or (bool(follows) and is_unknown_label(follows[0].text))
    if alone and is_unknown_label(below[0].text):
        told = told and is_unknown_label(fragments[0].text)  # else it is a label of its own
    elif alone:
        told = told or is_unknown_label(fragments[0].text)
    return (below, after) if alone and told else ([], end)


def stacked(lines: Sequence[Row], at: int) -> tuple[list[tuple[Fragment, Fragment]], int]:
    """The labels that stand before all of their values, in a line over that of the values or each in a line
    of its own, from the line at this place on; none where that is not sure. And the line behind them."""
    labels, end = line(lines, at)
    if len(labels) > 1 and all(_is_named(label.text) for label in labels):
        below, after = line(lines, end)
        texts = [one._replace(text=piece) for one in below for piece in one.text.split(" ")]
    else:
        labels, end = _run(lines, at, _is_named)
        texts, after = _run(lines, end, _is_said)
        after -= max(len(texts) - len(labels), 0)
        texts = texts[: len(labels)]
    if len(labels) < 2 or len(texts) != len(labels) or not all(_is_said(text.text) for text in texts):
        return [], at
    pairs = [*zip(labels, texts, strict=True)]
    return (pairs, after) if all(_fits(label.text, text.text) for label, text in pairs) else ([], at)


def _run(lines: Sequence[Row], at: int, knows: Callable[[str], bool]) -> tuple[list[Fragment], int]:
    """The texts of the lines from this place on, each alone in its line, as long as they are of a kind."""
    found: list[Fragment] = []
    while len(found) < MOST:
        fragments, end = line(lines, at)
        if len(fragments) != 1 or not knows(fragments[0].text):
            break
        found += fragments
        at = end
    return found, at


def _is_named(text: str) -> bool:
    label = vocabulary.label(text)
    return label.field not in (*GOALS, "name") if label else is_unknown_label(text)


def _is_said(text: str) -> bool:
    """Whether a text is no word of a form."""
    known = is_head_word(text) or vocabulary.title(text) or vocabulary.is_note(text)
    return not known and field(text) == "" and not is_unknown_label(text)


def _fits(label: str, text: str) -> bool:
    """Whether a text is of the kind that a label asks for."""
    known = vocabulary.label(label)
    fields = {known.field} if known else composition.leans(vocabulary.words(label))
    if fields & {"unit", "department"}:
        return composition.is_body(text)
    return fields.isdisjoint(("budget", "total", "source")) or understand(text).kind == "number"


def _is_known(fragments: list[Fragment]) -> bool:
    """Whether a line begins with a word of a form."""
    return bool(fragments) and (is_head_word(fragments[0].text) or field(fragments[0].text) != "")


def _is_alone(fragments: list[Fragment]) -> bool:
    """Whether a line is one text, and no word of a form, title or year."""
    text = fragments[0].text if len(fragments) == 1 else ""
    return bool(text) and not (_is_known(fragments) or vocabulary.title(text) or vocabulary.year(text))


def _apart(fragments: list[Fragment]) -> list[Fragment]:
    """The fragments of a line, parted where a label that nobody knows stands before its value: at the
    beginning, behind the value of a known label, or alone."""
    found: list[Fragment] = []
    for fragment in fragments:
        pieces = fragment.text.split(" ")
        if pairs := _pairs(pieces):
            found += [
                fragment._replace(text=text, starts=fragment.starts and not k) for k, text in enumerate(pairs)
            ]
            continue
        first = len(pieces) > 2 and not found and _is_pair(pieces[:2])
        if first or (len(pieces) == 2 and len(fragments) == 1 and _may_label(pieces[0])):
            texts = [*pieces[:2], *(parted(" ".join(pieces[2:]), is_head_word) if first else ())]
        elif len(pieces) > 2 and found and _is_value(pieces[0]) and _is_pair(pieces[-2:]):
            texts = [" ".join(pieces[:-2]), *pieces[-2:]]
        else:
            texts = [fragment.text]
        for k, text in enumerate(texts):
            found.append(fragment._replace(text=text, starts=fragment.starts and not k))
    return found


def _pairs(pieces: list[str]) -> list[str]:
    """Labels that nobody knows but by their words, and their values in turn; or such labels alone; else
    none."""
    kinds = [is_unknown_label(piece) for piece in pieces]
    if len(pieces) < 2 or not kinds[0]:
        return []
    turns = all(is_name is not bool(k % 2) for k, is_name in enumerate(kinds))
    return pieces if all(kinds) or (turns and not len(pieces) % 2) else []


def _is_pair(pieces: list[str]) -> bool:
    return _may_label(pieces[0]) and _is_value(pieces[1])


def _may_label(text: str) -> bool:
    """Whether a text that nobody knows may be the label of what follows it."""
    return is_label(text) and not (_is_value(text) or vocabulary.title(text) or vocabulary.is_note(text))


def _is_value(text: str) -> bool:
    """Whether a text is by its kind a value and no label: a number, a date, the name of a body."""
    return is_counted(text) or composition.is_body(text)
