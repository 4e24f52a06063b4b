"""Files that could not be stored, and strange things where files wait, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from parsing import Unread

FEW = 5


def unstored(whys: Sequence[Unread], count: int = 1) -> str:
    """Files in one card: each name, why, and what to do. ``count``: how many there are, if more."""
    lines = [
        f"<li><b>{escape(why.place)}</b><br>{escape(why.reason)}。{escape(why.remedy)}。</li>" for why in whys
    ]
    title = "没有存下来" if count == 1 else f"{count} 个文件没有存下来"
    return _card("file bad", title, lines, f"另有 {count - len(whys)} 个" if count > len(whys) else "")


def strangers(found: Mapping[str, str]) -> str:
    """Name → why it was passed over."""
    lines = [f"<li><b>{escape(name)}</b>（{why}）</li>" for name, why in list(found.items())[:FEW]]
    rest = f"另有 {len(found) - FEW} 样。" if len(found) > FEW else ""
    title = f"数据文件夹的暂存处有 {len(found)} 样别的东西，已跳过，没有改动"
    return _card("file", title, lines, f"{rest}如果其中有要导入的表格，请在这一页导入。")


def _card(kind: str, title: str, lines: Sequence[str], rest: str) -> str:
    last = f"<li>{rest}</li>" if rest else ""
    return (
        f'<article class="{kind}"><header><h3>{title}</h3></header>'
        f'<ul class="troubles">{"".join(lines)}{last}</ul></article>'
    )
