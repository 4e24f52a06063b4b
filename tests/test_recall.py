"""What of generated tables is read, and that the measure itself notices what is not."""

from __future__ import annotations

from random import Random

import pytest

from tests.generated import DAMAGES, SHAPES, table
from tests.recall import holds, judged, measured


@pytest.mark.parametrize("damage", ["whole", "noisy", "torn"])
@pytest.mark.parametrize(
    ("shape", "floor"), [("xlsx", 1.0), ("tabs", 1.0), ("bars", 0.95), ("lines", 0.95), ("blanks", 0.85)]
)
def test_generated_tables_are_read_and_nothing_is_wrong_without_a_word(
    shape: str, floor: float, damage: str
) -> None:
    count = measured(shape, damage, 4, seed=7)
    assert count["right"] >= floor * count.total()
    assert not count["silent"] and not count["refused"]


def test_the_same_seed_gives_the_same_tables() -> None:
    assert table(Random("7")) == table(Random("7")) != table(Random("8"))


def test_a_wrong_value_without_a_word_is_silent_at_its_place_and_where_it_is_missing() -> None:
    true = table(Random("7"))
    name, write = SHAPES["tabs"]
    data = write(true).replace(true.indicators[0].target.encode(), "99项".encode(), 1)
    assert [*judged(true, data, name)].count("silent") == 2


def test_a_table_without_the_label_of_its_name_is_read_and_asked_about() -> None:
    name, write = SHAPES["tabs"]
    torn = [DAMAGES["unknown"](Random(str(seed)), table(Random("7"))) for seed in range(20)]
    ends = [[*judged(one, write(one), name)] for one in torn if one.grid[2][0] in ("事由", "钱数")]
    assert ends and all(end.count("said") == 1 and "silent" not in end for end in ends)


def test_a_floor_that_is_missed_is_noticed() -> None:
    count = measured("tabs", "whole", 2, seed=7)
    assert holds(count)
    count["silent"] += 1
    assert not holds(count)
