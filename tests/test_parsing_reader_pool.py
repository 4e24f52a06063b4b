"""Reading in processes apart: limits, deaths, and the others go on."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from parsing.errors import Locked, ReaderDied, ReadError
from parsing.runtime import worker
from parsing.runtime.reader_pool import ReaderPool

TESTS = Path(__file__).parent
ODD = (sys.executable, str(TESTS / "odd_reader.py"))


@pytest.fixture
def readers():
    with_readers = ReaderPool(1, ODD, wall_seconds=1)
    yield with_readers
    with_readers.close()


def said(readers: ReaderPool, name: str = "good", data: bytes = b"12345") -> list[str]:
    return readers.read(name, data).projects[0].name.split()


def test_a_reading_crosses_the_pipe_and_the_process_stays(readers):
    first, second = said(readers), said(readers, data=b"1" * 3_000_000)
    assert (first[:2], second[:2]) == (["good", "5"], ["good", "3000000"])
    assert first[2] == second[2]


def test_the_size_of_the_app_is_not_held_against_its_readers(readers):
    app = b"x" * (worker.FAT_BYTES + 50_000_000)
    assert said(readers)[2] == said(readers)[2] and app


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_a_fat_process_makes_room(tmp_path):
    slim = tmp_path / "slim.py"
    slim.write_text(f"import sys; sys.path.insert(0, {str(TESTS)!r})\n"
                    "from parsing.runtime import worker; worker.FAT_BYTES = 1_000_000\n"
                    "import odd_reader; worker.serve(worker.reading(odd_reader.read))\n")  # fmt: skip
    readers = ReaderPool(1, (sys.executable, str(slim)))
    assert said(readers)[2] != said(readers)[2]
    readers.close()


def test_an_error_arrives_as_the_class_it_was_raised_as(readers):
    pid = said(readers)[2]
    with pytest.raises(Locked) as caught:
        readers.read("locked", b"")
    assert caught.value.place == "locked" and caught.value.reason == Locked.reason
    assert said(readers)[2] == pid


def test_a_fault_of_ours_is_a_file_that_could_not_be_read(readers):
    with pytest.raises(ReadError) as caught:
        readers.read("fault", b"")
    assert caught.value.code == "unreadable" and caught.value.place == "fault"


@pytest.mark.parametrize("death", ["sleep", "abort"])
def test_after_a_death_a_new_process_serves(readers, death):
    pid = said(readers)[2]
    with pytest.raises(ReaderDied) as caught:
        readers.read(death, b"")
    assert caught.value.place == death
    assert said(readers)[2] != pid


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is the operating system's")
def test_too_much_memory_ends_the_process_and_not_the_app():
    readers = ReaderPool(1, ODD)
    with pytest.raises(ReaderDied):
        readers.read("memory", b"")
    assert said(readers)[0] == "good"
    readers.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is the operating system's")
def test_too_much_cpu_ends_the_process(monkeypatch, tmp_path):
    short = tmp_path / "short.py"
    short.write_text(f"import sys; sys.path.insert(0, {str(TESTS)!r})\n"
                     "from parsing.runtime import allowance, worker; allowance.CPU_SECONDS = 1\n"
                     "import odd_reader; worker.serve(worker.reading(odd_reader.read))\n")  # fmt: skip
    readers = ReaderPool(1, (sys.executable, str(short)), wall_seconds=60)
    start = time.monotonic()
    with pytest.raises(ReaderDied):
        readers.read("cpu", b"")
    assert time.monotonic() - start < 50
    assert said(readers)[0] == "good"
    readers.close()


def test_the_others_are_served_while_one_hangs():
    readers = ReaderPool(2, ODD, wall_seconds=5)
    with ThreadPoolExecutor(5) as pool:
        stuck = pool.submit(readers.read, "sleep", b"")
        good = [pool.submit(said, readers, "good", bytes(n)) for n in range(10)]
        assert [one.result(20)[1] for one in good] == [str(n) for n in range(10)]
        assert not stuck.done()
        assert isinstance(stuck.exception(20), ReaderDied)
    readers.close()


def test_what_a_library_prints_does_not_reach_the_pipe(readers):
    assert said(readers, "print")[0] == "print"


@pytest.mark.parametrize(
    "program",
    [
        "print('nonsense ' * 100)",
        "print('\\0' * 7 + '\\5ready' + '\\0' * 7 + '\\3+R{', end='', flush=True); input()",
        "import missing_module",
        "",
    ],
)
def test_garbage_on_the_pipe_is_a_dead_reader(program):
    readers = ReaderPool(1, (sys.executable, "-c", program), wall_seconds=5)
    with pytest.raises(ReaderDied):
        readers.read("good", b"")
    readers.close()


def test_a_process_is_replaced_after_its_share_of_files(tmp_path):
    few = tmp_path / "few.py"
    few.write_text(f"import sys; sys.path.insert(0, {str(TESTS)!r})\n"
                   "from parsing.runtime import worker; worker.FILES = 3\n"
                   "import odd_reader; worker.serve(worker.reading(odd_reader.read))\n")  # fmt: skip
    readers = ReaderPool(1, (sys.executable, str(few)))
    pids = [said(readers)[2] for _ in range(7)]
    assert [pids.index(pid) for pid in pids] == [0, 0, 0, 3, 3, 3, 6]
    readers.close()


def test_the_process_ends_with_its_parent():
    program = "from parsing.runtime.reader_pool import ReaderPool; import os, sys; " \
              "r = ReaderPool(1, sys.argv[1:]); " \
              "print(r.read('good', b'').projects[0].name.split()[2], flush=True); os._exit(9)"  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program, *ODD], capture_output=True, text=True, cwd=TESTS.parent, timeout=60
    )
    status = Path("/proc") / done.stdout.strip() / "stat"
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and status.exists() and status.read_text().split()[2] != "Z":
        time.sleep(0.05)
    assert done.returncode == 9
    assert not status.exists() or status.read_text().split()[2] == "Z"


def test_the_real_worker_imports_only_what_reading_needs():
    program = "import parsing, parsing.runtime.worker, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=TESTS.parent)
    assert done.returncode == 0, done.stderr
    assert not {"pandas", "numpy", "streamlit", "openpyxl", "plotly"} & set(done.stdout.split())
