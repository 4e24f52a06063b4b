"""Behind a real nginx with TLS, as docs/nginx.conf sets it up, at the root and under a path."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from browser import ROOT, Server, free_port, settle, visit
from playwright.sync_api import Browser, BrowserContext, Page, Response, WebSocket, expect

pytestmark = pytest.mark.browser
NAME = "jilan.localhost"  # browsers know without asking that this is their own machine
SAMPLE = ROOT / "docs/nginx.conf"
SHEETS = ROOT / "tests/cases/files/perf_sheets.xlsx"
MAIN = """
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    {paths}
    include {folder}/jilan.conf;
}}
"""
PATHS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
KEY = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}")


class Proxied(NamedTuple):
    server: Server
    port: int
    path: str

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.port}{self.path}"


@pytest.fixture(scope="module", params=["", "/jilan"])
def proxied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    program, openssl = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), shutil.which("openssl")
    if not program or not openssl:
        if os.environ.get("JILAN_BROWSER") == "required":
            pytest.fail("no nginx or no openssl found, and here none may be missing")
        pytest.skip("no nginx or no openssl found on this machine")
    folder = tmp_path_factory.mktemp("nginx")
    pair = ("-keyout", str(folder / "jilan.key"), "-out", str(folder / "jilan.crt"))
    subprocess.run([openssl, *KEY, *pair], check=True, capture_output=True)
    port = free_port()
    server = Server(folder / "store", "--behind", f"https://{NAME}:{port}{request.param}", path=request.param)
    try:
        with running(program, folder, port, server.port, request.param):
            yield Proxied(server, port, request.param)
    finally:
        server.stop()


@contextmanager
def running(program: str, folder: Path, port: int, upstream: int, path: str) -> Iterator[None]:
    """nginx with the sample configuration, in which only names, ports and the path are changed."""
    text = SAMPLE.read_text("utf-8")
    changes = {
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "server_name jilan.example.gov.cn;": f"server_name {NAME};",
        "/etc/nginx/jilan.": f"{folder}/jilan.",
        "http://127.0.0.1:8501;": f"http://127.0.0.1:{upstream};",
        "location / {": f"location {path}/ {{",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "jilan.conf").write_text(text, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    paths = "\n    ".join(f"{name}_temp_path {folder}/{name};" for name in PATHS)
    (folder / "nginx.conf").write_text(MAIN.format(user=user, folder=folder, paths=paths), "utf-8")
    log = folder / "error.log"
    command = [program, "-e", str(log), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command)
    try:
        for _ in range(100):
            assert process.poll() is None, log.read_text()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def tabs(chromium: Browser) -> Iterator[BrowserContext]:
    size = {"width": 1920, "height": 1080}
    context = chromium.new_context(viewport=size, locale="zh-CN", ignore_https_errors=True)  # type: ignore[arg-type]
    yield context
    context.close()


def status(proxied: Proxied, line: str, *headers: str) -> int:
    """The status of what nginx answers to a request written by hand over TLS."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", proxied.port), timeout=20) as plain,
        trusting.wrap_socket(plain, server_hostname=NAME) as asked,
    ):
        asked.sendall("\r\n".join([line, *headers, "", ""]).encode())
        return int(asked.recv(4096).split(b" ", 2)[1])


def test_a_page_opens_with_its_scripts_and_its_stream_lives(proxied: Proxied, page: Page) -> None:
    answers: list[Response] = []
    streams: list[WebSocket] = []
    troubles: list[str] = []
    page.on("response", lambda answer: answers.append(answer))
    page.on("websocket", lambda stream: streams.append(stream))
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    visit(page, f"{proxied.url}/")
    assert "396.63" in page.locator(".tiles").inner_text()
    assert troubles == []
    assert {answer.status for answer in answers} <= {200, 304}
    kinds = {answer.url.partition("?")[0]: answer.headers["content-type"] for answer in answers}
    for name in ("history.js", "words.js", "page.js", "zh.js"):
        assert kinds[f"{proxied.url}/{name}"].startswith("text/javascript")
    (script,) = {answer for answer in answers if re.search(r"/static/js/index\.\w+\.js$", answer.url)}
    assert script.all_headers()["content-encoding"] == "gzip"
    page.get_by_role("link", name="指标缺口").click()
    page.wait_for_url(f"{proxied.url}/coverage")
    settle(page)
    page.wait_for_timeout(3000)
    assert [stream.url for stream in streams] == [f"wss{proxied.url[5:]}/_stcore/stream"]
    assert not streams[0].is_closed()


def test_an_address_inside_can_be_shared_and_every_way_in_leads_to_the_page(
    proxied: Proxied, page: Page
) -> None:
    visit(page, f"{proxied.url}/projects")
    page.locator(".list tbody tr", has_text="一网统管").click()
    page.wait_for_url(re.compile(rf"^{proxied.url}/projects\?.*id="))
    settle(page)
    page.reload()
    expect(page.locator(".original")).to_be_visible(timeout=30_000)
    settle(page)
    for address, end in (("", "/"), ("/budget/", "/budget"), ("/budget/?year=2024", "/budget?year=2024")):
        visit(page, proxied.url + address)
        assert page.url == proxied.url + end


def test_a_large_file_comes_in_and_a_list_goes_out(proxied: Proxied, page: Page, tmp_path: Path) -> None:
    large = tmp_path / "大表.xlsx"
    shutil.copy(SHEETS, large)
    with zipfile.ZipFile(large, "a") as archive:
        archive.writestr("xl/media/image9.bin", os.urandom(3_000_000))
    visit(page, f"{proxied.url}/upload")
    page.locator('.st-key-upload-area input[type="file"]').set_input_files([large])
    page.wait_for_selector(".file, .same", timeout=60_000)
    expect(page.locator(".file", has_text="大表.xlsx")).to_contain_text("6 个项目")
    visit(page, f"{proxied.url}/review")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载审核清单").click()
    download.value.save_as(tmp_path / "清单.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").active
    assert sheet is not None and sheet.max_row > 3


def test_only_the_public_origin_may_ask(proxied: Proxied) -> None:
    host, own = f"Host: {NAME}:{proxied.port}", f"https://{NAME}:{proxied.port}"
    health = f"GET {proxied.path}/_stcore/health HTTP/1.1"
    stream = f"GET {proxied.path}/_stcore/stream HTTP/1.1"
    upgrade = (
        *("Connection: Upgrade", "Upgrade: websocket"),
        *("Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg=="),
    )
    assert status(proxied, health, host, f"Origin: {own}") == 200
    assert status(proxied, stream, host, f"Origin: {own}", *upgrade) == 101
    for sender in ("https://evil.example", f"http://{NAME}:{proxied.port}", f"https://{NAME}", "null"):
        assert status(proxied, health, host, f"Origin: {sender}") == 403
        assert status(proxied, stream, host, f"Origin: {sender}", *upgrade) == 403
    for name in ("evil.example", NAME):
        forged = (f"X-Forwarded-Host: {NAME}:{proxied.port}", f"Forwarded: host={NAME}:{proxied.port}")
        assert status(proxied, health, f"Host: {name}", *forged) == 403
    assert proxied.server.outside == []


def test_nginx_lets_through_what_may_be_uploaded_and_not_more(proxied: Proxied) -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))
    most = settings["server"]["maxUploadSize"]
    assert f"client_max_body_size {most}m;" in SAMPLE.read_text("utf-8")
    upload = f"PUT {proxied.path}/_stcore/upload_file/a/b HTTP/1.1"
    host = f"Host: {NAME}:{proxied.port}"
    assert (
        status(proxied, upload, host, f"Content-Length: {most * 2**20}") == 403
    )  # ours: no token came along
    assert status(proxied, upload, host, f"Content-Length: {most * 2**20 + 1}") == 413
