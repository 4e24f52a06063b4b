import asyncio
import base64
import gzip
import hashlib
import re

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from dashboard.server.index_html import SCRIPTS, index_html
from dashboard.server.middleware import middleware, routes
from dashboard.server.origins import Origin, Site

INDEX = (SCRIPTS.parent.parent / "index.html").read_bytes()


async def index(_):
    return HTMLResponse(INDEX, headers={"etag": "x"})


async def plain(_):
    return PlainTextResponse("count 1")


def served(site: Site) -> Starlette:
    """The shell around what Streamlit answers, under the path of the site."""
    streamlit = {"/": index, "/media/{file}": index, "/_stcore/metrics": plain, "/static/js/{file}": plain}
    answers = [Route(site.path + path, answer) for path, answer in streamlit.items()]
    return Starlette(routes=[*routes(site), *answers], middleware=middleware(site))


NEAR = served(Site(8501))
PROXIED = served(Site(8501, behind=(Origin("https", "jilan.gov.cn", 443),), path="/jilan"))


def get(
    path: str, client: str = "127.0.0.1", app: Starlette = NEAR, host: str = "localhost:8501", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one request, without a server."""
    sent = []
    headers |= {"host": host}
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "client": (client, 1),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive():
        await asyncio.sleep(3600)

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    answer = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answer, b"".join(message.get("body", b"") for message in sent[1:])


def test_the_document_is_chinese_and_brings_our_script():
    status, headers, body = get("/", accept="text/html", accept_encoding="gzip")
    page = body.decode()
    assert status == 200
    assert '<html lang="zh-CN">' in page
    assert "<title>绩览</title>" in page
    assert '<script src="./zh.js?' in page
    assert int(headers["content-length"]) == len(body)
    assert "etag" not in headers


def test_the_policy_lets_the_documents_own_inline_scripts_run_and_no_others():
    page, policy = index_html(INDEX)
    inline = re.findall(rb"<script>(.*?)</script>", page, flags=re.S)
    assert inline
    for text in inline:
        assert base64.b64encode(hashlib.sha256(text).digest()).decode() in policy
    scripts = re.search("script-src ([^;]*)", policy).group(1)
    assert "unsafe" not in scripts
    assert "http" not in policy


def test_every_preloaded_script_exists_in_this_streamlit():
    page = index_html(INDEX)[0].decode()
    chunks = re.findall(r'modulepreload" crossorigin href="\./static/js/([^"]+)"', page)
    assert any(chunk.startswith("PlotlyChart.") for chunk in chunks)
    assert all((SCRIPTS / chunk).is_file() for chunk in chunks), streamlit.__version__


def test_no_english_sentence_of_the_index_page_is_left():
    page = index_html(INDEX)[0].decode()
    assert "JavaScript to run" not in page
    assert "openapi" not in page


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/budget/_stcore/metrics"]
)
def test_doors_of_no_use_are_closed(path):
    assert get(path)[0] == 404


def test_every_answer_carries_the_security_headers():
    for path in ("/", "/zh.js", "/_stcore/metrics", "/media/a.html"):
        assert get(path, accept="text/html")[1]["x-content-type-options"] == "nosniff"


def test_a_users_html_file_is_not_taken_for_the_document():
    assert get("/media/a.html", accept="text/html")[2] == INDEX


def test_scripts_are_packed_for_other_machines_only():
    name = next(SCRIPTS.glob("Html.*.js")).name
    near = get(f"/static/js/{name}", accept_encoding="gzip")
    far = get(f"/static/js/{name}", client="10.0.0.7", accept_encoding="gzip")
    assert "content-encoding" not in near[1]
    assert far[1]["content-encoding"] == "gzip"
    assert gzip.decompress(far[2]) == (SCRIPTS / name).read_bytes()


def test_a_script_that_does_not_exist_is_left_to_streamlit():
    assert get("/static/js/nothing.js", client="10.0.0.7", accept_encoding="gzip")[2] == b"count 1"


def test_under_a_path_all_of_ours_is_there_and_the_root_leads_to_it():
    status, headers, body = get("/jilan/", app=PROXIED, host="jilan.gov.cn", accept="text/html")
    assert (status, "content-security-policy" in headers) == (200, True)
    assert b'src="./zh.js?' in body
    for name in ("zh.js", "page.js", "favicon.png"):
        assert get(f"/jilan/{name}", app=PROXIED, host="jilan.gov.cn")[0] == 200
    for start in ("/", "/jilan"):
        status, headers, _ = get(start, app=PROXIED, host="jilan.gov.cn")
        assert (status, headers["location"]) == (307, "/jilan/")
    assert get("/jilan/media/a.html", app=PROXIED, host="jilan.gov.cn", accept="text/html")[2] == INDEX
    assert get("/jilan/_stcore/metrics", app=PROXIED, host="jilan.gov.cn")[0] == 404


def test_scripts_are_packed_for_whoever_comes_through_a_proxy():
    name = next(SCRIPTS.glob("Html.*.js")).name
    for host, packed in (("jilan.gov.cn", True), ("localhost:8501", False)):
        answer = get(f"/jilan/static/js/{name}", app=PROXIED, host=host, accept_encoding="gzip")
        assert ("content-encoding" in answer[1]) is packed


def test_what_is_refused_carries_the_security_headers_and_goes_no_further():
    status, headers, body = get("/", host="evil.example", accept="text/html")
    assert (status, headers["x-content-type-options"]) == (403, "nosniff")
    assert "--behind" in body.decode()
    assert get("/zh.js", origin="null")[0] == 403
