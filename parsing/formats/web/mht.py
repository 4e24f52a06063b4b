"""Web archives (.mht, .mhtml, what Word and Excel save as a single file): the pages in a MIME message."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge
from parsing.formats.flow import Flow
from parsing.formats.raw import markup
from parsing.formats.raw.unsupported import is_letter
from parsing.formats.web import html
from parsing.grid import Grid

SIZE = 50 << 20  # bytes
PARTS = 2_000
MIME = re.compile(r"(?:[a-z0-9-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*mime-version:")


def sniff(data: bytes) -> bool:
    head = markup.head(data).replace("\r\n", "\n").replace("\r", "\n")
    return MIME.match(head) is not None and not is_letter(head)


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """Grids of each page inside, as ``html`` makes them. Raises Damaged, EmptyFile or TooLarge."""
    if len(data) > SIZE or data.count(b"\n--") > PARTS:
        raise TooLarge()
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n\t "), policy=email.policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise Damaged()
    flow = Flow(name)
    for part in pages:
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            html.read(flow, content, part.get_content_charset("") or "")
            flow.cut()
    results = list(flow.finish())
    if not results:
        raise EmptyFile()
    yield from results
