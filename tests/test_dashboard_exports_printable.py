"""Every paper of a portfolio can be made and opened, whatever text its tables and its people hold."""

from __future__ import annotations

import io
from datetime import date
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from conftest import make_indicator, make_project
from docx import Document
from pptx import Presentation

import parsing
from dashboard.exports import form
from dashboard.exports.marked.give_back import mark_upload
from dashboard.exports.marked.marking import mark
from dashboard.queries.scope import Scope
from dashboard.snapshot.snapshot import Snapshot, take_snapshot
from dashboard.store import Condition, Store, open_store
from dashboard.views.meeting import FILES
from parsing import DEFAULT, Reading
from parsing.printable import is_printable

HOSTILE = Path(__file__).parent / "cases/hostile"
FILES_THAT_HURT = ("fffe", "nul", "nul_escape", "surrogate_escape")
DAY = date(2026, 11, 27)
ODD = "\x00\x0b\x1f\x85\ufdd0\ufffe\uffff\U0001ffff"
OPEN = {"pptx": Presentation, "docx": Document, "xlsx": openpyxl.load_workbook}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The files that hurt, and a table as an older program of ours kept it, all counted."""
    kept = open_store(tmp_path)
    for name in FILES_THAT_HURT:
        data = (HOSTILE / f"{name}.xlsx").read_bytes()
        kept.confirm(kept.stage(f"{name}{ODD}.xlsx", data, parsing.read(data, f"{name}.xlsx"), "甲"), "甲")
    old = make_project(f"旧{ODD}表", annual_goal=ODD, indicators=(make_indicator(f"办{ODD}结率"),))
    kept.confirm(kept.stage("旧.xlsx", b"x", Reading(projects=(old,)), "甲"), "甲")
    return kept


def told(store: Store) -> Snapshot:
    return take_snapshot(store, Scope(), DEFAULT, DAY)


def test_every_paper_of_such_a_portfolio_opens(store: Store) -> None:
    keys = [row["key"] for row in told(store).money]
    store.resolve(keys[0], "有条件通过", [Condition(f"补充{ODD}指标")], f"李{ODD}主任")
    made = told(store)
    for _, ending, module, maker in FILES:
        data = getattr(import_module(f"dashboard.exports.{module}"), maker)(made)
        if ending == "html":
            assert data.decode()
        else:
            OPEN[ending](io.BytesIO(data))
    projects = [store.project(key) for key in keys]
    assert len(openpyxl.load_workbook(io.BytesIO(form.workbook(projects))).sheetnames) == len(keys)


def test_every_such_file_can_be_given_back(store: Store) -> None:
    for row in store.uploads().to_dict("records"):
        keys = [one.key for one in store.outcome(row["id"])]
        openpyxl.load_workbook(io.BytesIO(mark_upload(store, mark, row["id"], keys, DEFAULT, DAY).data))


def test_what_people_type_is_kept_without_it(store: Store) -> None:
    key, ident = next((row["key"], row["ident"]) for row in told(store).findings)
    store.set_aside(key, ident, f"已{ODD}核实", f"王{ODD}")
    store.resolve(key, "有条件通过", [Condition(f"{ODD}补充"), Condition(ODD)], f"李{ODD}")
    (said,) = store.judgements(key).to_dict("records")
    held = store.verdicts([key])[key]
    assert all(map(is_printable, (said["reason"], said["who"], held.who, held.conditions[0].text)))
    assert len(held.conditions) == 1 and "核实" in said["reason"]
    assert all(map(is_printable, store.uploads()["file"]))
    for empty in (ODD, f" {ODD} "):
        with pytest.raises(ValueError):
            store.declare(key, "数量", empty, "王")
        with pytest.raises(ValueError):
            store.resolve(key, "退回", [], empty, held.action)
