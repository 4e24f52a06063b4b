"""Forms that somebody showed: a small TOML file each, of the shape of a declared form.

Such a form is used for tables that print all of its own words and its columns, before the declared ones.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationError

from parsing import vocabulary
from parsing.errors import FormError
from parsing.forms.form import Form
from parsing.forms.titles import titled
from parsing.grid import Grid, Row
from parsing.printable import readable

T = TypeVar("T")
# What a cell can be said to be: fields of the head (their labels are ``means``), and columns (``heads``)
FIELDS = (
    *("name", "unit", "department", "budget", "total", "period", "start", "end", "year"),
    *("period_goal", "annual_goal", "project_type", "level", "source", "other"),
)
ROLES = (
    *("level1", "level2", "name", "period", "annual", "sign", "measure", "standard", "weight"),
    *("before", "done", "ignored"),
)
BYTES = 64 << 10
LONGEST = 40  # characters of a cell that holds a label and its value
_Line = Annotated[
    str, StringConstraints(pattern=r"^[^\n]*\S[^\n]*$", max_length=80), AfterValidator(readable)
]
_Words = Annotated[dict[Annotated[str, StringConstraints(pattern=r"\S")], T], Field(max_length=200)]


class _Written(BaseModel):
    """What the file of a form holds."""

    code: Annotated[str, StringConstraints(pattern=r"^[\w-]{1,80}$")]  # its file is called so
    title: _Line
    source: Annotated[str, AfterValidator(readable)] = ""
    columns: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    stacked: bool = False
    means: _Words[Literal[FIELDS]] = {}  # type: ignore[valid-type]
    heads: _Words[Literal[ROLES]] = {}  # type: ignore[valid-type]


@lru_cache(1 << 8)
def form(text: str) -> Form:
    """The form of a TOML file, the same object for the same text. Raises FormError."""
    if len(text) > BYTES:
        raise FormError(reason=f"{FormError.reason}：超过 {BYTES >> 10} 千字节")
    try:
        written = _Written.model_validate(tomllib.loads(text))
    except ValidationError as error:
        wrong = ".".join(map(str, error.errors()[0]["loc"]))[:60]
        raise FormError(reason=f"{FormError.reason}：“{wrong}”缺少，或写得不对") from error
    except (ValueError, RecursionError) as error:  # nested too deep, too
        raise FormError(reason=f"{FormError.reason}：不是完整的 TOML") from error
    if not written.means and not written.heads:
        raise FormError(reason=f"{FormError.reason}：没有写明任何一格是什么")
    return Form(**dict(written), taught=True)


def text(form: Form) -> str:
    """The TOML file of a form."""
    lines = [f"{key} = {_quoted(getattr(form, key))}" for key in ("code", "title", "source")]
    lines += [f"columns = {_quoted(list(form.columns))}", f"labels = {_quoted(sorted(form.labels))}"]
    lines += ["stacked = true"] if form.stacked else []
    for name, words in (("means", form.means), ("heads", form.heads)):
        lines += ["", f"[{name}]", *(f"{_quoted(word)} = {_quoted(sense)}" for word, sense in words.items())]
    return "\n".join(lines) + "\n"


def printed(forms: Iterable[Form], grid: Grid) -> tuple[Form, ...]:
    """Those of the forms whose own words all stand in the grid: labels, also before a colon in a cell, and
    titles, also of two rows."""
    every = tuple(forms)
    if not every:
        return ()
    texts = [cell.text for cell in grid]
    words = {*map(vocabulary.words, texts)}
    words |= {
        vocabulary.words(re.split("[:：]", text, maxsplit=1)[0]) for text in texts if len(text) <= LONGEST
    }
    rows = [*grid.rows]
    return tuple(form for form in every if _lacking(form, words) <= _joined(form, rows, words))


def _lacking(form: Form, words: Set[str]) -> set[str]:
    return {*form.means, *form.heads} - words


def _joined(form: Form, rows: list[Row], words: Set[str]) -> set[str]:
    """The titles of two rows, where the form lacks some."""
    if not _lacking(form, words):
        return set()
    headers = (titled(rows, at, form) for at in range(len(rows)))
    return {vocabulary.words(cell.text) for header, depth in headers if depth > 1 for cell in header}


def differ(one: Form, other: Form) -> bool:
    """Whether two forms say different things of a word."""
    return any(
        first[word] != second[word]
        for first, second in ((one.means, other.means), (one.heads, other.heads))
        for word in first.keys() & second.keys()
    )


def _quoted(value: str | Sequence[str]) -> str:
    """A string, or a list of strings, of TOML: JSON's are ones, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
