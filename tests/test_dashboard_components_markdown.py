"""Names of users in Streamlit's own words: shown as typed. (What a browser makes of it:
``test_browser_verbatim``.)"""

from __future__ import annotations

import re

import pytest

from dashboard.components.markdown import JOINER, escape_markdown


def shown(marked: str) -> str:
    """What CommonMark shows of it: escapes away, nothing else read into it."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", marked).replace("\u2060", "").replace("\u00a0", " ")


@pytest.mark.parametrize(
    "name",
    [
        "**加粗**_斜_`码`.xlsx",
        "[点我](http://example.com/x).xlsx",
        "$\\frac{1}{2}$ :red[红] :smile: :material/home: <b>粗</b> &amp; #1",
        "www.example.com a@b.cn -> <= ~= a--b 1. 项目",
        "    缩进",
    ],
)
def test_every_sign_is_shown(name: str) -> None:
    assert shown(escape_markdown(name)) == name


def test_no_word_is_left_that_is_looked_for_without_its_escapes() -> None:
    text = re.sub(
        r"\\([!-/:-@\[-`{-~])",
        r"\1",
        escape_markdown(":smile: http://a.cn www.a.cn a@b.cn -> >= :material/x:"),
    )
    for word in (":smile:", "http://", "www.", "a@b", "->", ">=", ":material"):
        assert word not in text


def test_what_cannot_be_sent_is_a_question_mark_and_lines_become_one() -> None:
    assert escape_markdown("甲\udce4\n乙") == "甲? 乙"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("综合工作经费（常）", "综合工作经费（常）"),
        ("**粗**", r"\*\*粗\*\*"),
        ("# 一\n二", r"\# 一 二"),
        (":material/home:", rf"\:{JOINER}material/home\:{JOINER}"),
        ("http://a.example", rf"http\:{JOINER}//a.example"),
        ("a@b.example", f"a@{JOINER}b.example"),
        ("达标 >= 9", rf"达标 >{JOINER}= 9"),
        ("a->b", f"a-{JOINER}>b"),
        ("1. 列", r"1\. 列"),
        (" - 列", r" \- 列"),
        ("1,234.5 万元", "1,234.5 万元"),
    ],
)
def test_signs_without_a_meaning_stay_bare_for_screen_readers(text: str, marked: str) -> None:
    assert escape_markdown(text) == marked
