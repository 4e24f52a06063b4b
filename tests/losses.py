"""Whether a damaged file lost something without a word.

Silent loss: the name of a project or an indicator that the unharmed file gives is still in the damaged
file as text (as often as in the unharmed one, found by taking tags off, not by our readers; in an .xls by
xlrd, as text that a cell shows), but it is in no text of a project or an indicator any more, and the reading
shows no unread, no repair and no target without a name that was not there before. Text that the damage hid
(a merged cell over it, a sheet off the list) counts too, so each has to be looked at. Where text cannot be
found without a reader (packed streams of a PDF, pictures): ``unjudged``.
"""

from __future__ import annotations

import html
import io
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

import olefile
import xlrd

from parsing.model import Reading

SPACE = re.compile(r"\s+")
STRING = re.compile(rb"<(?:\w+:)?si[ >].*?</(?:\w+:)?si>", re.DOTALL)
SHEET = re.compile(rb'<table:table table:name="([^"]*)".*?</table:table>', re.DOTALL)
SHARED = re.compile(rb'<(?:\w+:)?c\s[^>]*\bt="s"[^>]*>\s*<(?:\w+:)?v>(\d+)</')


@dataclass
class Case:
    """A file unharmed: its reading, and how often its text has each name of a project or an indicator."""

    name: str
    data: bytes
    reading: Reading | None
    names: Counter[str]


def judged(case: Case, data: bytes, reading: Reading) -> tuple[str, str]:
    if case.reading is None:
        return "unjudged", ""
    if bare(reading) == bare(case.reading):
        return "same", ""
    if said(reading) - said(case.reading):
        return "said", ""
    if not case.names:
        return "unjudged", ""
    there, told = visible(data, refused(reading)), plain("\n".join(texts(reading)))
    lost = [one for one, times in case.names.items() if one not in told and there.count(one) >= times]
    return ("silent", " ".join(lost[:3])) if lost else ("other", "")


def named(reading: Reading) -> Iterator[str]:
    """What must not be lost: the names of projects and of indicators."""
    for project in reading.projects:
        yield project.name
        yield from (one.name for one in project.indicators)


def refused(reading: Reading) -> set[str]:
    """The sheets that were too large to be read, which is said of each."""
    large = [one.place.split(" › ") for one in reading.unread if one.code == "too-large"]
    return {place[1] for place in large if len(place) > 1}


def bare(reading: Reading) -> list[tuple[object, ...]]:
    """What a reading says, without where."""
    return [
        (
            *(p.name, p.department, p.unit, p.budget_yuan, p.total_yuan, p.period_goal, p.annual_goal),
            [(i.level1, i.level2, i.name, i.period, i.annual) for i in p.indicators],
            [(e.level1, e.level2) for e in p.empty],
        )
        for p in reading.projects
    ]


def texts(reading: Reading) -> Iterator[str]:
    """Every text that a reading makes something of."""
    for project in reading.projects:
        yield from (project.name, project.department or "", project.unit or "")
        yield from (project.project_type or "", project.level or "")
        yield from (project.period_goal or "", project.annual_goal or "")
        yield from (text for pair in project.extras.items() for text in pair)
        for one in project.indicators:
            yield from (one.level1, one.level2, one.name, one.period or "", one.annual or "")
            yield from (text for pair in one.extras.items() for text in pair)


def said(reading: Reading) -> Counter[tuple[str, ...]]:
    """The troubles and the repairs that a reading shows, and the targets without a name, which the review
    finds fault with."""
    troubles = [(one.code, one.place, one.reason) for one in reading.unread]
    repairs = [(one.code, str(one.place)) for project in reading.projects for one in project.repairs]
    nameless = [
        ("C08", str(one.place))
        for project in reading.projects
        for one in project.indicators
        if not one.name and (one.annual or one.period)
    ]
    return Counter([*troubles, *repairs, *nameless])


def plain(text: str) -> str:
    return SPACE.sub("", text)


def visible(data: bytes, unread: Collection[str] = ()) -> str:
    """The text of a file without its tags and without any white space, as far as it can be had without a
    reader of ours: every guess at the encoding one after the other. Of a workbook only the shared strings
    that its cells show; of one in OpenDocument, nothing of the sheets ``unread``, which is said of each."""
    if data.startswith(b"PK"):
        return "".join(_parts(data, unread))
    if data.startswith(b"%PDF"):
        return ""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        either = data.decode("utf-16-le", "replace") + data[1:].decode("utf-16-le", "replace")
        return _shown(data) or plain(either)
    for encoding in ("utf-8", "utf-16", "gb18030"):
        try:
            return _untagged(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _untagged(data.decode("gb18030", "replace"))


def _shown(data: bytes) -> str:
    """The texts that the cells of an .xls show, as olefile and xlrd see them: its strings stand elsewhere in
    the file, also those that no cell shows any more. "" where they cannot open it."""
    try:
        stream = olefile.OleFileIO(io.BytesIO(data)).openstream("Workbook").read()
        book = xlrd.open_workbook(file_contents=stream, logfile=io.StringIO())
    except Exception:  # both have many ways to fail
        return ""
    return plain("\n".join(str(cell.value) for sheet in book for row in sheet.get_rows() for cell in row))


def _parts(data: bytes, unread: Collection[str]) -> Iterator[str]:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = {one.filename: one for one in archive.infolist() if one.file_size < 8 << 20}
            parts = {name: archive.read(one) for name, one in members.items()}
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, ValueError, EOFError):
        return
    strings = [
        _untagged(one.decode("utf-8", "replace"))
        for one in STRING.findall(
            parts.pop(next((name for name in parts if name.lower().endswith("sharedstrings.xml")), ""), b"")
        )
    ]
    for inside in parts.values():
        for sheet in SHEET.finditer(inside) if unread else ():
            inside = (
                inside.replace(sheet[0], b"") if sheet[1].decode("utf-8", "replace") in unread else inside
            )
        if inside.startswith(b"PK"):
            yield from _parts(inside, unread)
        for number in map(int, SHARED.findall(inside)) if strings else ():
            yield strings[number] if number < len(strings) else ""
            yield "\n"
        yield visible(inside) if not inside.startswith(b"PK") else ""
        yield "\n"


def _untagged(text: str) -> str:
    return plain(html.unescape(re.sub(r"<[^>]*>", "", text)) if "<" in text else text)
