"""Several labels with their values in one cell: 填报单位：某镇  填报时间：2023年11月  单位：万元."""

from __future__ import annotations

import re

from parsing.forms import vocabulary
from parsing.forms.form import Form
from parsing.grid import Cell

LONGEST = 160  # a longer text is prose
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


def _is_label(text: str, form: Form) -> bool:
    return bool(form.label(text)) or vocabulary.is_note(text) or text.endswith("单位")  # 单位：万元
