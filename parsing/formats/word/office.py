"""Documents that only LibreOffice reads, turned into .docx by it where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from parsing.errors import ReadError, TooLarge, Unsupported
from parsing.grid import Grid

SECONDS = 12.0  # less than a reader is given: it must be there to end the conversion
SIZE = 50 << 20  # bytes
PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
# A reader may hold little memory and work briefly, and what it starts inherits that
FREE = ("/bin/sh", "-c", 'ulimit -S -v unlimited; ulimit -S -t 30; exec "$0" "$@"')
SAVE = "请用 WPS 或 Word 打开后另存为 .docx，再重新导入"
INSTALL = "；或在这台电脑上安装 LibreOffice，之后可以直接导入"
# Macros off, and nothing that a document links to is fetched
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item>
</oor:items>
"""
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")


def grids(name: str, data: bytes, suffix: str, kind: str) -> Iterator[Grid | ReadError]:
    """The Grids of a document of ``kind`` (in Chinese), whose files end in ``suffix``.

    Raises TooLarge, Unsupported (not installed, or it could not read the file) and what ``docx`` does.
    """
    made = converted(data, suffix, kind)
    from parsing.formats.word import docx

    return docx.grids(name, made)


def converted(data: bytes, suffix: str, kind: str) -> bytes:
    """The document as .docx. Raises TooLarge or Unsupported."""
    if len(data) > SIZE:
        raise TooLarge()
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        raise Unsupported(reason=f"这是 {kind}，不能直接读取", remedy=SAVE + INSTALL)
    with tempfile.TemporaryDirectory(prefix="jilan-", ignore_cleanup_errors=True) as folder:
        made = _run(program, Path(folder), data, suffix)
    if not made:
        raise Unsupported(reason=f"这是 {kind}，LibreOffice 也没能读出来", remedy=SAVE)
    return made


def _run(program: str, folder: Path, data: bytes, suffix: str) -> bytes:
    source, profile = folder / f"document{suffix}", folder / "profile"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
    command = [
        *(FREE if os.name == "posix" else ()),
        *(program, *OPTIONS, f"-env:UserInstallation={profile.as_uri()}"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=os.environ | NOWHERE,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return b""
    finally:
        _end(process)
    target = source.with_suffix(".docx")
    return target.read_bytes() if target.is_file() else b""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill it and whatever it started: soffice is a script that starts another program."""
    if sys.platform == "win32":
        subprocess.run(("taskkill", "/F", "/T", "/PID", str(process.pid)), capture_output=True, check=False)
    else:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
