"""How large a file may be that comes in by a page: said and enforced by this one number.

Streamlit's own limit stands a little higher (``maxUploadSize``), and so does that of a proxy: it counts the
wrapping of a request with the file, and its megabyte is a million bytes in some browsers.
"""

from __future__ import annotations

from parsing.errors import TooLarge

MB = 64
BYTES = MB << 20
WORDS = f"{MB} 兆"


def check(name: str, size: int) -> None:
    """Raises TooLarge."""
    if size > BYTES:
        reason = f"这个文件超过一个文件 {WORDS} 的上限，没有收下"
        raise TooLarge(name, reason, "请按部门或年度拆成几个文件，再重新导入")
