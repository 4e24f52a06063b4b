"""A real server: who may ask it, what it asks itself, and what it says when it starts."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import pytest
from browser import ROOT, Server, guarded

from dashboard.server import machine
from dashboard.server.origins import LOOPBACK, Origin, Site
from dashboard.server.serve import announced, names_of

STREAM = (
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
)
FOREIGN = (
    "http://evil.example",
    "https://127.0.0.1:{port}",
    "http://127.0.0.1:1",
    "null",
    "http://[::1]:{port}",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("served") / "store")
    yield started
    started.stop()


def ask(port: int, line: str, *headers: str, address: str = "127.0.0.1", body: bytes = b"") -> int:
    """The status of the answer to a request written by hand; ``{port}`` in a header is the server's."""
    lines = [line, *(header.format(port=port) for header in headers), "", ""]
    with socket.create_connection((address, port), timeout=20) as asked:
        asked.sendall("\r\n".join(lines).encode() + body)
        return int(asked.recv(4096).split(b" ", 2)[1])


def get(port: int, *headers: str, path: str = "/_stcore/health", **more: str) -> int:
    return ask(port, f"GET {path} HTTP/1.1", *headers, "Connection: close", **more)


def stream(port: int, *headers: str) -> int:
    return ask(port, "GET /_stcore/stream HTTP/1.1", *headers, *STREAM)


def seconds(port: int) -> float:
    begun = time.perf_counter()
    assert get(port, "Host: 127.0.0.1:{port}") == 200
    return time.perf_counter() - begun


def test_own_pages_may_ask_by_every_name_of_this_machine(server: Server) -> None:
    for name in ("127.0.0.1", "localhost", "LOCALHOST.", "[::1]"):
        assert get(server.port, f"Host: {name}:{{port}}") == 200
        assert stream(server.port, f"Host: {name}:{{port}}", f"Origin: http://{name}:{{port}}") == 101
    assert stream(server.port, "Host: 127.0.0.1:{port}") == 101  # a program; browsers always say Origin


@pytest.mark.parametrize("sender", FOREIGN)
def test_pages_of_other_origins_are_refused_everywhere(server: Server, sender: str) -> None:
    host, origin = "Host: 127.0.0.1:{port}", f"Origin: {sender}"
    assert stream(server.port, host, origin) == 403
    for path in ("/", "/zh.js", "/_stcore/health", "/_stcore/host-config", "/media/a.xlsx"):
        assert get(server.port, host, origin, path=path) == 403
    for method in ("PUT", "POST", "DELETE", "OPTIONS"):
        line = f"{method} /_stcore/upload_file/a/b HTTP/1.1"
        assert ask(server.port, line, host, origin, "Content-Length: 3", body=b"abc") == 403


def test_a_name_that_was_made_to_point_here_is_refused(server: Server) -> None:
    for host in ("evil.example:{port}", "evil.example", "127.0.0.1.evil.example:{port}", "127.0.0.1:1"):
        assert get(server.port, f"Host: {host}") == 403
        assert stream(server.port, f"Host: {host}", f"Origin: http://{host}") == 403
        assert get(server.port, f"Host: {host}", "X-Forwarded-Host: 127.0.0.1:{port}") == 403
        assert get(server.port, f"Host: {host}", "Forwarded: host=127.0.0.1:{port}") == 403


def test_requests_that_leave_open_whom_they_ask_are_refused(server: Server) -> None:
    good, bad = "Host: 127.0.0.1:{port}", "Host: evil.example"
    assert ask(server.port, "GET /_stcore/health HTTP/1.0") == 403
    assert ask(server.port, "GET /_stcore/health HTTP/1.1") == 400
    for pair in ((good, bad), (bad, good), (good, good)):
        assert get(server.port, *pair) == 400
        assert stream(server.port, *pair) == 400
    for target in ("http://evil.example/", f"http://127.0.0.1:{server.port}/", "*", "127.0.0.1:1"):
        assert ask(server.port, f"OPTIONS {target} HTTP/1.1", good) == 403
        assert ask(server.port, f"GET {target} HTTP/1.1", good, *STREAM) in (400, 403)


def waiting(port: int, visit: Callable[[int], int]) -> tuple[set[int], float]:
    """What 400 visits, eight at a time, are answered, and the median seconds health takes meanwhile."""
    health: list[float] = []
    with ThreadPoolExecutor(8) as pool:
        visits = [pool.submit(visit, number) for number in range(400)]
        while not all(one.done() for one in visits) or len(health) < 40:
            health.append(seconds(port))
    return {one.result() for one in visits}, median(health)


def test_many_foreign_pages_at_once_reach_nobody_outside_and_keep_nobody_waiting(server: Server) -> None:
    host = "Host: 127.0.0.1:{port}"
    own, usual = waiting(server.port, lambda _: get(server.port, host))
    foreign, slowed = waiting(
        server.port, lambda number: stream(server.port, host, f"Origin: http://site{number}.example")
    )
    assert (own, foreign) == ({200}, {403})
    assert server.outside == []
    assert slowed < max(0.05, 2 * usual), (usual, slowed)


@pytest.mark.parametrize("prepared", [True, False])
def test_streamlit_alone_asks_nobody_for_an_address_even_if_ours_let_the_request_through(
    tmp_path: Path, prepared: bool
) -> None:
    """Without ``stay_inside`` it does, and the guard hears of it: this is what the other tests rest on."""
    code = (
        "from dashboard.server.serve import stay_inside\n"
        "from streamlit.web.server.starlette.starlette_websocket import _is_origin_allowed as is_allowed\n"
        f"{'stay_inside()' if prepared else ''}\n"
        "print(is_allowed('http://evil.example', '127.0.0.1:8501'))"
    )
    log = tmp_path / "outside.txt"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=guarded(log), capture_output=True, text=True
    )
    assert run.stdout.strip() == "False", run.stderr
    outside = log.read_text().split()
    assert outside == [] if prepared else {"socket.connect:8.8.8.8"} < set(outside)


def test_the_guard_hears_of_workers_too(tmp_path: Path) -> None:
    worker = (
        "import contextlib, socket\n"
        "datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "for ask, *arguments in (\n"
        "    (datagrams.connect, ('192.0.2.9', 80)),\n"
        "    (datagrams.sendto, b'', ('192.0.2.9', 53)),\n"
        "    (socket.gethostbyname, 'a.example'),\n"
        "    (socket.create_connection, ('b.example', 80)),\n"
        "):\n"
        "    with contextlib.suppress(OSError):\n"
        "        ask(*arguments)"
    )
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {worker!r}], check=True)"
    log = tmp_path / "outside.txt"
    subprocess.run([sys.executable, "-c", code], env=guarded(log), check=True)
    events = ("connect:192.0.2.9", "sendto:192.0.2.9", "gethostbyname:a.example", "getaddrinfo:b.example")
    assert log.read_text().split() == [f"socket.{event}" for event in events]


def test_open_to_all_it_answers_to_the_address_that_was_reached_and_to_no_strangers_name(
    tmp_path: Path,
) -> None:
    with ExitStack() as stack:
        server = Server(tmp_path / "store", "--host", "0.0.0.0")
        stack.callback(server.stop)
        for address, name in (("127.0.0.2", "127.0.0.2"), ("127.0.0.1", machine.names()[0])):
            host = f"Host: {name}:{{port}}"
            assert get(server.port, host, f"Origin: http://{name}:{{port}}", address=address) == 200
            assert get(server.port, host, "Origin: http://evil.example", address=address) == 403
        for name in ("127.0.0.3", "evil.example", "0.0.0.0"):
            assert get(server.port, f"Host: {name}:{{port}}", address="127.0.0.2") == 403


def test_open_to_all_it_says_what_others_type_and_that_nobody_has_to_sign_in(tmp_path: Path) -> None:
    server = Server(tmp_path / "store", "--host", "0.0.0.0")
    server.stop()
    for name in ("127.0.0.1", *machine.addresses("0.0.0.0"), machine.names()[0]):
        assert f"http://{name}:{server.port}" in server.output
    assert "不用登录" in server.output
    assert "0.0.0.0" not in server.output


def test_behind_a_proxy_it_says_the_public_address_and_that_nobody_has_to_sign_in() -> None:
    site = Site(8501, behind=(Origin("https", "jilan.gov.cn", 443),), path="/jilan")
    text = "\n".join(announced("127.0.0.1", site))
    assert "https://jilan.gov.cn/jilan/" in text
    assert "不用登录" in text
    assert announced("127.0.0.1", Site(8501)) == []


def test_the_names_of_a_server_are_those_of_where_it_listens() -> None:
    assert set(names_of("127.0.0.1")) == set(LOOPBACK)
    assert set(names_of("0.0.0.0")) == {*LOOPBACK, *machine.names()}
    assert set(names_of("192.168.1.5")) == {"192.168.1.5", *machine.names()}


def test_the_machines_addresses_are_those_that_others_reach() -> None:
    for address in (*machine.addresses("0.0.0.0"), *machine.addresses("::")):
        assert not re.match(r"127\.|169\.254\.|fe80|::1$|0\.0\.0\.0", address)
    assert all(name == name.lower() for name in machine.names())
