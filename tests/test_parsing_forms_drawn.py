"""Forms drawn by somebody who had not seen the reader, and published ones: each is read whole, or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import parsing
from parsing.errors import LostColumns
from parsing.model import Indicator
from tests.golds import FIELDS, golds
from tests.judging import same

GOLDS = golds("drawn", "published")


def is_same_indicator(indicator: Indicator, true: dict[str, Any]) -> bool:
    slots = true.get("slot", indicator.slot)
    values = all(
        any(same(getattr(indicator, side), text) for text in [true[side], *true.get(f"{side}_any", [])])
        for side in ("period", "annual")
        if side in true
    )
    own = slots if isinstance(slots, list) else [slots]
    return values and same(indicator.name, true["name"]) and indicator.slot in own


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.name.removesuffix(".gold.json"))
def test_a_form_that_nobody_declared_is_read_whole_or_refused(gold: Path) -> None:
    true = json.loads(gold.read_text("utf-8"))
    if true["kind"] == "refused":  # its columns are lost, and nobody can tell them for sure
        with pytest.raises(LostColumns):
            parsing.read(gold.parent / true["file"])
        return
    reading = parsing.read(gold.parent / true["file"])
    if true["kind"] == "other":
        assert reading.others and not reading.projects
        return
    assert [project.name for project in reading.projects] == [project["name"] for project in true["projects"]]
    for project, own in zip(reading.projects, true["projects"], strict=True):
        wrong = [field for field in FIELDS if field in own and not same(getattr(project, field), own[field])]
        assert not wrong, (wrong, [getattr(project, field) for field in wrong])
        assert len(project.indicators) == len(own["indicators"])
        for indicator, one in zip(project.indicators, own["indicators"], strict=True):
            assert is_same_indicator(indicator, one), (indicator, one)
