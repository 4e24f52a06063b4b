"""Why a file was not taken, in words for who dropped it, whatever was raised."""

from __future__ import annotations

import errno

from dashboard.store import StoreError
from parsing import ReadError, Unread

MEND = "请核对表中的内容，改正后重新导入"
SAVE = "请用 WPS 或 Excel 打开后另存为 .xlsx，再重新导入"
AGAIN = "处理好以后请点“再试一次”"
SEND = "请把这个文件和程序窗口里的提示发给维护人员"
Words = tuple[str, str]
OF_SYSTEM: dict[int | None, Words] = {
    errno.ENOSPC: ("磁盘已满", "请腾出磁盘空间后再试一次"),
    errno.EDQUOT: ("磁盘配额已满", "请腾出磁盘空间后再试一次"),
    errno.EFBIG: ("文件超出了磁盘的单个文件上限", "请分成几个文件导入"),
    errno.EACCES: ("数据文件夹没有写入权限", "请检查数据文件夹的权限后再试一次"),
    errno.EPERM: ("数据文件夹没有写入权限", "请检查数据文件夹的权限后再试一次"),
    errno.EROFS: ("数据文件夹只能读，不能写", "请检查磁盘后再试一次"),
}
OF_CONTENT: tuple[tuple[type[Exception], Words], ...] = (
    (OverflowError, ("表里有一个数大得存不下", MEND)),
    (UnicodeError, ("文件名或表里有存不下的字符", SAVE)),
    (MemoryError, ("电脑的内存不够", "请关闭其他程序后重新导入，或把文件分成几个")),
    (RecursionError, ("表的层次太多", SAVE)),
)


class EndedTwice(ReadError):
    code = "ended-program"
    reason = "处理这个文件时，程序几次中途结束，为安全起见先放在一边"
    remedy = "请用 WPS 或 Excel 打开后另存为 .xlsx 再导入；如果只是关机或断电，可以点“再试一次”"


class NotReceived(ReadError):
    code = "not-received"
    reason = "没有收下"
    remedy = "请检查数据文件夹后再试一次"


def refusal(file: str, error: Exception) -> Unread:
    """``file``: its name. The code is the error's own, or ``not-stored``."""
    if isinstance(error, ReadError):
        return Unread.of(error.at(error.place or file))
    reason, remedy = _words(error)
    return Unread(code="not-stored", place=file, reason=reason, remedy=remedy)


def not_received(file: str, error: OSError) -> NotReceived:
    """Why a file could not even be put on the disk."""
    reason, remedy = _words(error)
    return NotReceived(file, f"没有收下：{reason}", remedy)


def _words(error: Exception) -> Words:
    if isinstance(error, StoreError):
        return str(error), AGAIN
    if isinstance(error, OSError):
        unknown = (f"磁盘读写出错（{error.errno}）", "请检查磁盘和数据文件夹后再试一次")
        return OF_SYSTEM.get(error.errno, unknown)
    unknown = (f"程序处理这个文件时出错（{type(error).__name__}）", SEND)
    return next((words for kind, words in OF_CONTENT if isinstance(error, kind)), unknown)
