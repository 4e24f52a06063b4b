"""Members of archives that open with a password: the old lock of zip, and AES as WinZip, 7-Zip and others
write it (field 0x9901 of a member says how it is locked)."""

from __future__ import annotations

import hashlib
import hmac
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from parsing.errors import Locked, TooLarge, Unsupported, WrongPassword
from parsing.formats.containers.locks import INSTALL, MISSING

AES = 99  # as a way of compressing
OLD_SIZE = 8 << 20  # bytes of a member with the old lock, which is unlocked byte by byte
ROUNDS = 1_000  # of hashing the password, fixed by the format
_STRONG = 0x40  # flag of a lock of PKWARE's own
_REMEDY = "请先用密码解压，再把里面的文件导入"


def read(archive: ZipFile, member: ZipInfo, password: str | None) -> bytes:
    """A locked member, unpacked. Raises Locked (no password given), WrongPassword, Unsupported, TooLarge;
    of a damaged one what ``zipfile`` raises."""
    if password is None:
        raise Locked(reason="压缩包设有密码", remedy="请输入打开密码；或先用密码解压，再把里面的文件导入")
    method = _method(member) if member.compress_type == AES else member.compress_type
    if member.flag_bits & _STRONG or method not in (ZIP_STORED, ZIP_DEFLATED):
        raise Unsupported(reason="压缩包的加密方式解不开", remedy=_REMEDY)
    if member.compress_type != AES and member.compress_size > OLD_SIZE:
        raise TooLarge(reason="压缩包里设有密码的文件太大", remedy=_REMEDY)
    for code in dict.fromkeys(password.encode(name) for name in ("utf-8", "gb18030")):  # programs differ
        try:
            if member.compress_type == AES:
                return _aes(archive, member, method, code)
            return archive.read(member, code)
        except (RuntimeError, BadZipFile, zlib.error):  # one byte says whether it fits: a wrong one may pass
            continue
    raise WrongPassword(remedy="请核对打开密码后再试；或先用密码解压，再把里面的文件导入")


def _method(member: ZipInfo) -> int:
    return _lock(member)[1]


def _lock(member: ZipInfo) -> tuple[int, int]:
    """Strength (1 to 3) and the way of compressing; (0, -1) where nothing is said."""
    rest = member.extra
    while len(rest) >= 4:
        kind, size = struct.unpack_from("<HH", rest)
        if kind == 0x9901 and size == 7 and len(rest) >= 11:
            strength, method = struct.unpack_from("<BH", rest, 8)
            return (strength, method) if strength in (1, 2, 3) else (0, -1)
        rest = rest[4 + size :]
    return 0, -1


def _aes(archive: ZipFile, member: ZipInfo, method: int, password: bytes) -> bytes:
    """Salt, two bytes of check, content, ten bytes of seal. Raises RuntimeError when it does not open."""
    try:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    except ImportError:
        raise Unsupported(reason=MISSING, remedy=INSTALL) from None
    raw = _raw(archive, member)
    strength, _ = _lock(member)
    size = 8 * (strength + 1)
    salt, check, body, seal = raw[: size // 2], raw[size // 2 :][:2], raw[size // 2 + 2 : -10], raw[-10:]
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, ROUNDS, 2 * size + 2)
    if keys[-2:] != check or hmac.digest(keys[size:-2], body, "sha1")[:10] != seal:
        raise RuntimeError("wrong password")
    blocks = -(-len(body) // 16)
    counted = b"".join(number.to_bytes(16, "little") for number in range(1, blocks + 1))
    # counted from the other end than the mode CTR of other programs counts
    stream = Cipher(algorithms.AES(keys[:size]), modes.ECB()).encryptor().update(counted)[: len(body)]
    plain = (int.from_bytes(body) ^ int.from_bytes(stream)).to_bytes(len(body))
    if method == ZIP_STORED:
        return plain[: member.file_size]
    return zlib.decompressobj(-15).decompress(plain, member.file_size)


def _raw(archive: ZipFile, member: ZipInfo) -> bytes:
    file = archive.fp
    assert file is not None
    file.seek(member.header_offset)
    head = file.read(30)
    name, extra = struct.unpack_from("<HH", head, 26)
    file.seek(name + extra, 1)
    return file.read(member.compress_size)
