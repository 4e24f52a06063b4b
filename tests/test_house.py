"""The rules of the house that no linter knows: each class has a name of its own, and modules stay small."""

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
