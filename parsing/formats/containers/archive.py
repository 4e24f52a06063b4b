"""Archives (.zip) of files: each member is a file of its own, called ``包.zip › 甲.xlsx``.

Nothing is unpacked to disk, and names are only shown; what programs leave beside the files is passed over.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge, Unsupported
from parsing.formats import odf
from parsing.formats.containers import zip_locks
from parsing.formats.excel import xlsx
from parsing.formats.paged import ofd
from parsing.formats.raw import packed, unsupported
from parsing.formats.word import docx
from parsing.printable import readable

DEPTH = 2  # an archive in an archive, but none inside that
MEMBER = 64 << 20  # bytes of one file, unpacked
PARTS = {"[content_types].xml", "mimetype"}  # of formats that we do not read, too
LITTER = ("~$", ".", "__MACOSX", "README", "Thumbs.db", "desktop.ini")  # what folders hold beside tables
TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # of the direction, to hide how a name ends


@dataclass
class _Left:
    """How much more of the outermost archive may be unpacked."""

    bytes: int = packed.TOTAL
    members: int = packed.MEMBERS


def is_archive(data: bytes) -> bool:
    """Whether ``data`` is a zip of files, and not a file of an office program, which is a zip of parts."""
    names = packed.names(data)
    if not names:
        return data.startswith(b"PK\x05\x06")  # it is empty
    known = any(reader.sniff(data) for reader in (xlsx, docx, odf, ofd))
    return not known and names.isdisjoint(PARTS | unsupported.FOREIGN)


def members(name: str, data: bytes, password: str | None = None) -> Iterator[tuple[str, bytes | ReadError]]:
    """(name, bytes) of each file inside, in order, those of archives inside too; a file that cannot be
    unpacked comes with its ReadError. Raises Damaged or TooLarge when nothing can be."""
    yield from _members(name, data, DEPTH, _Left(), password)


def member(data: bytes, name: str, password: str | None = None) -> bytes:
    """The file that a place calls ``name``; of no archive, ``data`` itself. Raises Damaged where there is no
    such file, TooLarge, and what is wrong with it."""
    if not is_archive(data):
        return data
    outer = name.partition(" › ")[0]
    for place, inside in members(outer, data, password):
        if place == name:
            if isinstance(inside, ReadError):
                raise inside
            return inside
    raise Damaged(name, "压缩包里没有找到这个文件", "请看旁边的表格，或用原来的程序打开文件")


def _members(
    name: str, data: bytes, depth: int, left: _Left, password: str | None = None
) -> Iterator[tuple[str, bytes | ReadError]]:
    archive = packed.opened(data)
    for member in archive.infolist():
        path = _path(member)
        if not path or member.is_dir() or any(part.startswith(LITTER) for part in path.split("/")):
            continue
        place = f"{name} › {path}"
        left.members -= 1
        if left.members < 0:
            yield place, TooLarge(place, f"压缩包里的文件超过{packed.MEMBERS}个，从这个文件起没有读取")
            return
        try:
            inside = _unpacked(archive, member, left, password)
            if not is_archive(inside):
                yield place, inside
            elif depth > 1:
                holds_any = False
                for pair in _members(place, inside, depth - 1, left, password):
                    holds_any = True
                    yield pair
                if not holds_any:
                    yield place, EmptyFile(place, "压缩包里没有文件")
            else:
                yield (
                    place,
                    Unsupported(place, "压缩包套了太多层，没有继续解压", "请先解压，再把里面的文件导入"),
                )
        except ReadError as error:
            yield place, error.at(place)


def _unpacked(archive: ZipFile, member: ZipInfo, left: _Left, password: str | None) -> bytes:
    locked = bool(member.flag_bits & 1)
    if not locked and member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Unsupported(reason="压缩包用了少见的压缩方式，读不了", remedy="请先解压，再把里面的文件导入")
    if member.file_size > MEMBER:
        raise TooLarge(reason=f"压缩包里的这个文件解压后超过 {MEMBER >> 20} 兆，没有读取")
    if member.file_size > left.bytes:
        raise TooLarge()
    if member.file_size > packed.LARGE and member.file_size > packed.RATIO * member.compress_size:
        raise TooLarge()
    left.bytes -= member.file_size
    try:
        return zip_locks.read(archive, member, password) if locked else archive.read(member)
    except packed.BROKEN:
        raise Damaged() from None


def _path(member: ZipInfo) -> str:
    """The name as it was meant: programs that do not mark it as UTF-8 write UTF-8 or, in China, GBK."""
    path = member.filename
    if not member.flag_bits & 0x800:
        raw = path.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                path = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    path = posixpath.normpath("/" + TURNS.sub("", readable(path)).replace("\\", "/"))
    return path.lstrip("/")
