"""Every form we hold a file of, against what a person read in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import parsing
from parsing.model import Indicator, Project
from tests.golds import FIELDS, golds

GOLDS = golds("forms", "hostile")
PROJECT = (*FIELDS, "form")
INDICATOR = ("level1", "level2", "name", "period", "annual", "weight")


def bare(value: Any) -> Any:
    return re.sub(r"\s+", "", value) if isinstance(value, str) else value


def read(gold: Path) -> tuple[dict[str, Any], parsing.Reading]:
    said = json.loads(gold.read_text("utf-8"))
    return said, parsing.read((gold.parent / said["file"]).read_bytes(), name=said["file"])


def same_indicator(true: dict[str, Any], found: Indicator) -> None:
    for field in INDICATOR:
        if field in true:
            assert bare(getattr(found, field)) == bare(true[field]), (true["name"], field)
    if "slot" in true:
        slots = true["slot"] if isinstance(true["slot"], list) else [true["slot"]]
        assert [*found.slots] == [slot for slot in slots if slot], true["name"]
    if "extras" in true:
        assert found.extras == true["extras"], true["name"]
    if "polarity" in true:
        assert true["polarity"] in found.extras.values()


def same_project(true: dict[str, Any], found: Project) -> None:
    for field in PROJECT:
        if field in true:
            assert bare(getattr(found, field)) == bare(true[field]), field
    for field in ("sources", "total_sources"):
        if field in true:
            assert getattr(found, field) == true[field], field
    if "extras" in true or "nature" in true:
        assert found.extras == true.get("extras", {"项目性质": true.get("nature")})
    if "empty" in true:
        assert [one.slot for one in found.empty] == true["empty"]
    assert len(found.indicators) == len(true["indicators"])
    for one, indicator in zip(true["indicators"], found.indicators, strict=True):
        same_indicator(one, indicator)


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.name.removesuffix(".gold.json"))
def test_every_file_says_what_its_gold_says(gold: Path) -> None:
    said, reading = read(gold)
    assert len(reading.projects) == said["n_projects"] == len(said["projects"])
    for true, found in zip(said["projects"], reading.projects, strict=True):
        same_project({"form": said.get("form", found.form), **true}, found)
        assert [[repair.code, repair.path] for repair in found.repairs] == true.get("repairs", [])
    known = [project.budget_yuan for project in reading.projects if project.budget_yuan is not None]
    assert sum(known) == said["sum_budget_yuan"]
    assert sum(len(project.indicators) for project in reading.projects) == said["n_indicators"]
    assert [trouble.code for trouble in reading.unread] == said.get("unread", [])
    if "totals" in said:
        assert [[one.label, one.printed_yuan, one.agrees] for one in reading.totals] == said["totals"]
    assert len(reading.others) == len(said.get("other_forms", []))
    for true, other in zip(said.get("other_forms", []), reading.others, strict=True):
        kind = "部门整体支出绩效目标表" if "整体" in true["kind_name"] else true["kind_name"]
        assert (other.kind, other.rows, bool(other.title)) == (kind, true["n_rows"], True)
        for field in ("name", "department", "unit", "year"):
            assert field not in true or getattr(other, field) == true[field], field
