"""Web pages (.html, .htm, and what report systems export as .xls or .doc), as a browser lays them out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge
from parsing.formats.flow import Flow
from parsing.formats.raw import markup
from parsing.formats.web.html_looks import StyleSheet
from parsing.formats.web.html_page import HtmlPage
from parsing.grid import Grid

SIZE = 16 << 20  # bytes: what can be cut into tags in a few seconds
# What Windows puts before a page that was copied
CLIPBOARD = re.compile(
    r"version:\d\.\d\s+(?:(?:start|end)\w+:-?\d+\s+|sourceurl:[^\r\n]*\s+)++", re.IGNORECASE
)
PAGE = re.compile(
    rf"(?:{CLIPBOARD.pattern})?(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    r"<(!doctype html|(html|head|body|meta|title|table|div|style|script|center|span|font|form|link|p|h[1-6])"
    r"\b)",
    re.DOTALL,
)
SWALLOWED = re.compile(r"</t[dr]\b", re.IGNORECASE)
UNENDED = "这里的格式说明没有结束，后面的一段表格没有读到，其余部分已读取"
UNQUOTED = "这里少了一个引号，后面的一段表格没有读到，其余部分已读取"
CUT = "文件在表格中间断开，后面可能还有内容"


def sniff(data: bytes) -> bool:
    return PAGE.match(markup.head(data)) is not None


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """Grids of the page (see ``flow``). Raises EmptyFile or TooLarge."""
    flow = Flow(name)
    read(flow, data)
    results = list(flow.finish())
    if not results:
        raise EmptyFile()
    yield from results


def read(flow: Flow, data: bytes, encoding: str = "") -> None:
    """One page into a Flow; ``encoding``: the one named outside the page. Raises TooLarge."""
    if len(data) > SIZE:
        raise TooLarge()
    page = HtmlPage(flow)
    text = markup.decode(data, encoding)
    sheet = StyleSheet(text)
    copied = CLIPBOARD.match(text)
    for piece in markup.cut(text[copied.end() :] if copied else text):
        if isinstance(piece, str):
            page.text(piece)
        elif piece.closes:
            page.close(piece.name)
        else:
            page.open(sheet.styled(piece))
        if isinstance(piece, markup.Tag) and "<" in piece.inside and SWALLOWED.search(piece.inside):
            flow.say(Damaged(reason=UNQUOTED))
    if any(map(SWALLOWED.search, sheet.sheets)):
        flow.say(Damaged(reason=UNENDED))
    if page.is_open and _is_cut(text.lower()):
        flow.say(Damaged(reason=CUT))
        flow.end_early()
    page.end()


def _is_cut(text: str) -> bool:
    """Whether a page, by a program that closes its rows, has no end."""
    return -1 < text.find("<html") < text.find("</tr") and "</html" not in text
