"""The very file that a place names, for programs that write into it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from parsing.errors import Damaged, ReadError
from parsing.formats.containers import archive, locks
from parsing.formats.excel import xlsx
from parsing.formats.word import docx


class Original(NamedTuple):
    """``kind``: what the content is, whatever it is called; "" for everything else."""

    kind: Literal["xlsx", "docx", ""]
    data: bytes


def original(data: bytes, name: str) -> Original:
    """``name`` is the file of a place (``包.zip › 甲.xlsx``). Raises Locked, Damaged, TooLarge."""
    try:
        data = locks.unlocked(archive.member(data, name))
    except ReadError as error:
        raise (error if error.place else error.at(name)) from None
    except Exception as error:  # a file is somebody else's work
        raise Damaged(name) from error
    return Original("xlsx" if xlsx.sniff(data) else "docx" if docx.sniff(data) else "", data)
