"""The coverage matrix: project × category, four states told apart by shape as well as colour."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard.dossier import Case, Dossier
from dashboard.slides.slide import Slide, of_many, parts, source
from parsing import SLOTS

ROWS = 9


def slides(dossier: Dossier) -> Iterator[Slide]:
    groups = parts(dossier.cases, ROWS)
    whole = dossier.whole
    title = f"{whole['cells']:,} 格填了 {whole['filled']:,} 格，必填的还缺 {whole['required']:,} 格"
    if dossier.beyond:
        title = f"预算最大的 {len(dossier.cases)} 个项目各填了哪几类"
    heads = "".join(f"<h3>{slot}</h3>" for slot in SLOTS)
    for number, group in enumerate(groups, 1):
        body = "".join(_row(case) for case in group)
        yield Slide(
            "matrix",
            of_many(title, number, len(groups)),
            "格内为三级指标条数；✕ 必填＝标准要求而空缺，✕ 缺＝空缺，不适用＝已说明理由，？＝没有读出",
            f'<div class="matrix"><p></p>{heads}{body}</div>',
        )


def _row(case: Case) -> str:
    return f'<p class="label">{escape(case.project.name)}</p>' + "".join(
        cell(case, k) for k in range(1, len(SLOTS) + 1)
    )


def cell(case: Case, k: int) -> str:
    """One cell, leading to the first indicator or to where the empty category is printed."""
    row, slot = case.matrix, SLOTS[k - 1]
    leads = source(case.key, case.project, _path(case, slot))
    if count := row[f"s{k}"]:
        return f'<b class="cell n{min(count, 3)}"{leads}>{count}</b>'
    if row[f"a{k}"]:
        return f'<b class="cell none"{leads}>不适用</b>'
    if row[f"u{k}"]:
        return f'<b class="cell unread"{leads}>？</b>'
    if row[f"r{k}"] == 2:
        return f'<b class="cell must"{leads}>✕ 必填</b>'
    return f'<b class="cell lack"{leads}>✕ 缺</b>'


def _path(case: Case, slot: str) -> str:
    for kind in ("indicators", "empty"):
        for number, item in enumerate(getattr(case.project, kind)):
            if slot in item.slots:
                return f"{kind}[{number}]"
    return ""
