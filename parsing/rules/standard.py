"""What is required of a project: a named set, read from a small TOML file."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from parsing.errors import ReadError, StandardError
from parsing.inputs import STANDARD_BYTES, content
from parsing.model import SLOTS, Frozen, Slot
from parsing.printable import readable
from parsing.rules.natures import NATURES

Asked = Literal["required", "advised"]
Plain = Literal["always", "advised", "never"]
_REMEDY = "请对照 parsing/standards/default.toml 修改后再试"
_UTF8 = "请用记事本打开它，另存时编码选 UTF-8，再试"
_FILE = f"请换成一个能打开的、{STANDARD_BYTES >> 10} 千字节以内的 .toml 文件，再试"
_WRONG = "审核标准文件的内容不对："
FOLDER = Path(__file__).parents[1] / "standards"
LONGEST_NAME = 60  # characters: it stands in addresses and in every row of a finding
NAMED = 3  # words of the file that an error repeats, and
CLIPPED = 40  # so many characters of each
_LINE = AfterValidator(lambda text: readable(text).strip())  # it goes into every document
Title = Annotated[str, _LINE, Field(min_length=1, max_length=60)]
Note = Annotated[str, _LINE, Field(max_length=500)]
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
    title: Title
    note: Note = ""
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
    path, said = Path(source), readable(str(source))
    if path.suffix.lower() != ".toml":
        path = FOLDER / f"{source}.toml"
    if not os.path.lexists(path):
        raise StandardError(said)
    if readable(path.stem) != path.stem or len(path.stem) > LONGEST_NAME:
        reason = f"审核标准的文件名里有显示不出来的字符，或超过 {LONGEST_NAME} 个字"
        raise StandardError(said, reason, "请给文件改名后再试")
    try:
        return _read(path)
    except ReadError as error:
        remedy = error.remedy if isinstance(error, StandardError) else _FILE
        raise StandardError(said, error.reason, remedy) from error
    except UnicodeDecodeError as error:
        raise StandardError(said, "审核标准文件不是 UTF-8 编码的 TOML", _UTF8) from error
    except RecursionError as error:
        raise StandardError(said, "审核标准文件的括号套得太深", _REMEDY) from error
    except ValidationError as error:
        every = list(dict.fromkeys(_said(one) for one in error.errors()))
        more = f" 等 {len(every)} 处" if len(every) > NAMED else ""
        raise StandardError(said, f"{_WRONG}{'；'.join(every[:NAMED])}{more}", _REMEDY) from error
    except ValueError as error:  # what is no TOML, and a number of more digits than Python takes
        line = re.search(r"line (\d+)", str(error))
        where = f"，请看第 {line[1]} 行" if line else ""
        raise StandardError(said, f"审核标准文件不是有效的 TOML{where}", _REMEDY) from error


def _read(path: Path) -> Standard:
    """Raises ReadError for what cannot be opened, and what decoding, parsing and checking it raise."""
    text = content(path, path.name, STANDARD_BYTES).decode("utf-8-sig")
    if not text.strip():
        raise StandardError(path.name, "审核标准文件是空的", _REMEDY)
    found: dict[str, Any] = tomllib.loads(text)
    if "name" in found:  # that of the file is its name
        raise StandardError(path.name, f"{_WRONG}不认识的项 name", _REMEDY)
    return Standard.model_validate(found | {"name": path.stem})


def _said(error: ErrorDetails) -> str:
    """One trouble with the content of a standard, for the person who wrote it."""
    at = _clipped(".".join(str(part) for part in error["loc"][:2]) or "文件")
    if error["type"] == "missing":
        return f"缺少 {at}"
    if error["type"] == "extra_forbidden":
        return f"不认识的项 {at}"
    if error["type"] == "value_error":
        return f"不认识 {_clipped(error['msg'].partition(', ')[2])}"
    if error["type"].endswith("too_short"):
        return f"{at} 是空的"
    if error["type"].endswith("too_long"):
        return f"{at} 太长，最多 {error['ctx']['max_length']} 个字"
    return f"{at} 的值不对"


def _clipped(text: str) -> str:
    text = readable(text).strip()
    return text if len(text) <= CLIPPED else f"{text[:CLIPPED]}…"


DEFAULT = standard("default")
