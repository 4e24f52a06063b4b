"""Files that open with a password: those of Office 97 and later, and what WPS saves like them."""

from __future__ import annotations

import io
import re
import struct
from contextlib import suppress
from typing import Any

from parsing.errors import Locked, ReadError, TooLarge, Unsafe, Unsupported, WrongPassword
from parsing.formats.containers import compound
from parsing.formats.excel import biff_records
from parsing.formats.paged import pdf

SIZE = 100 << 20  # bytes of a container
SIZE_97 = 8 << 20  # and of one of Office 97, which is unlocked byte by byte
ROUNDS = 1_000_000  # of hashing the password; Excel takes 100,000
OURS = "VelvetSweatshop"  # Excel locks with this, and opens without a question, what is merely protected
MISSING = "打开设有密码的文件需要一个没有安装的组件"
INSTALL = "请运行 pip install msoffcrypto-tool 后重试；或在 Excel、WPS 中取消密码后另存，再重新导入"


def unlocked(data: bytes, password: str | None = None) -> bytes:
    """The file without its lock; a file without one as it is.

    Raises Locked (no password given), WrongPassword, Unsupported (a lock that we cannot open, or the
    library is not installed), Damaged or TooLarge.
    """
    if pdf.sniff(data):
        return pdf.unlocked(data, password)
    if not compound.sniff(data):
        return data
    ole = compound.opened(data)
    if not _locked(ole):
        return data
    if password is None:
        with suppress(ReadError):
            return _opened(ole, data, OURS)
        raise Locked()
    return _opened(ole, data, password)


def _locked(ole: Any) -> bool:
    if ole.exists("EncryptedPackage"):
        return True
    for stream in ("Workbook", "Book"):
        if ole.exists(stream):
            return biff_records.locked(ole.openstream(stream).read(4096))
    if ole.exists("WordDocument"):
        head = ole.openstream("WordDocument").read(12)
        return len(head) == 12 and bool(struct.unpack_from("<H", head, 10)[0] & 0x100)
    return False


def _opened(ole: Any, data: bytes, password: str) -> bytes:
    try:
        import msoffcrypto
        from msoffcrypto.exceptions import InvalidKeyError
    except ImportError:
        raise Unsupported(reason=MISSING, remedy=INSTALL) from None
    if len(data) > (SIZE if ole.exists("EncryptedPackage") else SIZE_97):
        raise TooLarge()
    _check(ole)
    out = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if office.format == "ooxml":
            office.load_key(password=password, verify_password=True)
        else:
            office.load_key(password=password)
        office.decrypt(out)
    except InvalidKeyError:
        raise WrongPassword() from None
    except Exception:  # locks of other makers, of Office 95, of a rights server; or a damaged one
        raise Unsupported(
            reason="文件的加密方式解不开", remedy="请在 Excel、Word 或 WPS 中取消密码后另存，再重新导入"
        ) from None
    return out.getvalue()


def _check(ole: Any) -> None:
    """Refuse a description of the lock that would keep us busy."""
    if not ole.exists("EncryptionInfo"):
        return
    description = ole.openstream("EncryptionInfo").read()
    if b"<!" in description:
        raise Unsafe()
    if any(int(rounds) > ROUNDS for rounds in re.findall(rb'spinCount="(\d+)"', description)):
        raise TooLarge()
