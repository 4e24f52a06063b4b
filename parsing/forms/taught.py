"""Forms that somebody showed: a small TOML file each, of the shape of a declared form.

Such a form is used for tables that print all of its own words and its columns, before the declared ones.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationError

from parsing.errors import FormError
from parsing.forms import vocabulary
from parsing.forms.form import Form
from parsing.grid import Grid
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
_Line = Annotated[
    str, StringConstraints(pattern=r"^[^\n]*\S[^\n]*$", max_length=80), AfterValidator(readable)
]
_Words = Annotated[dict[Annotated[str, StringConstraints(pattern=r"\S")], T], Field(max_length=200)]


class _Written(BaseModel):
    """What the file of a form holds."""

    code: _Line
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
    """Those of the forms whose own words all stand in cells of the grid."""
    every = tuple(forms)
    if not every:
        return ()
    words = {vocabulary.words(cell.text) for cell in grid}
    return tuple(form for form in every if words.issuperset((*form.means, *form.heads)))


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
