from __future__ import annotations

from pathlib import Path

from conftest import make_project

from parsing import outline, packed, read, unpacked

SAMPLE = Path(__file__).parent.parent / "data/samples/dongkeng-2024.txt"


def test_an_outline_comes_back_from_a_store_as_it_was() -> None:
    for one in (*read(SAMPLE).projects, make_project(budget_yuan=None, unit=None, indicators=())):
        assert unpacked(packed(outline(one))) == outline(one)
