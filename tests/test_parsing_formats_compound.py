"""What is in a container of Office 97, and documents that only LibreOffice reads."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from office_writer import container

from parsing.errors import Damaged, ReadError, TooLarge, Unsupported
from parsing.formats import grids
from parsing.formats.containers import compound
from parsing.formats.word import office, rtf
from parsing.grid import Grid

FILES = Path(__file__).parent / "cases/files"
RTF = b"{\\rtf1\\ansi text}"
WORD_95 = b"\xa5\xdc\x68\x00" + bytes(600)


@pytest.mark.parametrize(
    "stream", ["PowerPoint Document", "MatOST", "WksSSWorkBook", "VisioDocument", "Catalog", "Sonstiges"]
)
def test_what_is_no_table_is_named(stream):
    with pytest.raises(Unsupported) as caught:
        list(grids("甲.doc", container({stream: b"x"})))
    assert caught.value.place == "甲.doc" and caught.value.remedy


def test_works_is_told_by_its_content_too():
    with pytest.raises(Unsupported) as caught:
        list(grids("甲.wps", container({"CONTENTS": b"CHNKWKS"})))
    assert "Works" in caught.value.reason


def test_the_name_of_a_file_says_nothing():
    data = (FILES / "perf.doc").read_bytes()
    assert all(isinstance(one, Grid) for one in grids("甲.xls", data))


@pytest.mark.parametrize("cut", [8, 600, 1600, 3000])
def test_half_a_container_is_damage(cut):
    with pytest.raises(Damaged):
        list(grids("甲", (FILES / "perf.doc").read_bytes()[:cut]))


def test_a_container_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(compound, "SIZE", 1000)
    with pytest.raises(TooLarge):
        list(grids("甲", (FILES / "perf.doc").read_bytes()))


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program in the place of LibreOffice; it notes how it was called in ``called``."""

    def put(body: str) -> Path:
        path = tmp_path / "bin" / "soffice"
        path.parent.mkdir()
        path.write_text(f"#!{sys.executable}\nimport os, sys, time\nfrom pathlib import Path\n"
                        f"Path({str(tmp_path / 'called')!r}).write_text('\\n'.join(sys.argv))\n"
                        f"out = Path(sys.argv[sys.argv.index('--outdir') + 1])\n{body}\n")  # fmt: skip
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")
        return tmp_path / "called"

    return put


def converting(name: str) -> str:
    return f"(out / 'document.docx').write_bytes(Path({str(FILES / name)!r}).read_bytes())"


@pytest.fixture
def none(monkeypatch):
    monkeypatch.setattr(office, "PROGRAMS", ("no-such-program",))


@pytest.mark.parametrize("data", [RTF, b"\n" + RTF, container({"WordDocument": WORD_95})])
def test_without_libreoffice_the_way_to_save_is_told(none, data):
    with pytest.raises(Unsupported) as caught:
        list(grids("甲.doc", data))
    assert ".docx" in caught.value.remedy and "LibreOffice" in caught.value.remedy


@pytest.mark.parametrize(("data", "suffix"), [(RTF, ".rtf"), (container({"WordDocument": WORD_95}), ".doc")])
def test_libreoffice_turns_it_into_docx(program, data, suffix):
    called = program(converting("perf.docx"))
    found = list(grids("甲", data))
    assert found == list(grids("甲", (FILES / "perf.docx").read_bytes()))
    arguments = called.read_text().split("\n")
    assert arguments[-1].endswith(suffix) and not Path(arguments[-1]).exists()
    profile = next(one for one in arguments if one.startswith("-env:UserInstallation=file:///"))
    assert not Path(profile.partition("file://")[2]).exists()


def test_it_gets_the_file_and_a_profile_that_runs_and_fetches_nothing(program):
    program("profile = Path(next(a for a in sys.argv if a.startswith('-env:')).partition('file://')[2])\n"
            "settings = (profile / 'user' / 'registrymodifications.xcu').read_text()\n"
            "sound = Path(sys.argv[-1]).read_bytes() == b'{\\\\rtf1\\\\ansi text}'\n"
            "sound = sound and 'DisableMacrosExecution' in settings\n"
            "sound = sound and os.environ['http_proxy'].startswith('http://127.0.0.1')\n"
            "if sound: (out / 'document.docx').write_bytes(b'made')")  # fmt: skip
    assert office.converted(RTF, ".rtf", "RTF 文档") == b"made"


@pytest.mark.parametrize("body", ["sys.exit(1)", "pass", "time.sleep(60)"])
def test_a_conversion_that_fails_or_hangs_ends(program, monkeypatch, body):
    program(body)
    monkeypatch.setattr(office, "SECONDS", 1.0)
    begun = time.monotonic()
    with pytest.raises(Unsupported):
        list(grids("甲", RTF))
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_what_it_started_ends_with_it(program, monkeypatch, tmp_path):
    note = tmp_path / "child"
    program("import subprocess\nchild = subprocess.Popen(['sleep', '600'])\n"
            f"Path({str(note)!r}).write_text(str(child.pid))\ntime.sleep(600)")  # fmt: skip
    monkeypatch.setattr(office, "SECONDS", 2.0)
    with pytest.raises(Unsupported):
        list(grids("甲", RTF))
    status = Path("/proc") / note.read_text() / "stat"
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and status.exists() and status.read_text().split()[2] != "Z":
        time.sleep(0.05)
    assert not status.exists() or status.read_text().split()[2] == "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="limits are the operating system's")
def test_it_may_use_more_than_the_reader_that_starts_it(program):
    program("import resource\nsoft, _ = resource.getrlimit(resource.RLIMIT_AS)\n"
            "if soft == resource.RLIM_INFINITY: (out / 'document.docx').write_bytes(b'made')")  # fmt: skip
    code = ("from parsing.runtime import worker; worker._limit_memory(worker.MEMORY_BYTES)\n"
            "from parsing.formats.word import office\n"
            "print(office.converted(b'{', '.rtf', 'x'))")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=FILES.parents[2])
    assert done.stdout.strip() == "b'made'", done.stderr


def test_what_libreoffice_makes_is_read_with_the_same_care(program):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", "<w>")
    program(f"(out / 'document.docx').write_bytes({out.getvalue()!r})")
    with pytest.raises(ReadError):
        list(grids("甲", RTF))


def test_too_large_a_document_is_not_converted(monkeypatch):
    monkeypatch.setattr(office, "SIZE", 3)
    with pytest.raises(TooLarge):
        list(rtf.grids("甲", RTF))
