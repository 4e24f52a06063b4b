import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.__main__ import ROOT, main, options
from dashboard.server.ports import is_free, is_loopback


def test_the_store_is_the_roots_whatever_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.delenv("JILAN_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert options([]).data == ROOT / "data" / "store"


def test_the_environment_names_the_store_and_the_command_line_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("JILAN_DATA", str(tmp_path / "a"))
    assert options([]).data == tmp_path / "a"
    monkeypatch.chdir(tmp_path)
    assert options(["--data", "b"]).data == tmp_path / "b"


def test_only_this_machine_is_served_unless_asked_otherwise():
    chosen = options([])
    assert (chosen.host, chosen.port, chosen.no_browser) == ("127.0.0.1", None, False)


@pytest.mark.parametrize("port", ["0", "65536", "abc"])
def test_an_impossible_port_is_wrong_usage(port):
    with pytest.raises(SystemExit) as stopped:
        options(["--port", port])
    assert stopped.value.code == 2


def test_proxies_in_front_are_named_by_their_public_addresses():
    chosen = options(["--behind", "https://jilan.gov.cn/jilan/", "--behind", "http://10.0.0.5:8080/jilan"])
    assert [str(origin) for origin in chosen.behind] == ["https://jilan.gov.cn", "http://10.0.0.5:8080"]
    assert chosen.path == "/jilan"
    assert (options([]).behind, options([]).path) == ((), "")


@pytest.mark.parametrize(
    "behind", [["jilan.gov.cn"], ["https://a/x", "https://b/y"], ["https://a", "https://b/y"]]
)
def test_a_public_address_that_cannot_be_is_wrong_usage(behind):
    with pytest.raises(SystemExit) as stopped:
        options([part for address in behind for part in ("--behind", address)])
    assert stopped.value.code == 2


def test_a_taken_port_is_noticed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not is_free("127.0.0.1", taken.getsockname()[1])


def test_loopback_is_told_from_the_rest():
    hosts = ("127.0.0.1", "localhost", "::1", "0.0.0.0", "192.168.1.5")
    assert [is_loopback(host) for host in hosts] == [True, True, True, False, False]


def test_the_start_needs_the_standard_library_only():
    code = "import dashboard, sys; print(any(m in sys.modules for m in ('streamlit', 'pandas')))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        env=environment,
        cwd=Path(ROOT).root,
    )
    assert run.stdout.strip() == "False", run.stderr


def test_a_data_folder_that_cannot_be_written_is_said_before_anything_starts(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert main(["--no-browser", "--data", str(tmp_path / "file")]) == 1
    assert str(tmp_path / "file") in capsys.readouterr().err
