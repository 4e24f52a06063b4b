"""Writing a list of changes into the department's own file, or into a new one: in a process apart, as the
file may be made to hurt.

What a file is decides how it is marked, not what it is called.
"""

from __future__ import annotations

import io
import logging
from typing import NamedTuple
from zipfile import ZipFile

from dashboard.exports.marked.changes import JSON, ChangeList
from parsing import ReadError, original

logger = logging.getLogger("dashboard")
MOST = 40 << 20  # bytes, unpacked, of a file that is written into: openpyxl takes fifty times as much
LOCKED = "原文件设有打开密码，系统不保存密码，无法直接标注"
LARGE = "原文件太大，无法直接标注"
TOO_MUCH = "标注原文件用掉的时间或内存超过上限，无法直接标注"
FOREIGN = "原文件不是 Excel 工作簿或 Word 文档，无法直接标注"
ODD = "原文件的格式无法直接标注"
COPIED = "；这里是读出的内容，请按清单修改原文件，或直接在这里修改后报送。"
ONLY = "；这里只有清单，请按清单修改原文件后报送。"


class Marked(NamedTuple):
    """``ending``: of the name of the file; ``why``: nothing, or why the original could not be marked."""

    ending: str
    why: str
    data: bytes

    def packed(self) -> bytes:
        return f"{self.ending}\n{self.why}\n".encode() + self.data

    @classmethod
    def unpacked(cls, answer: bytes) -> Marked:
        """Raises ValueError."""
        ending, why, data = answer.split(b"\n", 2)
        return cls(ending.decode(), why.decode(), data)


def mark(data: bytes, name: str, changes: ChangeList) -> Marked:
    """``data``: the upload as it came in; ``name``: the file of the projects' places, in it. Raises
    MemoryError alone, whatever the file is."""
    try:
        own = original(data, name)
    except ReadError as error:
        return fresh(changes, LOCKED if error.code in ("locked", "wrong-password") else ODD)
    why = FOREIGN if not own.kind else LARGE if _size(own.data) > MOST else ODD
    if why == ODD:
        try:
            return _document(own.data, changes) if own.kind == "docx" else _workbook(own.data, changes)
        except MemoryError:
            raise
        except Exception:  # files that we read and that the libraries which write cannot open
            logger.warning("退回修改单：不能直接标注 %s", name, exc_info=True)
    return _document(None, changes, why) if own.kind == "docx" else fresh(changes, why)


def fresh(changes: ChangeList, why: str) -> Marked:
    """A new workbook: the list, and the cells that were read, where there are any."""
    from dashboard.exports.marked.fresh import copied
    from dashboard.exports.marked.mark_workbook import written

    remark = why + (COPIED if changes.tables else ONLY)
    return Marked(".xlsx", why, written(copied(changes.tables), changes, remark))


def task(data: bytes, name: str, changes: str, why: str) -> list[bytes]:
    """``mark`` for a process that serves it, or, where ``why`` the original is left alone is known,
    ``fresh``."""
    listed = JSON.validate_json(changes)
    return [(fresh(listed, why) if why else mark(data, name, listed)).packed()]


def macros(data: bytes) -> bool:
    """Whether a workbook has any: its name must say so, or Excel does not open it."""
    with ZipFile(io.BytesIO(data)) as package:
        return any(name.lower().endswith("vbaproject.bin") for name in package.namelist())


def _workbook(data: bytes, changes: ChangeList) -> Marked:
    from dashboard.exports.marked.lost import lost
    from dashboard.exports.marked.mark_workbook import opened, written

    gone, lively = "、".join(lost(data)), macros(data)
    remark = f"注意：原文件里的{gone}没有带过来，请以原文件为准。" if gone else ""
    return Marked(".xlsm" if lively else ".xlsx", "", written(opened(data, lively), changes, remark))


def _document(data: bytes | None, changes: ChangeList, why: str = "") -> Marked:
    """``data``: None for a new document with the list alone."""
    from dashboard.exports.marked.mark_document import written

    return Marked(".docx", why, written(data, changes, why and why + ONLY))


def _size(data: bytes) -> int:
    with ZipFile(io.BytesIO(data)) as package:
        return sum(one.file_size for one in package.infolist())
