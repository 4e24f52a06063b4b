"""OpenDocument (.ods, .odt, .odp; .fods, .fodt in one XML): workbooks by sheets, the others as they flow.

The files hold the text that was shown; where a program left it out, the value stands in for it. Rows and
cells that are repeated are so only where they hold something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parsing.errors import EmptyFile, Locked, ReadError, TooLarge
from parsing.formats.odf.odf_body import OdfBody
from parsing.formats.raw import markup, packed
from parsing.formats.raw.packed import Package
from parsing.grid import Grid

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
SIZE = 50 << 20  # bytes of a file in one XML
CHUNK = 1 << 18
FLAT = re.compile(
    r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(\w+:)?document\b[^>]*urn:oasis:names:tc:opendocument", re.DOTALL
)


def sniff(data: bytes) -> bool:
    names = packed.names(data)
    return (CONTENT in names and "uof.xml" not in names) or FLAT.match(markup.head(data)) is not None


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """A Grid for each sheet that holds something; those of a text as ``flow`` makes them.

    A sheet that cannot be read gives a ReadError at ``file › sheet``. Raises Damaged, EmptyFile, Locked,
    TooLarge or Unsafe when it is about the whole file.
    """
    body = OdfBody(name)
    if data.startswith(packed.MAGIC):
        package = Package(data)
        if _locked(package):
            raise Locked()
        package.walk(CONTENT, body.start, body.end, body.text)
    elif len(data) > SIZE:
        raise TooLarge()
    else:
        packed.parse(_chunks(data), body.start, body.end, body.text)
    results = list(body.results())
    if not results:
        raise EmptyFile()
    yield from results


def _chunks(data: bytes) -> Iterable[bytes]:
    return (data[at : at + CHUNK] for at in range(0, len(data), CHUNK))


def _locked(package: Package) -> bool:
    tags: set[str] = set()
    if MANIFEST in package:
        package.walk(MANIFEST, lambda tag, _: tags.add(tag))
    return "encryption-data" in tags
