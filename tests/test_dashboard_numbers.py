"""Every number of every page, slide, paper and export of one mixed portfolio is one that ``python -m
parsing`` says of the same files, about the project, category, rule, unit or year that stands beside it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
import streamlit as st
from doubles import HOSTILE, Sheet, book
from facts import Facts, Numbers
from halves_read import REASONS
from segments import Source, page

import parsing
from dashboard.ingest.samples import SAMPLES, bring
from dashboard.session import cache
from dashboard.store import project
from parsing import DEFAULT, SLOTS, asked
from parsing.rules import BOOK

ROOT = Path(__file__).parent.parent
FILES = {
    "1.xlsx": book(Sheet("甲项目", 17), Sheet("乙项目", 23, "第二小学")),
    "2.xlsx": book(
        Sheet("丙项目", 31, year=2025), Sheet("丁项目", 47, "城建办", 2025), Sheet("甲项目", 59, year=2025)
    ),
    "3.xlsx": book(Sheet("乙项目", 29, "第二小学")),  # once more
    "4.xlsx": (HOSTILE / "list_sums.xlsx").read_bytes(),
    "5.txt": REASONS["cut"].encode(),
}
PAGES = ("overview", "budget", "coverage", "review", "projects", "meeting")
NO_FIGURES = re.compile(  # dates, years, papers of the law, pages, places, ways to count, names of files
    r"\d{4}-\d\d-\d\d|\d\d-\d\d \d\d:\d\d|〔\d+〕\d+号|(?<!\d)20\d\d(?!\d)|[（(]\d+ ?/ ?\d+[）)]"
    r"|第 ?\d+(—\d+| / \d+)? ?[个页行列版]|内容校验 [0-9a-f]+( \d+ / \d+)?|前三个|\d+ 至 \d+ 类"
    r"|其余 \d+ 个项目|最大的 \d+ 个|[\w-]+\.(xlsx|txt)|\b[A-Z]\d+\b|表\d+|\d+—\d+ 万元|\d+(?= 万元以上)"
    r"|(?<=不到 )\d+(?= 万元)|^\d+\.（"
)
NEAR = 8  # segments after one that names something, which may be about that
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


class Mixed(NamedTuple):
    facts: Facts
    sources: list[Source]
    texts: list[re.Pattern[str]]  # of the tables and of what is said about them, the longest first


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mixed]:
    folder = tmp_path_factory.mktemp("files")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    paths = [*sorted(folder.iterdir()), *sorted(SAMPLES.glob("*.txt"))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JILAN_DATA", str(tmp_path_factory.mktemp("store")))
        st.cache_resource.clear()
        store = cache.store()
        for name, data in FILES.items():
            store.confirm(store.stage(name, data, parsing.read(data, name), "测试"), "测试")
        bring(store, "测试")
        store.settle()
        facts, texts = reference(paths)
        yield Mixed(facts, [*sources()], texts)
        store.close()
    st.cache_resource.clear()


def sources() -> Iterator[Source]:
    names = {row["key"]: row["name"] for row in cache.store().rows(sa.select(project.c.key, project.c.name))}
    for view in PAGES:
        for by in ("fen", "n"):
            yield from page(view, names, by=by)
    for key, name in names.items():
        yield from page("projects", names, name, id=key)


def reference(paths: list[Path]) -> tuple[Facts, list[re.Pattern[str]]]:
    command = [sys.executable, "-m", "parsing", *map(str, paths), "--format", "json"]
    told = json.loads(subprocess.run(command, capture_output=True, check=False, cwd=ROOT).stdout)
    projects = [each for path in paths for each in parsing.read(path).projects]
    for entry, each in zip(told["projects"], projects, strict=True):
        filled = {slot for indicator in each.indicators for slot in indicator.slots}
        needs = asked(each, DEFAULT)
        lacks = [slot for slot in SLOTS if slot not in filled]
        entry["unread"] = lacks if each.partial else []
        entry["lacks"] = {} if each.partial else {slot: needs.get(slot, "plain") for slot in lacks}
        entry["sample"] = entry["place"].startswith(tuple(path.name for path in SAMPLES.glob("*.txt")))
        entry.setdefault("partial", None)
    counted = [entry for entry in told["projects"] if entry.get("counts") is not False]
    left = [entry for entry in told["projects"] if entry.get("counts") is False]
    texts = sorted({" ".join(text.split()) for text in strings(told) if re.search(r"\d", text)}, key=len)
    return Facts(counted, left, {rule: about.dimension for rule, about in BOOK.items()}), [
        re.compile(rf"(?<!\d){re.escape(text)}(?!\d)") for text in reversed(texts)
    ]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from strings(inside)


def walked(mixed: Mixed, source: Source) -> Iterator[tuple[str, Numbers, str]]:
    """Each number, what may stand there, and the segment."""
    near, title = deque[Numbers]([set()], NEAR), mixed.facts.about(source.title)
    for segment in (" ".join(one.split()) for one in source.segments):
        near.append(mixed.facts.about(segment))
        bare = segment
        for text in mixed.texts:
            bare = text.sub("", bare)
        for clause in re.split(r"[，。；]", bare):
            about = mixed.facts.about(clause)
            if not mixed.facts.names(clause):
                about = about.union(() if about else mixed.facts.whole, title, *near)
            for number in NUMBER.findall(NO_FIGURES.sub("", clause)):
                yield number.replace(",", ""), about, segment


def larger(number: str) -> str:
    """By one at its last place."""
    value = Decimal(number.rstrip("%"))
    return f"{value + Decimal(1).scaleb(int(value.as_tuple().exponent))}{'%' * number.endswith('%')}"


def test_every_number_is_one_that_the_command_line_says(mixed: Mixed) -> None:
    every = [(source.name, *one) for source in mixed.sources for one in walked(mixed, source)]
    assert len({name for name, *_ in every}) >= len(PAGES) + 9 and len(every) > 3_000
    assert [(name, number, segment) for name, number, about, segment in every if number not in about] == []


@pytest.mark.parametrize(("kind", "least"), (("[.%]", 0.97), (r"^\d+$", 0.25)))
def test_a_number_that_is_wrong_would_be_noticed(mixed: Mixed, kind: str, least: float) -> None:
    """Amounts and shares; of counts, which are small, many are said of something else that stands there:
    those of each project are compared one by one below."""
    every = [(number, about) for source in mixed.sources for number, about, _ in walked(mixed, source)]
    some = [(number, about) for number, about in every if re.search(kind, number)]
    assert sum(larger(number) not in about for number, about in some) >= least * len(some)


def test_a_project_too_many_in_what_the_command_line_says_would_be_noticed_everywhere(mixed: Mixed) -> None:
    less = mixed._replace(facts=Facts(mixed.facts.projects[1:], [], mixed.facts.dimensions))
    for name in {source.name for source in mixed.sources}:
        parts = [source for source in mixed.sources if source.name == name]
        assert any(number not in about for source in parts for number, about, _ in walked(less, source)), name


def test_each_cell_of_the_matrix_is_what_the_command_line_says_of_that_category(mixed: Mixed) -> None:
    expected = {(entry["name"], entry["year"]): cells(entry) for entry in mixed.facts.projects}
    rows = next(source.segments for source in mixed.sources if source.name == "sheet 项目")
    found = {}
    for row in (row.split("\t") for row in rows):
        if (row[0], int(row[2]) if row[2:3] and row[2].isdecimal() else None) in expected:
            found[row[0], int(row[2])] = row[4:13]
    assert found == expected


def cells(entry: dict[str, Any]) -> list[str]:
    counts = Counter(slot for indicator in entry["indicators"] for slot in indicator["slot"].split("、"))
    marks = {"required": "✕ 必填", "advised": "✕ 缺", "plain": "✕ 缺"}
    return [
        "？" if slot in entry["unread"] else marks.get(entry["lacks"].get(slot, ""), str(counts[slot]))
        for slot in SLOTS
    ]
