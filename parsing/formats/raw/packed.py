"""The one safe door to files that are a zip of XML parts (xlsx; docx, ods and ofd stand on it too).

Sizes are checked before the first byte is unpacked and counted again as bytes pass; a DOCTYPE is
refused, so no entity is ever defined, let alone expanded; nothing is written to disk.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from urllib.parse import unquote
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from parsing.errors import Damaged, Locked, TooLarge, Unsafe, Unsupported

MEMBERS = 2_000
TOTAL = 200 << 20  # bytes, all members unpacked
LARGE = 10 << 20  # bytes; a member above this must not be packed tighter than RATIO
RATIO = 200
TOKEN = 8 << 20  # bytes of one tag: expat before 2.6 scans an unfinished tag again with each chunk
CHUNK = 1 << 18
REMEMBERED = 4 << 20  # bytes of a file whose member names are kept: every format asks for them in turn
MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
BROKEN = (
    *(BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError),
    *(NotImplementedError, RuntimeError, struct.error),
)

_last: tuple[bytes, frozenset[str]] = (b"", frozenset())

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]
Skim = Callable[[bytes], bool]


def names(data: bytes) -> frozenset[str]:
    """Member names of a zip in lower case; empty when ``data`` is no zip or cannot be opened."""
    global _last
    known, members = _last
    if known is not data:
        members = _names(data)
        if len(data) < REMEMBERED:
            _last = data, members
    return members


def _names(data: bytes) -> frozenset[str]:
    try:
        return frozenset(map(_key, opened(data).namelist())) if data.startswith(MAGIC) else frozenset()
    except (Damaged, TooLarge):
        return frozenset()


class Package:
    """A zip whose members may be walked. Names match regardless of case and leading slash.

    Raises Damaged, Locked (a member is encrypted), TooLarge or Unsupported (odd compression).
    """

    def __init__(self, data: bytes) -> None:
        self._zip = opened(data)
        members = self._zip.infolist()
        if len(members) > MEMBERS or sum(member.file_size for member in members) > TOTAL:
            raise TooLarge()
        for member in members:
            if member.flag_bits & 1:
                raise Locked()
            if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise Unsupported(reason="文件用了少见的压缩方式，读不了")
            if member.file_size > LARGE and member.file_size > RATIO * member.compress_size:
                raise TooLarge()
        self._members = {_key(member.filename): member for member in members}
        self._passed = 0

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._members

    def beside(self, part: str, folder: str) -> Iterator[str]:
        """Paths, in lower case, of the members in a folder beside a part, and in none below it."""
        start = _key(posixpath.join(posixpath.dirname(part), folder)) + "/"
        return (f"/{name}" for name in self._members if posixpath.dirname(name) + "/" == start)

    def walk(self, name: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
        """Stream one XML member into the handlers, as ``parse`` does."""
        parse(self.chunks(name), start, end, text)

    def read(self, name: str) -> bytes:
        """A member that is no XML, whole. Raises Damaged, TooLarge."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, counted as they pass. Raises Damaged or TooLarge."""
        try:
            with self._zip.open(self._members[_key(name)]) as stream:
                while chunk := stream.read(CHUNK):
                    self._passed += len(chunk)
                    if self._passed > TOTAL:
                        raise TooLarge()
                    yield chunk
        except BROKEN:  # a name that is not there, too
            raise Damaged() from None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part ("" for the package): id → (last word of the type, path of the target)."""
        folder, base = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        relations: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.join("/", folder, unquote(attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                relations[attributes.get("Id", "")] = kind, posixpath.normpath(target)

        if path in self:
            self.walk(path, start)
        return relations


def parse(
    chunks: Iterable[bytes],
    start: Start,
    end: End | None = None,
    text: Text | None = None,
    *,
    encoding: str | None = None,
    prefixes: bool = False,
    skim: Skim | None = None,
) -> None:
    """Stream XML into the handlers; ``start`` and ``end`` get tags without prefix.

    Only where the root has none are tags passed as written, foreign ones with their prefix: so the
    files of the usual programs pay nothing; with ``prefixes`` they always are. ``encoding`` overrides
    what the XML says of itself. ``skim`` is shown the chunks of XML in UTF-8 that begin between two
    tags; what it says it took is parsed no more. Raises Damaged, Unsafe (a DOCTYPE), TooLarge, and
    whatever a handler raises.
    """
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.CharacterDataHandler = text

    def root(tag: str, attributes: dict[str, str]) -> None:
        strip = ":" in tag and not prefixes
        first = _stripped(start) if strip else start
        parser.StartElementHandler = first
        parser.EndElementHandler = _stripped(end) if strip and end else end
        first(tag, attributes)

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.upper() != "UTF-8":
            unskimmed()

    def unskimmed() -> None:
        nonlocal skim
        skim = None

    parser.StartElementHandler = root
    parser.StartDoctypeDeclHandler = _refuse
    parser.XmlDeclHandler = declared
    parser.StartCdataSectionHandler = unskimmed
    fed = 0
    try:
        for chunk in chunks:
            if skim and parser.CurrentByteIndex == fed and skim(chunk):
                continue
            fed += len(chunk)
            parser.Parse(chunk)
            if fed - parser.CurrentByteIndex > TOKEN:
                raise TooLarge()
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Damaged() from None


def opened(data: bytes) -> ZipFile:
    """The zip, its members unread. Raises Damaged or TooLarge (far too many members)."""
    # ZipFile makes an object of every entry before it can be asked how many there are
    if data.count(b"PK\x01\x02") > 10 * MEMBERS:
        raise TooLarge()
    try:
        return ZipFile(BytesIO(data))
    except BROKEN:
        raise Damaged() from None


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _stripped(handler: Callable[..., None]) -> Callable[..., None]:
    return lambda tag, *attributes: handler(tag.rpartition(":")[2], *attributes)


def _refuse(*_: object) -> None:
    raise Unsafe()
