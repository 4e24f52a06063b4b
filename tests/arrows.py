"""Rooms and arrows of each folder: ``python -m tests.arrows [PACKAGE …]``, such as ``dashboard.store``.

Rooms are the modules and folders that stand in a folder, ``__init__`` left out; an arrow goes from a room
to one beside it that it imports anything from, be it late or for types only. Without arguments: all packages.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
ROOTS = ("parsing", "dashboard")
Arrow = tuple[str, str]


class Floor(NamedTuple):
    """A folder: its package, the names of its rooms, and (from, to) for each arrow between them."""

    package: str
    rooms: frozenset[str]
    arrows: frozenset[Arrow]


def modules(root: Path, packages: Iterable[str]) -> dict[str, Path]:
    """Dotted name → file of each module below these folders; a package stands for its ``__init__``."""
    files = (file for package in packages for file in sorted((root / package).rglob("*.py")))
    return {
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file
        for file in files
    }


def imported(file: Path, known: Iterable[str]) -> Iterator[str]:
    """The ``known`` modules that a file imports, by whatever form of absolute import."""
    names = set(known)
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from (name for name in (inner if inner in names else node.module,) if name in names)


def floors(root: Path = ROOT, packages: Iterable[str] = ROOTS) -> dict[str, Floor]:
    """Package → its rooms and arrows, for every package under ``root``."""
    files = modules(root, packages)
    rooms: dict[str, set[str]] = {}
    arrows: dict[str, set[Arrow]] = {}
    for name in files:
        parts = name.split(".")
        for depth in range(1, len(parts)):
            rooms.setdefault(".".join(parts[:depth]), set()).add(parts[depth])
    for name, file in files.items():
        for target in imported(file, files):
            if arrow := between(name, target, rooms):
                package, *ends = arrow
                arrows.setdefault(package, set()).add((ends[0], ends[1]))
    return {
        package: Floor(package, frozenset(inside), frozenset(arrows.get(package, ())))
        for package, inside in sorted(rooms.items())
    }


def between(source: str, target: str, packages: Iterable[str]) -> tuple[str, str, str] | None:
    """The folder in which two modules stand apart, and their rooms there; None where there is none, as one is
    the folder of the other."""
    here, there = source.split("."), target.split(".")
    depth = next((n for n, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), 0)
    package = ".".join(here[:depth])
    return (package, here[depth], there[depth]) if package in packages else None


def main() -> None:
    known = floors()
    names = sys.argv[1:] or list(known)
    width = max(map(len, names))
    for name in names:
        if name not in known:
            raise SystemExit(f"{name}: no package of {' or '.join(ROOTS)}")
        floor = known[name]
        print(f"{name:{width}}  {len(floor.rooms):3} rooms  {len(floor.arrows):3} arrows")


if __name__ == "__main__":
    main()
