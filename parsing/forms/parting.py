"""Labels with their values in one cell, one or several: 填报单位：某镇  填报时间：2023年11月  单位：万元."""

from __future__ import annotations

import re
from functools import lru_cache

from parsing import vocabulary
from parsing.forms.form import Form
from parsing.grid import Cell, Row
from parsing.vocabulary import Label, composition

GOALS = ("goals", "period_goal", "annual_goal")
LONGEST = 160  # a longer text is prose
_LABEL = re.compile(r"(?![\d一二三四五六七八九十]+[、.．)）]|目标\s*\d)[^\d。，；,;:：!?？！]{2,14}")
# A label after white space; where the white space was lost, one that nobody takes for the end of a name.
_NEXT = re.compile(r"\s+(?P<label>[^\s:：]{2,14})\s*[:：]|(?<=\S)(?:填[报表]|编制)(?:时间|日期|人)\s*[:：]")


def parts(cell: Cell, form: Form) -> list[Cell]:
    """The cell, or one for each label with its value where it holds several; all stand where it stands."""
    text = cell.text
    if len(text) > LONGEST or (":" not in text and "：" not in text):
        return [cell]
    found = [(one.start(), one["label"]) for one in _NEXT.finditer(text)]
    cuts = [at for at, label in found if not label or _is_label(label, form)]
    if not cuts:
        return [cell]
    ends = zip([0, *cuts], [*cuts, len(text)], strict=True)
    return [cell._replace(text=piece) for start, end in ends if (piece := text[start:end].strip())]


def is_label(text: str) -> bool:
    """Whether an unknown text may be a label by its looks: short, no point of a list, no sentence."""
    return _LABEL.fullmatch("".join(text.split())) is not None


def is_beside(row: Row, form: Form) -> bool:
    """Whether a tall cell at the left of a row, such as 基本信息, only stands beside labels and values."""
    if len(row) < 3 or row[0].height < 2 or not len(row) % 2:
        return False
    side, first = row[0].text, row[1].text
    told = form.label(side) is None and not composition.is_body(side)
    return told and (form.label(first) is not None or is_label(first))


def _is_label(text: str, form: Form) -> bool:
    return bool(form.label(text)) or vocabulary.is_note(text) or text.endswith("单位")  # 单位：万元


def labelled(cell: Cell, form: Form, prose: bool) -> tuple[Label, Cell] | None:
    """A label and its value in one cell: 预算单位：某局. ``prose``: the cell may be the text of a goal,
    in which only another goal begins."""
    start = cell.text[:40]
    if ":" not in start and "：" not in start:
        return None
    for colon in re.finditer("[:：]", start):
        text = cell.text[colon.end() :].strip()
        label = form.label(cell.text[: colon.start()])
        if not label or not text or label.field == "goals":
            continue
        if label.field in GOALS or not prose:
            whole = text if label.field in GOALS else re.split(r"\s{2,}", text)[0]
            return label, cell._replace(text=whole)
    return None


@lru_cache(1 << 12)
def printed(label: str) -> str:
    """A label for people: as printed, without line breaks, 其中：, the colon and a value behind it."""
    words = re.sub(r"\s+", "", label).removeprefix("其中").strip(":：")
    return re.split("[:：]", words, maxsplit=1)[0]
