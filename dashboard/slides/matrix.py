"""The coverage matrix: project × category, four states told apart by shape as well as colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from dashboard.slides.measure import fit, height, room
from dashboard.slides.slide import Slide, joined, of_many, source, table
from dashboard.snapshot.snapshot import Case, Snapshot
from dashboard.wording.text_width import text_width
from parsing import SLOTS

BELOW = "格内为三级指标条数；✕ 必填＝标准要求而空缺，✕ 缺＝空缺，不适用＝已说明理由，？＝没有读出"
SIZES = (3.2, 2.8, 2.5)
LABELS = (44.0, 62.0)  # width of the names: usual, and where some are long
LONG = 24  # em
LEAST = 5.4  # height of a row
HEAD = 4.2


def slides(snapshot: Snapshot) -> Iterator[Slide]:
    if not snapshot.cases:
        return
    title = conclusion(snapshot)
    label = LABELS[any(text_width(case.named) > LONG for case in snapshot.cases)]

    def high(case: Case, size: float) -> float:
        return max(LEAST, height(case.named, size, label - 2)) + 0.6

    size, groups = fit(snapshot.cases, high, SIZES, room(title, BELOW, taken=HEAD))
    heads = "<h3></h3>" + "".join(f"<h3>{slot}</h3>" for slot in SLOTS)
    for number, group in enumerate(groups, 1):
        rows = "".join(map(_row, group))
        grid = table("matrix", size, len(group), heads + rows, f";--label:{label:g}")
        yield Slide("matrix", of_many(title, number, len(groups)), BELOW, grid, notes(group))


def conclusion(snapshot: Snapshot) -> str:
    whole = snapshot.whole
    if snapshot.beyond:
        return f"预算最大的 {len(snapshot.cases)} 个项目各填了哪几类"
    return f"{whole['cells']:,} 格填了 {whole['filled']:,} 格，必填的还缺 {whole['required']:,} 格"


def notes(group: Sequence[Case]) -> str:
    """Which categories each lacks though the standard requires them."""
    return joined(
        f"{case.project.title}必填而空缺：{'、'.join(lacks)}"
        for case in group
        if (lacks := [slot for k, slot in enumerate(SLOTS, 1) if case.matrix[f"r{k}"] == 2])
    )


def _row(case: Case) -> str:
    return f'<p class="label">{escape(case.named)}</p>' + "".join(
        cell(case, k) for k in range(1, len(SLOTS) + 1)
    )


def cell(case: Case, k: int) -> str:
    """One cell, leading to the first indicator or to where the empty category is printed."""
    row, slot = case.matrix, SLOTS[k - 1]
    leads = source((case, _path(case, slot)))
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
