"""Rich text (.rtf, and what old systems export under the name .doc)."""

from __future__ import annotations

from collections.abc import Iterator

from parsing.errors import ReadError
from parsing.formats.word import office
from parsing.grid import Grid


def sniff(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rt")


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """What ``docx`` reads of it once LibreOffice has turned it. Raises Unsupported where it cannot."""
    return office.grids(name, data, ".rtf", "RTF 文档")
