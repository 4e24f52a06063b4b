"""The project's own case files with what a person read in them: what every golden test compares with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

CASES = Path(__file__).parent / "cases"
FILES, REPORTS = CASES / "files", CASES / "reports"
SAMPLES = CASES.parent.parent / "data" / "samples"
Values = Mapping[str, Any]
LABELS = {  # of the six sample tables
    "项目名称": "name",
    "项目类型": "project_type",
    "项目等级": "level",
    "主管部门": "department",
    "用款单位": "unit",
    "2024年预算金额（元）": "budget_yuan",
    "起始年度": "start",
    "到期年度": "end",
    "实施周期总目标": "period_goal",
    "2024年度目标": "annual_goal",
}
CLEAN = (
    *("perf_sheets.xlsx", "perf_stacked.xlsx", "gbk.csv", "lo_utf8.csv", "utf8bom.csv"),
    *("perf_sheets.xls", "perf_sheets.et", "perf.doc"),
    *("perf.docx", "perf_docx.html", "perf_sheets.ods", "export_spreadsheetml.xls"),
    *("perf_sheets.pdf", "perf_stacked.pdf"),
)
CUT = ("perf_docx.pdf", "perf.ofd")  # page breaks run through two of their rows
PASTED = ("paste_gbk.txt", "paste_utf16.txt")
OTHERS = ("perf.odt", "perf.rtf", "perf.mht")
PICTURED = {"scan_01.png": (0, 1), "scan_02.png": (2, 3), "scanned.pdf": (0, 4)}  # the tables whole on them


class Table(NamedTuple):
    """``fields``: what a project must have, money in 元, None where unknown; ``indicators``: of each the keys
    that are on the form, ``target`` being that of the year or else that of the period."""

    fields: Values
    indicators: Sequence[Values]


class Case(NamedTuple):
    """``others``: tables of another kind; ``is_whole``: there is nothing else in the file."""

    path: Path
    tables: tuple[Table, ...]
    others: int = 0
    is_whole: bool = True


def golds(*folders: str) -> list[Path]:
    """The gold files that stand beside their files, ``FILE.gold.json``."""
    return sorted(gold for folder in folders for gold in CASES.glob(f"{folder}/*.*.gold.json"))


def cases() -> Iterator[Case]:
    """All of them; those of PICTURED take long."""
    for gold in golds("forms", "hostile", "pasted", "drawn", "published"):
        kept = json.loads(gold.read_text("utf-8"))
        tables = tuple(_table(one) for one in kept.get("projects", ()))
        others = 0 if tables or kept.get("kind") == "refused" else 1
        yield Case(gold.parent / kept["file"], tables, others)
    for group in json.loads((REPORTS / "gold.json").read_text("utf-8")):
        for name in group["files"]:
            yield Case(REPORTS / name, tuple(map(_table, group["projects"])))
    six = tuple(map(_sample, json.loads((FILES / "gold.json").read_text("utf-8"))))
    for name in (*CLEAN, *CUT, *PASTED, *OTHERS):
        yield Case(FILES / name, six)
    for path in sorted(SAMPLES.glob("dongkeng-2024.*")):
        yield Case(path, six)
    for name, (first, end) in PICTURED.items():
        yield Case(FILES / name, six[first:end], is_whole=False)


FIELDS = (
    *("name", "department", "unit", "project_type", "level", "start", "end", "year"),
    *("budget_yuan", "total_yuan", "period_goal", "annual_goal"),
)
INDICATOR = ("level1", "level2", "slot", "name", "period", "annual")


def _table(true: Values) -> Table:
    fields = {field: true[field] for field in FIELDS if field in true}
    rows = [{key: one[key] for key in INDICATOR if key in one} for one in true["indicators"]]
    return Table(fields, rows)


def _sample(table: Values) -> Table:
    keys = ("level1", "level2", "name", "period", "annual")
    rows = [dict(zip(keys, line, strict=True)) for line in table["indicators"]]
    fields = {LABELS[label]: value for label, value in table["fields"].items()}
    fields |= {"budget_yuan": int(fields["budget_yuan"]), "year": 2024}
    return Table(fields, [row for row in rows if row["name"]])
