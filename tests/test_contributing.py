"""CONTRIBUTING.md: its examples are run as they are printed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from parsing import formats, forms

TEXT = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def module(code: str) -> ModuleType:
    """The module that a block says it is, never written to disk."""
    path = re.match(r"# (parsing/\S+)\.py\n", code)
    assert path
    made = ModuleType(path[1].replace("/", "."))
    exec(compile(code, f"CONTRIBUTING.md: {path[1]}.py", "exec"), made.__dict__)
    return made


def test_the_examples_of_a_tenth_form_and_an_eleventh_format_work(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, Any] = {}
    held = 0
    for language, block in BLOCKS:
        if language == "text":
            said["TABLE"] = block.encode()
        elif language == "toml":
            said["FORM"] = block
        elif "# parsing/forms/" in block:
            monkeypatch.setattr(forms, "FORMS", (*forms.FORMS, module(block).FORM))
        elif "# parsing/formats/" in block:
            monkeypatch.setattr(formats, "FORMATS", (module(block), *formats.FORMATS))
        else:
            exec(compile(block, "CONTRIBUTING.md", "exec"), said)
            held += 1
    assert held == 3 and len(BLOCKS) == 7


def test_the_examples_are_of_forms_and_formats_that_we_do_not_have() -> None:
    made = [module(block) for language, block in BLOCKS if block.startswith("# parsing/")]
    assert len(made) == 2 and not any(one.__name__ in sys.modules for one in made)
    assert made[0].FORM.code not in [form.code for form in forms.FORMS]
