"""No text of a user is read as Markdown: every place that reads Markdown gets our own words, a number, or
text that went through ``escape_markdown``."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
import streamlit as st
from page_runs import run
from streamlit.testing.v1 import AppTest

from dashboard.queries import review
from dashboard.queries.review import FindingFilter
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.store import StoreConflict, project
from parsing import read

pytestmark = pytest.mark.usefixtures("own_store")

ROOT = Path(__file__).parent.parent / "dashboard"
WORDS = ("label", "body", "help", "text", "title", "captions", "message")  # arguments that Streamlit reads so
# Elements that read Markdown in one of these arguments; ``verbatim_page`` shows most to a real browser.
READERS = [
    *("badge", "button", "caption", "checkbox", "dialog", "download_button", "error", "expander", "feedback"),
    *("file_uploader", "form_submit_button", "header", "info", "link_button", "markdown", "menu_button"),
    *("metric", "multiselect", "number_input", "page_link", "pills", "popover", "progress", "radio"),
    *("segmented_control", "select_slider", "selectbox", "slider", "spinner", "status", "subheader"),
    *("success", "tabs", "text_area", "text_input", "title", "toast", "toggle", "warning", "write", "latex"),
    *("date_input", "datetime_input", "time_input", "chat_input", "chat_message", "camera_input"),
    *("audio_input", "color_picker"),
]
LABELLED = ("radio", "segmented_control", "pills")  # whose choices are Markdown, too
PLAIN = ("text", "html", "Page")  # show text as it is; the titles of pages are constants in ``pages``
CLEAN = ("escape_markdown", "len")
HOSTILE = [Path(__file__).parent / f"cases/hostile/{name}.xlsx" for name in ("label_markdown", "markup")]
AWAKE = re.compile(r"(?<!\\)(\$|\*\*|\[[链点]\]|:red\[|<(img|script|br)|&lt;)|:material/")
VIEWS = ("overview", "budget", "coverage", "review", "projects", "present", "meeting", "upload")
DIALOG = "from dashboard.views import deciding\ndeciding.decide({!r}, {!r}, 100)"


def modules() -> list[Path]:
    return [
        path for path in sorted(ROOT.rglob("*.py")) if "import streamlit as st" in path.read_text("utf-8")
    ]


def clean(node: ast.expr) -> bool:
    """Whether no text of a user can be in it that would be read as Markdown."""
    match node:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in CLEAN
        case ast.JoinedStr(values=values):
            return all(map(clean, values))
        case ast.FormattedValue(value=value, format_spec=spec):
            return clean(value) or (spec is not None and ast.unparse(spec) in ("f','", "f'.1f'"))
        case ast.IfExp(body=first, orelse=second):
            return clean(first) and clean(second)
        case ast.List(elts=values) | ast.Tuple(elts=values):
            return all(map(clean, values))
        case ast.Name(id=name):
            return name.isupper()  # words of our own
    return False


def arguments(call: ast.Call, name: str) -> list[ast.expr]:
    first = [] if name == "progress" else call.args[:1]
    second = call.args[1:2] if name == "progress" else []
    named = [one.value for one in call.keywords if one.arg in WORDS]
    choices = call.args[1:2] if name in LABELLED else []
    if any(one.arg == "format_func" and ast.unparse(one.value) == "escape_markdown" for one in call.keywords):
        choices = []
    return [*first, *second, *named, *choices]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_what_is_read_as_markdown_is_our_own_or_verbatim(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    wrong = [
        f"{path.name}:{call.lineno} {ast.unparse(argument)}"
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in READERS
        if not (isinstance(call.func.value, ast.Name) and call.func.value.id.endswith(("url_state", "_html")))
        for argument in arguments(call, call.func.attr)
        if not clean(argument)
    ]
    assert not wrong


def test_every_element_that_reads_markdown_is_known() -> None:
    unknown = [
        name
        for name, value in inspect.getmembers(st, inspect.isroutine)
        if not name.startswith("_") and "markdown" in (value.__doc__ or "").lower()
        if set(WORDS) & set(inspect.signature(value).parameters) and name not in (*READERS, *PLAIN)
    ]
    assert not unknown


@pytest.fixture
def keys() -> list[str]:
    """The projects of files whose every text looks like Markdown, in place of the samples."""
    kept = cache.store()
    kept.withdraw_samples("测试")
    for file in HOSTILE:
        kept.confirm(kept.stage(file.name, file.read_bytes(), read(file), "测试"), "测试")
    return [row["key"] for row in kept.rows(sa.select(project.c.key))]


def awake(at: AppTest) -> list[str]:
    """Texts on the page, its dialogs and its toasts that Streamlit would take for Markdown."""
    texts: list[object] = []
    for one in at._tree:
        kind, proto = getattr(one, "type", ""), getattr(one, "proto", None)
        texts += [getattr(proto, name, "") for name in WORDS if kind not in ("html", "text")]
        texts += [getattr(option, "content", option) for option in getattr(proto, "options", ())
                  if kind in ("radio", "button_group")]  # fmt: skip
    return [text for text in texts if isinstance(text, str) and AWAKE.search(text)]


@pytest.mark.parametrize("view", VIEWS)
def test_no_page_of_a_portfolio_of_markdown_has_any_awake(view: str, keys: list[str]) -> None:
    assert keys and not awake(run(view))


def test_no_project_and_no_decision_has_any_awake(keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for key in keys:
        name = cache.store().project(key).name
        assert not awake(run("projects", id=key))
        at = AppTest.from_string(DIALOG.format(key, name), default_timeout=20).run()
        rows = cache.rows(review.ranked, Scope(), "default", FindingFilter(key=key), 50, 0, "severity")
        at.multiselect(key=f"tied-{key}").set_value([row["ident"] for row in rows]).run()
        assert rows and not at.exception and not awake(at)

        def refuse(*_: object, name: str = name) -> None:
            raise StoreConflict(f"“{name}”刚刚改过")

        monkeypatch.setattr(type(cache.store()), "resolve", refuse)
        at.button(key=f"verdict-go-{key}").click().run()
        assert len(at.error) == 1 and not awake(at)
