"""All slides as one piece of HTML: shown in the dashboard, and saved as a file that needs nothing else."""

from __future__ import annotations

from html import escape
from pathlib import Path

from dashboard.html.original import original
from dashboard.slides import slides
from dashboard.slides.measure import MARK, title_size
from dashboard.slides.slide import Slide
from dashboard.snapshot.snapshot import Snapshot
from dashboard.wording.formatting import clip

ASSETS = Path(__file__).parents[1] / "assets"
LONGEST, FOOT = 24, 66  # characters at the foot: of names in it; of all of it
BAR = (
    ("prev", "‹", "上一页"),
    ("next", "›", "下一页"),
    ("grid", "全部", "全部幻灯片（G）"),
    ("notes", "讲稿", "在第二个窗口看讲稿（N）"),
    ("dark", "明暗", "明暗（L）"),
    ("full", "全屏", "全屏（F）"),
)
KEYS = (
    ("→ 空格 PageDown", "下一页"),
    ("← PageUp", "上一页"),
    ("Home　End", "第一页、最后一页"),
    ("数字 Enter", "跳到那一页"),
    ("G", "全部幻灯片"),
    ("Tab，再按 C 或 Enter", "看数字出自哪个单元格"),
    ("F", "全屏，Esc 退出"),
    ("B", "黑屏"),
    ("L", "明暗"),
    ("N", "讲稿"),
    ("H", "这张表"),
)


def fragment(snapshot: Snapshot) -> str:
    """The deck without its style and script; its root has the class ``deck``."""
    many = slides(snapshot)
    pages = "".join(_page(one, number, len(many), foot(snapshot)) for number, one in enumerate(many, 1))
    tables = "".join(
        f'<template data-table="{case.key}" data-title="{escape(case.project.title)}">'
        f"{original(case.project)}</template>"
        for case in snapshot.cases
    )
    return f'<div class="deck" tabindex="-1" lang="zh-CN">{pages}{_bar()}{_source()}{_help()}{tables}</div>'


def foot(snapshot: Snapshot) -> str:
    """Whose the numbers of a slide are, in the one line that there is at its foot."""
    said = snapshot.caption
    short = said._replace(whose=clip(said.whose, LONGEST), standard=clip(said.standard, LONGEST))
    return f"{clip(short.line, FOOT)}　内容校验 {snapshot.mark}"


def _bar() -> str:
    buttons = [
        f'<button data-act="{act}" title="{hint}" aria-label="{hint}">{text}</button>'
        for act, text, hint in BAR
    ]
    buttons.insert(1, '<span class="deck-count" aria-live="polite"></span>')
    return f'<div class="deck-bar">{"".join(buttons)}</div><p class="deck-typed" hidden></p>'


def _source() -> str:
    return (
        '<div class="deck-source" role="dialog" aria-label="出处" hidden><header><h2></h2>'
        '<p class="deck-place"></p><div><button data-act="earlier" aria-label="上一处">‹</button>'
        '<button data-act="later" aria-label="下一处">›</button>'
        '<button data-act="back">返回　Esc</button></div></header><div class="deck-sheet"></div></div>'
    )


def _help() -> str:
    rows = "".join(f"<dt>{keys}</dt><dd>{what}</dd>" for keys, what in KEYS)
    return f'<div class="deck-help" hidden><h2>按键</h2><dl>{rows}</dl></div>'


def style() -> str:
    return Path(__file__).with_suffix(".css").read_text("utf-8")


def script() -> str:
    files = (ASSETS / "words.js", Path(__file__).with_suffix(".js"))
    return "".join(file.read_text("utf-8") for file in files)


def _page(slide: Slide, number: int, count: int, foot: str) -> str:
    below = f'<p class="below">{escape(slide.below)}</p>' if slide.below else ""
    size = title_size(slide.title, MARK if slide.mark else 0)
    return (
        f'<section class="slide of-{slide.kind}" data-notes="{escape(slide.notes)}" '
        f'aria-label="第 {number} 页">'
        f'<header><h1 style="--size:{size}">{escape(slide.title)}</h1>{slide.mark}{below}</header>'
        f'<div class="body">{slide.body}</div>'
        f'<footer class="foot"><span>{escape(foot)}</span><span>{number} / {count}</span></footer></section>'
    )
