"""The end of the program: by Ctrl+C or by the system it is an orderly one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from dashboard.__main__ import ROOT
from dashboard.store import open_store


def started(folder: Path, port: int) -> subprocess.Popen[str]:
    """A server on the folder that answers and has opened its store."""
    command = [sys.executable, "-m", "dashboard", "--no-browser", "--data", str(folder), "--port", str(port)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, cwd=ROOT, text=True, start_new_session=True, **pipes)
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                if (folder / "jilan.db-wal").exists() and uploads(folder) == 6:
                    return process
        except (URLError, OSError):
            pass
        time.sleep(0.2)
    process.kill()
    raise AssertionError(process.communicate()[0])


def uploads(folder: Path) -> int:
    store = open_store(folder)
    try:
        return int(store.uploads()["projects"].sum())
    finally:
        store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_server_leaves_one_whole_file_and_says_that_all_is_well(tmp_path, how):
    process = started(tmp_path / "data", 18_700 + how)
    os.killpg(process.pid, how)  # as a terminal does: to the processes that read files, too
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 0
    assert "Traceback" not in said and "Error" not in said
    assert not (tmp_path / "data" / "jilan.db-wal").exists()
    (tmp_path / "copy").mkdir()
    shutil.copy(tmp_path / "data" / "jilan.db", tmp_path / "copy")
    assert uploads(tmp_path / "copy") == 6
