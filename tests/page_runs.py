"""Runs of our pages as scripts, and what stands on them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.session import cache as session
from parsing import Project, Reading

APP = Path(__file__).parent.parent / "dashboard/app.py"
# For each script that is run, Streamlit looks for components in all packages installed: here once.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def run(view: str, /, **query: str) -> AppTest:
    script = f"from dashboard.session import url_state\nfrom dashboard.views import {view}\n"
    script += f"url_state.enter({view!r})\n{view}.page()"
    at = AppTest.from_string(script, default_timeout=20)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception, at.exception
    return at


def app_at(url: str = "", **query: str | list[str]) -> AppTest:
    """The whole app at the address of a page. A page of ours is a function: there is no file to switch to."""
    at = AppTest.from_file(APP, default_timeout=30)
    at._page_hash = calc_hash(url)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def opened(url: str = "", **query: str | list[str]) -> AppTest:
    """The same, where there is nothing wrong."""
    at = app_at(url, **query)
    assert not at.exception and not at.error
    return at


def text(at: AppTest) -> str:
    """The words of the page's own HTML, also of that which answers clicks, styles left out."""
    bodies = "".join(element.proto.body for element in at.get("html"))
    answering = [json.loads(element.proto.json) for element in at.get("bidi_component")]
    bodies += "".join(data.get("html", "") for data in answering)
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", bodies, flags=re.S)


def charts(at: AppTest) -> list[str]:
    specs = [json.loads(element.proto.spec)["data"] for element in at.get("plotly_chart")]
    return [json.dumps(data, ensure_ascii=False) for data in specs]


def bring(*projects: Project) -> None:
    """Count these instead of the samples."""
    store = session.store()
    store.withdraw_samples("测试")
    store.confirm(store.stage("测试.xlsx", b"x", Reading(projects=projects), "测试"), "测试")
