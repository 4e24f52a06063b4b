"""The forms that were shown here: ``*.toml`` in the folder ``forms`` of the data folder."""

from __future__ import annotations

import os
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

from parsing.errors import FormError, ReadError
from parsing.forms import Form, taught
from parsing.inputs import content
from parsing.printable import readable

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "forms"  # inside the data folder


class FormFile(NamedTuple):
    """``name`` of the file without ``.toml``; its text; the form, or why it is none."""

    name: str
    text: str
    form: Form | None
    trouble: str = ""


def data_folder() -> Path:
    """Where the data is: ``JILAN_DATA``, else ``data/store`` beside the program."""
    return Path(os.environ.get("JILAN_DATA") or ROOT / "data" / "store")


def home() -> Path:
    """Where this machine's taught forms are."""
    return data_folder() / FOLDER


def form_files(folder: Path) -> list[FormFile]:
    """All of a folder, by name; none where there is no such folder."""
    try:
        files = sorted(file for file in folder.glob("*.toml") if not file.name.startswith("."))
    except OSError:
        return []
    return [_read(file) for file in files]


def texts(folder: Path) -> tuple[str, ...]:
    """The forms of a folder that can be used, as ``parsing.read`` takes them."""
    return tuple(file.text for file in form_files(folder) if file.form)


def checked(text: str) -> Form:
    """The form that a text describes. Raises FormError."""
    return taught.form(text)


def names(folder: Path, codes: Container[str]) -> list[str]:
    """The names of the files whose forms have one of these codes, whatever the files are called."""
    return [file.name for file in form_files(folder) if file.form and file.form.code in codes]


def put(folder: Path, text: str) -> FormFile:
    """Keep a form in a file named by its code; what stood in that file is gone. Raises FormError, OSError."""
    form = taught.form(text)
    name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in form.code)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.toml"
    draft = folder / f".{name}.toml"
    draft.write_text(text, "utf-8", newline="\n")
    draft.replace(file)  # a program that ends here leaves the old one or the new one
    return FormFile(name, text, form)


def take(folder: Path, name: str) -> str | None:
    """Take a form out; returns its text, which ``put`` brings back, None where there is none."""
    file = next((one for one in folder.glob("*.toml") if one.stem == name), None)
    if file is None:
        return None
    text = file.read_text("utf-8", "replace")
    file.unlink()
    return text


def _read(file: Path) -> FormFile:
    name = readable(file.stem)
    try:
        text = content(file, readable(file.name), taught.BYTES).decode("utf-8")
        return FormFile(name, text, taught.form(text))
    except UnicodeDecodeError:
        trouble = FormError(file.name, f"{FormError.reason}：编码不是 UTF-8")
    except ReadError as error:
        trouble = FormError(file.name, error.reason, error.remedy)
    return FormFile(name, "", None, f"{readable(file.name)}：{trouble.reason}。{trouble.remedy}")
