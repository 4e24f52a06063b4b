"""All slides as one piece of HTML: shown in the dashboard, and saved as a file that needs nothing else."""

from __future__ import annotations

from html import escape
from pathlib import Path

from dashboard.dossier import Dossier
from dashboard.markup.original import original
from dashboard.slides import slides
from dashboard.slides.slide import Slide

ASSETS = Path(__file__).parents[1] / "assets"
KEYS = "→ 下一页　← 上一页　数字+Enter 跳页　G 全部　C 看出处　F 全屏　B 黑屏　L 明暗　N 讲稿"


def fragment(dossier: Dossier) -> str:
    """The deck without its style and script; its root has the class ``deck``."""
    foot = f"{dossier.made.isoformat()}　{dossier.standard.title}　内容校验 {dossier.mark}"
    many = slides(dossier)
    pages = "".join(_page(one, number, len(many), foot) for number, one in enumerate(many, 1))
    tables = "".join(
        f'<template data-table="{case.key}" data-title="{escape(case.project.name)}">'
        f"{original(case.project)}</template>"
        for case in dossier.cases
    )
    return (
        f'<div class="deck" tabindex="-1" lang="zh-CN">{pages}'
        '<div class="deck-bar"><button data-act="prev" aria-label="上一页">‹</button>'
        '<span class="deck-count"></span><button data-act="next" aria-label="下一页">›</button>'
        '<button data-act="grid">全部</button><button data-act="notes">讲稿</button>'
        '<button data-act="dark">明暗</button><button data-act="full">全屏</button></div>'
        '<div class="deck-source" role="dialog" hidden><header><h2></h2><p class="deck-place"></p>'
        '<button data-act="back">返回　Esc</button></header><div class="deck-sheet"></div></div>'
        f"{tables}</div>"
    )


def style() -> str:
    return (ASSETS / "deck.css").read_text("utf-8")


def script() -> str:
    return (ASSETS / "deck.js").read_text("utf-8")


def _page(one: Slide, number: int, count: int, foot: str) -> str:
    below = f'<p class="below">{escape(one.below)}</p>' if one.below else ""
    return (
        f'<section class="slide of-{one.kind}" data-notes="{escape(one.notes)}" aria-label="第 {number} 页">'
        f"<header><h1>{escape(one.title)}</h1>{below}</header>"
        f'<div class="body">{one.body}</div>'
        f'<footer class="foot"><span>{escape(foot)}</span><span>{number} / {count}</span></footer></section>'
    )
