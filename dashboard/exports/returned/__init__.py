"""退回修改单: the department's own file with its cells marked, and a list of what to change in it.

What it is decides how it is marked, not what it is called; what cannot be written into gives a new workbook
of the cells that were read, and says so.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Sequence
from datetime import date
from zipfile import ZipFile

from dashboard.exports.returned.index import Entry, Over, Reviewed, entries, told
from dashboard.points import Slip, points
from dashboard.points import written as said
from parsing import ReadError, Standard, original

logger = logging.getLogger("dashboard")
MOST = 40 << 20  # bytes, unpacked, of a file that is written into: openpyxl takes fifty times as much
LOCKED = "原文件设有打开密码，系统不保存密码，无法直接标注；"
LARGE = "原文件太大，无法直接标注；"
FOREIGN = "原文件不是 Excel 工作簿或 Word 文档，无法直接标注；"
ODD = "原文件的格式无法直接标注；"
FRESH = "这里是读出的内容，请按清单修改原文件，或直接在这里修改后报送。"

ONLY = "这里只有清单，请按清单修改原文件后报送。"
Telling = Callable[[str], Over]  # a remark → what stands over and under the list


def ending(data: bytes, file: str) -> str:
    """What the name of the returned file ends with; arguments as for :func:`returned`."""
    try:
        own = original(data, file)
    except ReadError:
        return ".xlsx"
    return ".docx" if own.kind == "docx" else ".xlsm" if own.kind == "xlsx" and macros(own.data) else ".xlsx"


def returned(
    data: bytes,
    file: str,
    projects: Sequence[Reviewed],
    standard: Standard,
    made: date,
    before: Slip | None = None,
) -> bytes:
    """``data``: the upload as it came in; ``file``: the file of the projects' places, in it; ``before``: the
    slip that it carried. Raises nothing, whatever the file is."""
    found = entries(projects, before)
    asked = tuple(one for project, findings in projects for one in points(project, findings))
    text = said(Slip(made.isoformat(), standard.name, asked))

    def over(remark: str) -> Over:
        return told(found, standard.title, made.isoformat(), text, remark)

    try:
        own = original(data, file)
    except ReadError as error:
        why = LOCKED if error.code in ("locked", "wrong-password") else ODD
        return _fresh(projects, found, over(why + FRESH), text)
    why = FOREIGN if not own.kind else LARGE if _size(own.data) > MOST else ODD
    try:
        if why == ODD:
            return (_document if own.kind == "docx" else _workbook)(own.data, found, over, text)
    except Exception:  # files that we read and that the libraries which write cannot open
        logger.warning("退回修改单：不能直接标注 %s", file, exc_info=True)
    if own.kind == "docx":
        return _document(None, found, lambda _: over(why + ONLY), text)
    return _fresh(projects, found, over(why + FRESH), text)


def macros(data: bytes) -> bool:
    """Whether a workbook has any: its name must say so, or Excel does not open it."""
    with ZipFile(io.BytesIO(data)) as package:
        return any(name.lower().endswith("vbaproject.bin") for name in package.namelist())


def _workbook(data: bytes, found: Sequence[Entry], over: Telling, text: str) -> bytes:
    from dashboard.exports.returned.lost import lost
    from dashboard.exports.returned.workbook import opened, written

    gone = "、".join(lost(data))
    remark = f"注意：原文件里的{gone}没有带过来，请以原文件为准。" if gone else ""
    return written(opened(data, macros(data)), found, over(remark), text)


def _document(data: bytes | None, found: Sequence[Entry], over: Telling, text: str) -> bytes:
    """``data``: None for a new document with the list alone."""
    from dashboard.exports.returned.document import written

    return written(data, found, over(""), text)


def _fresh(projects: Sequence[Reviewed], found: Sequence[Entry], over: Over, text: str) -> bytes:
    from dashboard.exports.returned.fresh import copied
    from dashboard.exports.returned.workbook import written

    return written(copied(projects), found, over, text)


def _size(data: bytes) -> int:
    with ZipFile(io.BytesIO(data)) as package:
        return sum(one.file_size for one in package.infolist())
