"""Rows of a worksheet as the usual programs write them, read by one pattern.

Handlers are called a million times for a sheet, so expat gets it without these rows. The pattern allows
nothing that expat would refuse or that has another meaning; a piece in which there is any such thing
goes to expat whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter

# (?>(?:…)*) and not (?:…)*+: in Python 3.11.2 that forgets to go back where a round fails in its middle.
_CHAR = r" !#-%'-;=?-~\u00a0-\ud7ff\ue000-\ufffd"  # that attributes may hold
# References to the characters that XML keeps for itself, and to others that it surely allows
_NUMBER = r"1[6-9]\d|[2-9]\d\d|[1-9]\d{3}|[1-4]\d{4}|5[0-4]\d{3}|6[0-4]\d{3}|65[0-4]\d\d"
_REFERENCE = rf"&(?:amp|lt|gt|quot|apos|#(?:{_NUMBER}));"
_TEXT = rf'["\t\n{_CHAR}]*+(?>(?:{_REFERENCE}["\t\n{_CHAR}]*+)*)'
_FORMULA = (
    r'<f(?: aca="\w++")?+(?: t="\w++")?+(?: ref="[A-Z0-9:]++")?+(?: si="\d++")?+'
    rf"(?: ?/>|>{_TEXT}</f>)"
)
_INLINE = rf'<is><t(?: xml:space="preserve")?+>({_TEXT})</t></is>'
# Cells with nothing but a format; then more cells, or the end of the row and more rows or nothing
_NEXT = r"[ \t\r\n]*+(?=<row |\Z)"
_REST = rf'(?>(?:<c r="[A-Z0-9]++"(?: s="\d++")?+(?: t="n")?+ ?/>)*)(?:(?=<c )|</row>{_NEXT})'
_TOKEN = re.compile(
    r'(<c r="([A-Z0-9]++)"(?: s="(\d++)")?+(?: t="(\w++)")?+>'
    rf"({_FORMULA})?+(?:<v>({_TEXT})</v>|<v ?/>|{_INLINE})?+</c>{_REST}"
    rf'|<row r="(\d{{1,7}})"((?>(?: [a-zA-Z0-9:]++="[{_CHAR}]*+")*))(?: ?/>{_NEXT}|>{_REST}))',
    re.ASCII,
)
_STRING = re.compile(rf'(<si><t(?: xml:space="preserve")?+>({_TEXT})</t></si>)', re.ASCII)
_MARKS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NAMED = re.compile("&(?:#([0-9]+)|([a-z]+));")
_HIDDEN = re.compile(' hidden="(?:1|true)"')
_NAME = re.compile(r' ([a-zA-Z0-9:]++)="')
_WRITTEN = '<mergeCell ref="%s"/>'
_AREA = re.compile(_WRITTEN % "([A-Z0-9:]++)")
_ALL = itemgetter(0)
Token = tuple[str, str, str, str, str, str, str, str, str]


def pieces(chunks: Iterable[bytes], opens: bytes = b"<row ", closes: bytes = b"</row>") -> Iterator[bytes]:
    """The same bytes, cut so that whole rows, and merged areas, stand in pieces of their own; or whatever
    else begins and ends with these tags."""
    rest = b""
    for chunk in chunks:
        chunk = rest + chunk
        first, last = chunk.find(opens), chunk.rfind(closes)
        if not 0 <= first < last:  # nothing is kept back: a chunk without rows may go on for ever
            rest = b""
            yield chunk
            continue
        end = last + len(closes)
        yield chunk[:first]
        yield chunk[first:end]
        rest = chunk[end:]
    first, last = rest.find(b"<mergeCell "), rest.find(b"</mergeCells>")
    if 0 <= first < last:
        yield rest[:first]
        yield rest[first:last]
        rest = rest[last:]
    yield rest


def tokens(piece: bytes) -> list[Token] | None:
    """The piece as (all of it, cell, style, type, formula, value, text, row number, attributes), a token
    for each cell that holds something and each start of a row, "" for what is not there; None where the
    pattern does not know every byte of the piece, which is in UTF-8. Value and text are as written, see
    ``unescaped``; so are the attributes, see ``is_sound``."""
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return None
    tokens: list[Token] = _TOKEN.findall(text)
    return tokens if "".join(map(_ALL, tokens)) == text else None


def strings(piece: bytes) -> list[str] | None:
    """The shared strings of a piece in which there is nothing else, as written, see ``unescaped``; None where
    one of them has more than a text: changes of type, a phonetic reading."""
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return None
    pairs: list[tuple[str, str]] = _STRING.findall(text)
    return [string for _, string in pairs] if "".join(map(_ALL, pairs)) == text else None


def areas(piece: bytes) -> list[str] | None:
    """The merged areas of a piece in which there is nothing else."""
    refs = _AREA.findall(text := piece.decode("latin-1").replace('" />', '"/>'))
    return refs if "".join(map(_WRITTEN.__mod__, refs)) == text else None


def unescaped(text: str) -> str:
    """A text with the characters that its references stand for."""
    return _NAMED.sub(lambda match: chr(int(match[1])) if match[1] else _MARKS[match[2]], text)


@lru_cache(1 << 10)
def is_sound(attributes: str) -> bool:
    """Whether each attribute of a row stands once."""
    names = ["r", *_NAME.findall(attributes)]
    return len(set(names)) == len(names)


def is_hidden(attributes: str) -> bool:
    """Whether a row with these attributes is not shown."""
    return _HIDDEN.search(attributes) is not None
