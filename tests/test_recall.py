"""How much is read of the case files and of generated tables, and that the measure itself notices what is
not."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

import pytest

import parsing
from parsing import PARSER
from parsing.accuracy import AccuracyPart, Tally, accuracy, grouped, markdown, together
from tests.generated import DAMAGES, Specimen, table
from tests.generated_shapes import SHAPES
from tests.generated_words import UNSEEN, label
from tests.golds import CASES, PICTURED, SAMPLES, Case, Table, cases
from tests.judging import judged
from tests.recall import (
    DAMAGE_TITLES,
    FLOORS,
    KINDS,
    PICTURES,
    SHAPE_TITLES,
    floored,
    generated,
    holds,
    of_case,
    truth,
    written,
)

READ = [case for case in cases() if case.path.name not in PICTURED]


@pytest.fixture(scope="module")
def read() -> list[AccuracyPart]:
    return [of_case(case) for case in READ]


def ends(true: Specimen, data: bytes, name: str) -> list[str]:
    return [one.end for one in judged((truth(true),), data, name)[1]]


@pytest.mark.parametrize("damage", ["whole", "noisy", "torn"])
@pytest.mark.parametrize(
    ("shape", "floor"), [("xlsx", 1.0), ("tabs", 1.0), ("bars", 0.95), ("lines", 0.95), ("blanks", 0.85)]
)
def test_generated_tables_are_read_and_nothing_is_wrong_without_a_word(
    shape: str, floor: float, damage: str
) -> None:
    both = generated(shape, damage, 4, seed=7).both
    assert both.right >= floor * both.facts
    assert not both.silent and not both.refused


@pytest.mark.parametrize("shape", SHAPES)
def test_a_label_that_nobody_knows_is_asked_about(shape: str) -> None:
    both = generated(shape, "unknown", 6, seed=7).both
    assert both.right >= 0.8 * both.facts
    assert not both.silent and not both.refused


def test_the_figures_that_are_shown_are_above_what_was_reached() -> None:
    both = together(accuracy().of("generated")).both
    assert both.right >= 0.96 * (both.facts - both.refused) and not both.refused
    assert both.silent <= FLOORS["generated"][1] * both.facts
    assert not together(accuracy().of("cases")).both.silent


def test_of_the_case_files_everything_is_right_in_every_kind_of_file(read: list[AccuracyPart]) -> None:
    kinds = grouped(read, lambda part: part.kind)
    assert len(kinds) == 5 and all(map(holds, floored(read).values()))
    for kind, part in kinds.items():
        assert part.both == Tally(right=part.both.facts), kind
    whole = sum((part.both for part in read), Tally())
    assert len(read) >= 80 and whole.facts >= 3_500


def test_every_file_with_a_gold_is_measured() -> None:
    measured = {case.path for case in cases()}
    golds = (path.with_name(path.name.removesuffix(".gold.json")) for path in CASES.rglob("?*.gold.json"))
    assert {path for path in golds if path.is_file()} <= measured
    assert {path for path in (CASES / "reports").iterdir() if path.suffix not in (".md", ".json")} <= measured
    assert {path for path in SAMPLES.iterdir() if path.suffix != ".md"} <= measured


def test_the_figures_say_of_which_parser_they_are_and_are_its_own(read: list[AccuracyPart]) -> None:
    kept = accuracy()
    assert 31 <= int(kept.parser) <= int(PARSER)
    shown = [part for part in kept.of("cases") if part.kind != PICTURES]
    then, now = (grouped(parts, lambda part: part.kind) for parts in (shown, read))
    for kind, part in now.items():  # what was measured then is no better than what holds now
        assert then[kind].both.facts <= part.both.facts and then[kind].both.silent == 0
        assert then[kind].both.right <= part.both.right, kind


def test_the_figures_hold_all_kinds_of_files_shapes_and_damages() -> None:
    kept = accuracy()
    assert {part.kind for part in kept.of("cases")} == {*KINDS, PICTURES}
    made = {(part.format, part.variant) for part in kept.of("generated")}
    assert made == {*product(SHAPE_TITLES.values(), DAMAGE_TITLES.values())}
    assert (SHAPE_TITLES.keys(), DAMAGE_TITLES.keys()) == (SHAPES.keys(), DAMAGES.keys())
    assert sum(part.tables for part in kept.of("generated")) >= 2_000


def test_the_page_in_the_docs_is_of_these_figures() -> None:
    assert (CASES.parent.parent / "docs" / "accuracy.md").read_text("utf-8") == markdown()


def test_what_is_written_is_what_is_shown() -> None:
    parts = tomllib.loads(written(accuracy()))["parts"]
    assert len(parts) == len(accuracy().parts)
    assert sum(sum(one[-2]) + sum(one[-1]) for one in parts) == sum(
        one.both.facts for one in accuracy().parts
    )


def test_the_same_seed_gives_the_same_tables() -> None:
    assert table(Random("7")) == table(Random("7")) != table(Random("8"))


def test_no_data_of_the_program_has_the_words_that_the_labels_are_made_of() -> None:
    program = "".join(
        path.read_text("utf-8")
        for kind in ("*.toml", "*.py")
        for path in Path(parsing.__file__).parent.rglob(kind)
    )
    words = [word for words in UNSEEN.values() for word in words]
    assert len(words) > 30 and not [word for word in words if word in program]
    made = label(Random("7"), "department")
    assert any(word in made for word in UNSEEN["department"])


@pytest.mark.parametrize("part", ["name", "target"])
def test_a_wrong_indicator_is_silent_at_its_place_and_where_it_is_missing_though_a_field_is_doubted(
    part: str,
) -> None:
    true = table(Random("8"))
    word = {"name": true.indicators[0].name, "target": "".join(true.indicators[0].target)}[part]
    name, write = SHAPES["tabs"]
    reading = parsing.read(write(true), name)
    assert [repair.path for repair in reading.projects[0].repairs if repair.doubtful]
    data = write(true).replace(word.encode(), "99项".encode(), 1)
    assert data != write(true)
    assert Counter(ends(true, data, name))["silent"] == 2


def test_a_table_without_the_label_of_its_name_is_read_and_asked_about() -> None:
    name, write = SHAPES["tabs"]
    torn = [DAMAGES["unknown"](Random(str(seed)), table(Random("7"))) for seed in range(20)]
    nameless = [one for one in torn if one.grid[2][0] in ("事由", "钱数")]
    assert nameless
    for one in nameless:
        assert {*ends(one, write(one), name)} == {"right"}
        (project,) = parsing.read(write(one), name).projects
        assert "name" in [repair.path for repair in project.repairs if repair.doubtful]


def test_a_file_that_is_refused_is_refused_with_all_its_facts() -> None:
    true = table(Random("7"))
    assert Counter(ends(true, b"PK", "甲.xlsx")) == {"refused": len(true.fields) + len(true.indicators)}


def test_a_doubt_about_one_table_excuses_no_other_of_the_file() -> None:
    six = next(case for case in READ if case.path.name == "perf_sheets.xlsx")
    data = six.path.read_bytes()
    first, *rest = six.tables
    wrong = Table({**first.fields, "budget_yuan": 1}, first.indicators)
    ends = Counter(one.end for one in judged((wrong, *rest), data, six.path.name)[1])
    assert ends["silent"] == 1 and not ends["said"]
    lost = Counter(one.end for one in judged((*six.tables, wrong), data, six.path.name)[1])
    assert lost["silent"] == len(first.fields) + len(first.indicators)
    more = Counter(one.end for one in judged(tuple(rest), data, six.path.name)[1])
    assert more["silent"] == 1 + len(first.indicators)
    assert not Counter(one.end for one in judged(tuple(rest), data, "甲.xlsx", is_whole=False)[1])["silent"]


def test_a_table_taken_for_another_kind_than_it_is_is_wrong() -> None:
    other = Case(CASES / "forms" / "core_2021.xlsx", (), others=1)
    assert of_case(other).both.right == 0 and of_case(other).both.silent > 1


def test_a_floor_that_is_missed_is_noticed() -> None:
    part = generated("tabs", "whole", 2, seed=7)
    assert holds(part)
    assert not holds(replace(part, fields=part.fields + Tally(silent=1)))
    assert not holds(replace(part, fields=part.fields + Tally(said=part.both.facts)))
    assert holds(replace(part, source="cases", kind=PICTURES, fields=Tally(silent=1)))
