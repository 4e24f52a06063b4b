"""Files in the container of Office 97 (OLE, CFB), told apart by the streams they hold."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from parsing.errors import Damaged, ReadError, TooLarge, Unsupported
from parsing.formats.excel import xls
from parsing.formats.word import doc, office
from parsing.grid import Grid

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIZE = 200 << 20  # bytes
WORD, WORD_97 = 0xA5EC, 0xC0  # the mark of a document; the oldest version with the structure we read
SAVE = "请用 WPS 或 Word 打开后另存为 .docx 再导入；打不开的，请向填报单位要 Word 或 Excel 文件"
COPY = "请打开后复制表格，在导入页粘贴；或向填报单位要 Excel 原件"
OTHERS: tuple[tuple[str, str, str], ...] = (
    ("PowerPoint Document", "旧版演示文稿（.ppt、.dps）", COPY),
    ("MatOST", " Microsoft Works 文档", SAVE),
    ("MN0", " Microsoft Works 文档", SAVE),
    ("WksSSWorkBook", " Microsoft Works 表格", SAVE),
    ("VisioDocument", " Visio 图", COPY),
    ("__properties_version1.0", " Outlook 邮件（.msg）", "请打开邮件，把附件另存后再导入"),
    ("Catalog", "系统的缩略图缓存（Thumbs.db）", "它不是表格，不必导入"),
)


def sniff(data: bytes) -> bool:
    return data.startswith(MAGIC)


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """The Grids of a workbook or a document. Raises what ``xls``, ``doc`` and ``office`` do, and
    Damaged, TooLarge or Unsupported of the container."""
    ole = opened(data)
    for stream in ("Workbook", "Book"):
        if ole.exists(stream):
            return xls.grids(name, content(ole, stream))
    if ole.exists("WordDocument"):
        head = ole.openstream("WordDocument").read(4)
        mark, version = int.from_bytes(head[:2], "little"), int.from_bytes(head[2:], "little")
        if mark == WORD and version >= WORD_97:
            return doc.grids(name, ole)
        return office.grids(name, data, ".doc", "Word 95 或更早的文档")
    raise _other(ole)


def opened(data: bytes) -> Any:
    """An olefile.OleFileIO. Raises Damaged or TooLarge."""
    import olefile

    if len(data) > SIZE:
        raise TooLarge()
    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except Exception:  # its own errors are OSErrors, and it lets others through
        raise Damaged() from None


def content(ole: Any, stream: str) -> bytes:
    data: bytes = ole.openstream(stream).read()
    return data


def _other(ole: Any) -> ReadError:
    if ole.exists("CONTENTS") and content(ole, "CONTENTS").startswith(b"CHNKWKS"):
        return _unsupported(" Microsoft Works 文档", SAVE)
    for stream, kind, remedy in OTHERS:
        if ole.exists(stream):
            return _unsupported(kind, remedy)
    return _unsupported("旧版 Office 格式的文件，里面没有工作簿或文档", SAVE)


def _unsupported(kind: str, remedy: str) -> ReadError:
    return Unsupported(reason=f"这是{kind}，不能直接读取", remedy=remedy)
