"""Bytes → Grids. The content decides what a file is, never its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from types import ModuleType

from parsing.errors import Damaged, EmptyFile, ReadError, Unsupported
from parsing.formats import odf, text
from parsing.formats.characters.cleaning import cleaned, cleaned_error
from parsing.formats.containers import archive, compound, locks
from parsing.formats.excel import spreadsheetml, xls, xlsx
from parsing.formats.paged import ofd, pdf, picture
from parsing.formats.raw.unsupported import elsewhere, link, stranger
from parsing.formats.web import html, mht
from parsing.formats.word import docx, rtf
from parsing.grid import Grid

# Each has sniff(data) -> bool and grids(name, data) -> Iterator[Grid | ReadError]. Text comes last:
# it takes whatever reads as text.
FORMATS: tuple[ModuleType, ...] = (
    *(xlsx, docx, odf, compound, xls, pdf, ofd, picture, rtf),
    *(spreadsheetml, mht, html, text),
)


def grids(name: str, data: bytes, password: str | None = None) -> Iterator[Grid | ReadError]:
    """The sheets of one file, in its order; ``name`` goes into every place; ``password`` opens a lock.

    Trouble with one sheet is yielded in its turn, with the place ``file › sheet``, and the others
    still come. Trouble with the file is raised, as some ReadError and nothing else.
    """
    try:
        data = locks.unlocked(data, password)
        for result in _reader(data).grids(name, data):
            yield cleaned(result) if isinstance(result, Grid) else cleaned_error(result)
    except ReadError as error:
        trouble = (elsewhere(data) if isinstance(error, EmptyFile) else None) or error
        raise cleaned_error(trouble if trouble.place else trouble.at(name)) from None
    except Exception as error:  # a file is somebody else's work: whatever it breaks, the app goes on
        raise Damaged(name) from error


def is_slow(data: bytes, password: str | None = None) -> bool:
    """Whether the file holds pictures whose text must be recognised, which takes seconds a page."""
    if archive.is_archive(data):
        with suppress(ReadError):
            inside = (member for _, member in archive.members("", data, password))
            return any(isinstance(member, bytes) and is_slow(member, password) for member in inside)
    return picture.sniff(data) or (pdf.sniff(data) and pdf.is_slow(data, password))


def _reader(data: bytes) -> ModuleType:
    if not data:
        raise EmptyFile()
    if alias := link(data):
        raise alias
    for reader in FORMATS:
        if reader.sniff(data):
            return reader
    raise stranger(data) or Unsupported()
