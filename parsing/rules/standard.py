"""What is required of a project: a named set, read from a small TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from parsing.errors import StandardError
from parsing.model import SLOTS, Frozen, Slot
from parsing.rules.natures import NATURES

Asked = Literal["required", "advised"]
Plain = Literal["always", "advised", "never"]
_REMEDY = "请对照 parsing/standards/default.toml 修改后再试"
FOLDER = Path(__file__).parents[1] / "standards"
FAMILIES: dict[str, tuple[Slot, ...]] = {
    "产出": ("数量", "质量", "时效"),
    "效益": ("经济效益", "社会效益", "生态效益", "可持续影响"),
}


class When(Frozen):
    """Required of projects of one of the natures ``when``, of any other as ``otherwise`` says."""

    when: tuple[str, ...]
    otherwise: Literal["advised", "never"] = "advised"


class Standard(Frozen):
    """``required``: category, or family of categories (see FAMILIES), → ``always``, ``advised``, ``never``,
    or When; the natures alone stand for a When that advises otherwise. ``off``: codes of rules that are not
    applied."""

    name: str
    title: str
    note: str = ""
    required: dict[str, Plain | When | tuple[str, ...]] = Field(default_factory=dict)
    off: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Standard:
        words = {*SLOTS, *FAMILIES}
        natures = {
            one for said in self.required.values() if not isinstance(said, str) for one in _when(said).when
        }
        codes = set(self.off) - _codes() if self.off else set()
        unknown = (set(self.required) - words, natures - set(NATURES), codes)
        if strange := [one for some in unknown for one in sorted(some)]:
            raise ValueError("、".join(strange))
        return self

    def asks(self, category: str, natures: Collection[str]) -> Asked | None:
        """Whether a category or family is required of a project of these natures, or only advised."""
        said = self.required.get(category, "never")
        if isinstance(said, str):
            answers: dict[str, Asked | None] = {"always": "required", "advised": "advised", "never": None}
            return answers[said]
        if set(_when(said).when) & set(natures):
            return "required"
        return "advised" if _when(said).otherwise == "advised" else None

    def lacks(self, counts: Mapping[Slot, int], natures: Collection[str]) -> dict[Slot, Asked]:
        """The empty categories that are asked for. A family of which nothing is filled lacks all its own."""
        found: dict[Slot, Asked] = {}
        for family, members in FAMILIES.items():
            asked = self.asks(family, natures)
            if asked and not any(counts.get(slot) for slot in members):
                found |= dict.fromkeys(members, asked)
        for slot in SLOTS:
            asked = self.asks(slot, natures)
            if asked and not counts.get(slot) and found.get(slot) != "required":
                found[slot] = asked
        return found


def _when(said: When | tuple[str, ...]) -> When:
    return said if isinstance(said, When) else When(when=said)


def _codes() -> set[str]:
    """The codes of all rules. Known only when a standard is read: the rules are built on this module."""
    from parsing.rules import BOOK

    return set(BOOK)


@cache
def standards(folder: Path = FOLDER) -> dict[str, Standard]:
    """The standards of a folder by name, the default one first. Raises StandardError."""
    files = sorted(folder.glob("*.toml"), key=lambda file: (file.stem != "default", file.stem))
    return {file.stem: standard(file) for file in files}


def standard(source: Path | str) -> Standard:
    """A standard of ours by its name, or of a TOML file by its path. Raises StandardError."""
    path = Path(source)
    if path.suffix != ".toml":
        path = FOLDER / f"{source}.toml"
    try:
        return Standard.model_validate(tomllib.loads(path.read_text("utf-8-sig")) | {"name": path.stem})
    except OSError as error:
        raise StandardError(str(source)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"，请看第 {line[1]} 行" if line else ""
        raise StandardError(str(source), f"审核标准文件不是有效的 TOML{where}", _REMEDY) from error
    except ValidationError as error:
        said = "；".join(dict.fromkeys(_said(one) for one in error.errors()))
        raise StandardError(str(source), f"审核标准文件的内容不对：{said}", _REMEDY) from error


def _said(error: ErrorDetails) -> str:
    """One trouble with the content of a standard, for the person who wrote it."""
    at = ".".join(str(part) for part in error["loc"][:2]) or "文件"
    if error["type"] == "missing":
        return f"缺少 {at}"
    if error["type"] == "extra_forbidden":
        return f"不认识的项 {at}"
    if error["type"] == "value_error":
        return f"不认识 {error['msg'].partition(', ')[2]}"
    return f"{at} 的值不对"


DEFAULT = standard("default")
