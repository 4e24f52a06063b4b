"""One limit for what comes in by a page: said in one unit everywhere, and enforced to the byte."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import streamlit as st
from page_runs import opened
from test_dashboard_ingest_queue import ended, keeping, nothing

from dashboard.ingest import upload_limit
from dashboard.ingest.queue import IngestQueue
from dashboard.ingest.spool import Spool
from dashboard.session import cache

ROOT = Path(__file__).parent.parent
WRAPPED = 1 << 20  # bytes that a request may have beside the file, as Streamlit reckons
MILLION = 1_000_000  # bytes: the megabyte of some browsers


def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def test_a_file_at_the_limit_is_taken_and_one_byte_more_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(upload_limit, "BYTES", 100)
    kept: list[str] = []
    coming = IngestQueue(nothing, keeping(kept), Spool(tmp_path))
    coming.add([("刚好.xlsx", b"x" * 100), ("多一.xlsx", b"x" * 101)])
    assert ended(coming) and kept == ["刚好.xlsx"]
    (why,) = coming.unheld
    assert (why.code, why.place) == ("too-large", "多一.xlsx") and upload_limit.WORDS in why.reason
    coming.close()


def test_what_stands_around_our_limit_lets_a_file_of_that_size_through():
    allowed = tomllib.loads(text(".streamlit/config.toml"))["server"]["maxUploadSize"]
    assert allowed * MILLION >= upload_limit.BYTES
    assert allowed << 20 >= upload_limit.BYTES + WRAPPED
    assert re.findall(r"client_max_body_size (\d+)m;", text("docs/nginx.conf")) == [str(allowed)]
    assert f"一个文件最多 {upload_limit.WORDS}" in text("docs/nginx.conf")


def test_scripts_say_the_limit_in_the_same_words():
    assert f'"{upload_limit.WORDS}"' in text("dashboard/assets/zh.js")
    for name in ("components/dropzone.js", "assets/zh.js"):
        said = text(f"dashboard/{name}")
        assert not re.search(r"\d MB", said) and "千字节" not in said
        assert set(re.findall(r"\d+ 兆", said)) <= {upload_limit.WORDS}


def test_the_page_hands_the_limit_to_its_script_and_says_it_at_the_restoring(tmp_path, monkeypatch):
    monkeypatch.setenv("JILAN_DATA", str(tmp_path))
    st.cache_resource.clear()
    at = opened("upload")
    labels = [one.proto.label for one in at.get("file_uploader")]
    assert any(upload_limit.WORDS in one and "命令行" in one for one in labels)
    handed = [str(json.loads(one.proto.json)) for one in at.get("bidi_component")]
    assert any(str(upload_limit.BYTES) in one and upload_limit.WORDS in one for one in handed)
    cache.store().close()
    st.cache_resource.clear()


@pytest.mark.parametrize("size", [0, 1, upload_limit.BYTES])
def test_what_is_no_larger_passes(size):
    upload_limit.check("a.xlsx", size)
