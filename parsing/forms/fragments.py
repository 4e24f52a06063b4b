"""A line of a text that lost its table, in fragments: what the words of forms in it part from each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from parsing import vocabulary
from parsing.forms.align import VALUES
from parsing.grid import Row

MOST = 8  # fragments that a word of a form may be broken into: 年|度|总|体|目|标
LONGEST_TITLE = 20  # characters of the title of a column
SHORT, LONGEST = 6, 8  # characters of such a fragment, and where the whole is a word of forms
LONGEST_LEVEL = 8  # characters of a category that nobody knows: 创新指标
LEVELS = {"level1": "一级指标", "level2": "二级指标"}
_POINTS = re.compile(r"[(（]?\d*\.?\d*分?[)）]?$")
_UNIT = re.compile(r"[(（]\s*(?:单位[:：])?\s*万?元\s*[)）]")
_BLANKS = re.compile(r"\s+")
_SPACED = re.compile(r"(?<!\S)(?:[\u4e00-\u9fff]\s+){2,}[\u4e00-\u9fff](?!\S)")  # 项 目 名 称
_JUSTIFIED = re.compile(r"(?<!\S)[\u4e00-\u9fff]\s+[\u4e00-\u9fff](?!\S)")  # 定 期, stretched over its column
_BOX = re.compile("[□☐☑☒√■]")

Knows = Callable[[str], bool]


class Fragment(NamedTuple):
    """``line``: that of its row in the text, ``own``: its own; ``starts``: it stands first in its line, or in
    a cell of it; ``is_full``: its line is stretched over the column, as all but the last of a cell are."""

    text: str
    line: int
    starts: bool
    is_full: bool = False
    own: int = 0


def is_level(text: str) -> bool:
    """Whether the text is a category of indicators, and no name of one: it ends with 指标."""
    words = _POINTS.sub("", vocabulary.plain(text))
    if not words.endswith(("指标", "目标")) or vocabulary.is_block(text) or vocabulary.role(text):
        return False
    return bool(vocabulary.level1(text) or vocabulary.slot(text)) or len(words) <= LONGEST_LEVEL


def names_column(text: str) -> bool:
    return bool(vocabulary.role(text)) or vocabulary.is_block(text)


def is_prose(word: str) -> bool:
    """Whether a word is no title of a column: it is too long, or has the signs of a sentence."""
    return len(word) > LONGEST_TITLE or not {*"，。；"}.isdisjoint(word)


def is_word(text: str) -> bool:
    """Whether the head of a table prints the text."""
    return vocabulary.label(text) is not None or names_column(text) or is_level(text)


def is_head_word(text: str) -> bool:
    """Whether a line above the indicators prints the text: a goal that nobody knows is no category there."""
    told = vocabulary.label(text) or names_column(text) or vocabulary.level1(text) or vocabulary.slot(text)
    return is_word(text) and (bool(told) or not text.endswith("目标"))


def split(row: Row, knows: Knows) -> list[Fragment]:
    """The cells of a line, parted further where they begin with a word that is known, or hold two; what lies
    between such words stays together."""
    fragments: list[Fragment] = []
    for cell in row:
        is_full = len(row) == 1 and _JUSTIFIED.search(cell.text) is not None
        for at, text in enumerate(parted(cell.text, knows)):
            if fragments and _UNIT.fullmatch(text):  # of the label before it
                fragments[-1] = fragments[-1]._replace(text=fragments[-1].text + text)
            else:
                fragments.append(Fragment(text, row[0].place.row, at == 0, is_full, cell.place.row))
    return fragments


def parted(text: str, knows: Knows) -> list[str]:
    """The text, or its pieces where it begins with a word that is known, or holds two."""
    pieces = _BLANKS.split(_SPACED.sub(lambda word: "".join(word[0].split()), text.strip()))
    if len(pieces) == 1:
        return pieces
    if _BOX.search(text):  # what may be ticked is no label, whatever it says
        first = joined(pieces, 0, knows)
        return ["".join(pieces[:first]), " ".join(pieces[first:])] if 0 < first < len(pieces) else [text]
    found: list[tuple[bool, str]] = []
    at = 0
    while at < len(pieces):
        end = joined(pieces, at, knows)
        if end:
            found.append((True, "".join(pieces[at:end])))
        elif found and not found[-1][0] and not _UNIT.fullmatch(found[-1][1]):
            found[-1] = (False, f"{found[-1][1]} {pieces[at]}")
        else:
            found.append((False, pieces[at]))
        at = end or at + 1
    known = sum(is_known for is_known, _ in found) + (_UNIT.match(text) is not None)
    return [text for _, text in found] if known > 1 or found[0][0] else [text]


def joined(pieces: Sequence[str], at: int, knows: Knows) -> int:
    """Where the word ends that begins with the piece at this place, broken or not; 0 where none begins."""
    best, whole, title = 0, "", None
    for end in range(at, min(len(pieces), at + MOST)):
        piece = pieces[end]
        unit = _UNIT.fullmatch(piece)
        whole += piece
        printed = is_printed(whole) and knows(whole)
        long = max(len(piece), len(pieces[at])) > (LONGEST if printed else SHORT) or pieces[at].isdigit()
        if end > at and not unit and (long or (len(whole) > SHORT and knows(piece) and is_printed(piece))):
            break  # a word of its own
        if printed or (end == at and knows(whole)):
            role = vocabulary.role(whole)
            if title and role and role != title:  # 实施周期指标值 goes on with 当年度指标值
                break
            best, title = end + 1, role
    return best


def is_printed(text: str) -> bool:
    """Whether forms are known to print the text."""
    found = vocabulary.label(text), vocabulary.role(text), vocabulary.level1(text), vocabulary.slot(text)
    return any(found) or vocabulary.is_block(text)


def mended(lines: Sequence[Row], at: int, knows: Knows) -> tuple[list[Fragment], int]:
    """The fragments of the line at this place, with those of the lines below that a word broken over narrow
    lines takes in; and the line behind them."""
    fragments, end = split(lines[at], knows), at + 1
    while end < len(lines):
        below = [split(line, knows) for line in lines[end : end + MOST]]
        texts = [fragments[-1].text, *(fragment.text for line in below for fragment in line)][: MOST + 1]
        count = joined(texts, 0, knows)
        if count < 2:
            break
        fragments[-1] = fragments[-1]._replace(text="".join(texts[:count]))
        for line in below:
            end += 1
            if len(line) >= count - 1:
                fragments += line[count - 1 :]
                break
            count -= len(line)
    return fragments, end


def titles_of(fragment: Fragment) -> list[Fragment]:
    """The titles in a fragment: those that nobody knows stand together in it, with blanks between."""
    pieces = fragment.text.split(" ")
    if len(pieces) == 1 or names_column(fragment.text) or any(len(piece) == 1 for piece in pieces):
        return [fragment]
    return [fragment._replace(text=piece, starts=fragment.starts and not k) for k, piece in enumerate(pieces)]


def readings_of(titles: list[str]) -> Iterator[list[str]]:
    """The titles, then each way to take one that nobody knows for that of the level that is lacking."""
    yield titles
    roles = [vocabulary.role(title) for title in titles]
    for level, title in LEVELS.items():
        for k, role in enumerate(roles) if level not in roles else ():
            if role is None and not vocabulary.is_block(titles[k]):
                yield [*titles[:k], title, *titles[k + 1 :]]


def is_beyond(titles: list[Fragment]) -> bool:
    """Whether the titles are those of a list, or of several rows, one over the other: where cells are merged
    there, nobody can tell its columns apart."""
    roles = [vocabulary.role(title.text) for title in titles]
    halves = roles.count("name")
    crowded = any(roles.count(role) > halves for role in (*LEVELS, *VALUES))
    listed = any(vocabulary.is_name(word) for title in titles for word in title.text.split())
    return listed or crowded or roles.count("level1") > 1 or "before" in roles


def is_again(titles: list[Fragment], before: list[Fragment]) -> bool:
    """Whether titles are those ``before`` once more, without the word beside the grid."""
    same = [title.text for title in titles] == [title.text for title in before[1:]]
    return same and vocabulary.is_block(before[0].text)
