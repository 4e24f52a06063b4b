"""Forms that somebody showed: a small TOML file each, of the shape of a declared form.

Such a form is used for tables that print all of its own words and its columns, before the declared ones.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from parsing.errors import FormError
from parsing.forms import vocabulary
from parsing.forms.form import Form
from parsing.grid import Grid
from parsing.printable import readable

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
WORDS = 200  # of one form


@lru_cache(1 << 8)
def form(text: str) -> Form:
    """The form of a TOML file, the same object for the same text. Raises FormError."""
    if len(text) > BYTES:
        raise FormError(reason=f"{FormError.reason}：超过 {BYTES >> 10} 千字节")
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # nested too deep, too
        raise FormError(reason=f"{FormError.reason}：不是完整的 TOML") from error
    code, title = (_line(data, key) for key in ("code", "title"))
    columns = _lines(data, "columns")
    labels = _lines(data, "labels")
    means, heads = _words(data, "means", FIELDS), _words(data, "heads", ROLES)
    if not means and not heads:
        raise FormError(reason=f"{FormError.reason}：没有写明任何一格是什么")
    source = data.get("source", "")
    if not isinstance(source, str) or not isinstance(data.get("stacked", False), bool):
        raise FormError(reason=f"{FormError.reason}：source 应是文字，stacked 应是 true 或 false")
    return Form(
        code=code,
        title=title,
        columns=columns,
        labels=frozenset(labels),
        source=readable(source),
        stacked=data.get("stacked", False),
        means=means,
        heads=heads,
        taught=True,
    )


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


def _line(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not 0 < len(value.strip()) <= 80 or "\n" in value:
        raise FormError(reason=f"{FormError.reason}：{key} 应是一行文字")
    return readable(value.strip())


def _lines(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise FormError(reason=f"{FormError.reason}：{key} 应是一列文字")
    return tuple(value)


def _words(data: Mapping[str, Any], key: str, known: Sequence[str]) -> dict[str, str]:
    value = data.get(key, {})
    if not isinstance(value, dict) or len(value) > WORDS:
        raise FormError(reason=f"{FormError.reason}：{key} 应是一组“文字 = 栏目”")
    for word, sense in value.items():
        if sense not in known or not word.strip():
            raise FormError(reason=f"{FormError.reason}：{key} 里的“{word[:20]}”没有对应到认得的栏目")
    return value
