"""The rules of the house that no linter knows: classes, and modules of parsing, have names of their own, and
modules stay small."""

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODULES = [path for folder in ("parsing", "dashboard") for path in (ROOT / folder).rglob("*.py")]


def test_no_two_classes_have_one_name() -> None:
    classes = Counter(
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert len(classes) > 200
    assert [name for name, count in classes.items() if count > 1] == []


def test_no_module_is_over_250_lines() -> None:
    lengths = {str(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert [path for path, length in lengths.items() if length > 250] == []


def test_no_two_modules_of_parsing_have_one_name() -> None:
    rooms = Counter(
        path.parent.name if path.stem == "__init__" else path.stem
        for path in MODULES
        if path.is_relative_to(ROOT / "parsing")
    )
    assert len(rooms) > 200
    assert [name for name, count in rooms.items() if count > 1] == []
