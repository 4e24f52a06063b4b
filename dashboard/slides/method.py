"""What was not read, and by what the rest was judged."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard.dossier import Dossier
from dashboard.slides.slide import Slide, of_many, parts
from parsing import BOOK

ROWS = 5


def slides(dossier: Dossier) -> Iterator[Slide]:
    rows = dossier.unread
    title = f"{len(rows)} 处没有读出或不是项目表，不在合计之内" if rows else "送来的表都已读出"
    groups = parts(rows, ROWS)
    for number, group in enumerate(groups, 1):
        items = "".join(f"<li><b>{escape(row['file'])}</b>　{escape(row['reason'])}</li>" for row in group)
        listed = f'<ul class="unread">{items}</ul>' if items else ""
        method = _method(dossier) if number == len(groups) else ""
        yield Slide("method", of_many(title, number, len(groups)), "", listed + method)


def _method(dossier: Dossier) -> str:
    whole = dossier.whole
    lines = [
        f"审核标准：{dossier.standard.title}。{dossier.standard.note}。",
        f"规则：{len(BOOK)} 条，逐条写明依据、建议和在样本上的准确率；没有读到的内容记为“未检查”，不算通过。",
        "金额：只合计当年预算；没有读到预算的项目计数，不计金额。",
    ]
    if whole["unpriced"]:
        lines.append(f"有 {whole['unpriced']} 个项目没有读到当年预算。")
    if whole["repairs"]:
        lines.append(f"读表时修复 {whole['repairs']} 处错位，其中 {whole['doubtful']} 处待核对，逐处可查。")
    if dossier.beyond:
        lines.append(
            f"逐项目页只列预算最大的 {len(dossier.cases)} 个，另有 {dossier.beyond:,} 个项目在合计之内。"
        )
    return '<ul class="method">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
