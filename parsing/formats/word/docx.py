"""Word documents (.docx, .docm, what WPS saves under these names, strict OOXML), as Word shows them.

Deleted text is gone, inserted text stays, moved text stands where it went; a field shows its result; what
is hidden and the grey prompt of an empty content control are left out; controls are looked through,
wherever they stand. Text boxes come after the document, and so do web pages put inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge, Unsupported
from parsing.formats.flow import Flow
from parsing.formats.raw import packed
from parsing.formats.raw.packed import Package
from parsing.formats.web import html, mht
from parsing.formats.word.docx_body import OFF, DocxBody, attribute
from parsing.grid import Cell, Grid, Place
from parsing.return_manifest import PART

LOOKING = {"vanish": "unseen", "strike": "struck", "dstrike": "struck"}
STYLED = re.compile(b"vanish|strike")
DOCUMENT = re.compile(r"word/document\d*\.xml")
ASIDE = "文本框"
TAGS = 20_000_000  # those that open and those that close
# Most of the XML says how things look; what says nothing else is taken out before it is parsed, which
# halves the time. What is cut in two by the end of a chunk stays, and so does every other way to write it.
LOOKS = re.compile(
    rb"<w:(?:(?:tcW|vAlign|shd|proofErr|bookmarkStart|bookmarkEnd|lastRenderedPageBreak|trHeight)\b[^<>]*+(?<=/)>"
    rb"|(rPr|tcBorders|tblBorders|tcMar|pBdr|tabs|numPr)>(?>(?:<w:(?!vanish|del|moveFrom|d?strike|vertAlign)[^<>]*+(?<=/)>)*)</w:\1>)"
)
PARAGRAPH_LOOKS = re.compile(rb"<w:pPr>(?>(?:<w:(?!del|moveFrom)[^<>]*+(?<=/)>)*)</w:pPr>")
# Of the rest, most are paragraphs of one run of text, or of many that were alike but for their looks.
RUN = rb"<w:r(?: [^<>]*+)?+(?<!/)><w:t(?: [^<>]*+)?+(?<!/)>"
NEXT = re.compile(rb"</w:t></w:r>" + RUN)
PLAIN = re.compile(
    rb"<w:p(?: [^<>]*+)?+(?<!/)>%b([^<]*+(?>(?:%b[^<]*+)*))</w:t></w:r></w:p>" % (RUN, NEXT.pattern)
)


def sniff(data: bytes) -> bool:
    return any(DOCUMENT.fullmatch(name) for name in packed.names(data))


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """Grids of the text with its tables (see ``flow``), and of what stands outside it.

    Raises Damaged, EmptyFile, Locked, TooLarge or Unsafe.
    """
    package = Package(data)
    main = next((path for kind, path in package.relations("").values() if kind == "officeDocument"), "")
    main = main if main in package else "/word/document.xml"
    flow, aside = Flow(name), Flow(name, ASIDE)
    styles = _styles(package, main)
    body = DocxBody(flow, aside, styles)
    packed.parse(_chunks(package, main, whole=bool(styles)), body.start, body.end, body.text, prefixes=True)
    results = [*flow.finish(), *aside.finish()]
    yield from results
    if body.words.stray:
        yield Damaged(name, "文档里有文字不在任何段落里，打开时看不到，没有读取")
    relations = package.relations(main) if body.chunks else {}
    for chunk in body.chunks:
        results = list(_inside(name, package, relations.get(chunk, ("", ""))[1])) or results
        yield from results
    if not results:
        raise EmptyFile()
    yield from _manifests(name, package, main)


def _styles(package: Package, main: str) -> dict[str, str]:
    """The styles of letters that hide text ("unseen") or strike it out ("struck")."""
    path = next((path for kind, path in package.relations(main).values() if kind == "styles"), "")
    codes: dict[str, str] = {}
    name = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if tag == "style":
            letters = attribute(attributes, "type") == "character"
            name = attribute(attributes, "styleId") if letters else ""
        elif name and tag in LOOKING and attribute(attributes, "val") not in OFF:
            codes[name] = LOOKING[tag]

    with suppress(ReadError):  # without its styles a document shows its text all the same
        if path in package and STYLED.search(package.read(path)):
            package.walk(path, start)
    return codes


def _chunks(package: Package, path: str, whole: bool) -> Iterator[bytes]:
    """The parts of the text, ``whole`` or without what looks alike. Raises TooLarge when there are too many
    tags, and what Package does."""
    tags = 0
    for chunk in package.chunks(path):
        tags += chunk.count(b"<")
        if tags > TAGS:
            raise TooLarge()
        yield chunk if whole else shortened(chunk)


def shortened(xml: bytes) -> bytes:
    """The same text without its looks, and a paragraph of plain runs as one element of our own."""
    xml = PARAGRAPH_LOOKS.sub(b"", LOOKS.sub(b"", xml)).replace(b"<w:tcPr></w:tcPr>", b"")
    pieces = PLAIN.split(xml)
    pieces[1::2] = [b"<w:plain>%b</w:plain>" % NEXT.sub(b"", text) for text in pieces[1::2]]
    return b"".join(pieces)


def _manifests(name: str, package: Package, main: str) -> Iterator[Grid]:
    """What a document that was given back carries for programs, each as the one cell of a Grid."""
    for kind, path in package.relations(main).values():
        if kind == "customXml" and (text := _manifest(package, path)):
            yield Grid(name, PART, ((Cell(text, Place(name, PART, 1, 1, "A1")),),))


def _manifest(package: Package, path: str) -> str:
    """The text of the part, where it is a manifest."""
    roots: list[str] = []
    pieces: list[str] = []
    with suppress(ReadError):  # any program may put there whatever it likes
        package.walk(path, lambda tag, _: roots.append(tag), None, pieces.append)
    return "".join(pieces) if roots == [PART] else ""


def _inside(name: str, package: Package, path: str) -> Iterator[Grid | ReadError]:
    """A file put into the text, which Word would show as part of it (report programs write such)."""
    try:
        data = package.read(path)
        reader = next((reader for reader in (mht, html) if reader.sniff(data)), None)
        if reader is None:
            raise Unsupported(reason="文档里嵌入了另一个文件，没有读取")
        yield from reader.grids(name, data)
    except ReadError as error:
        yield error.at(name)
