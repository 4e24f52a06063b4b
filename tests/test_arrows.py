"""What ``python -m tests.arrows`` counts, and how many there may be."""

from pathlib import Path

from arrows import floors

TREE = {
    "house/__init__.py": "",
    "house/door.py": "import os\nfrom house.hall import lamp\nfrom house.kitchen import oven, table\n",
    "house/hall.py": "lamp = 1\n",
    "house/kitchen/__init__.py": "",
    "house/kitchen/oven.py": "from house.kitchen.table import top\nimport house.hall\n",
    "house/kitchen/table.py": "def late():\n    from house import hall\n    return hall\n\ntop = 1\n",
    "house/attic.py": "import typing\nif typing.TYPE_CHECKING:\n    from house.door import knob\n",
}


def built(folder: Path) -> Path:
    for name, text in TREE.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def test_rooms_and_arrows_of_a_small_house_are_counted(tmp_path):
    counted = floors(built(tmp_path), ["house"])
    assert counted.keys() == {"house", "house.kitchen"}
    assert counted["house"].rooms == {"door", "hall", "kitchen", "attic"}
    assert counted["house"].arrows == {
        ("door", "hall"),
        ("door", "kitchen"),  # one, of two imports
        ("kitchen", "hall"),  # of two modules, one late
        ("attic", "door"),  # for types only
    }
    assert counted["house.kitchen"].rooms == {"oven", "table"}
    assert counted["house.kitchen"].arrows == {("oven", "table")}


def test_the_dashboard_stays_a_house_with_few_rooms_and_arrows():
    dashboard = floors()["dashboard"]
    assert len(dashboard.rooms) <= 18
    assert len(dashboard.arrows) <= 60
    assert not {(there, here) for here, there in dashboard.arrows} & dashboard.arrows


def test_parsing_stays_a_house_with_few_rooms_and_arrows():
    parsing = floors()["parsing"]
    assert len(parsing.rooms) <= 35
    assert len(parsing.arrows) <= 130
    assert not {(there, here) for here, there in parsing.arrows} & parsing.arrows


def test_formats_stay_in_families_with_few_arrows_between_them():
    formats = floors()["parsing.formats"]
    assert len(formats.rooms) <= 12
    assert len(formats.arrows) <= 45
    assert not {(there, here) for here, there in formats.arrows} & formats.arrows
