"""The forms that were shown here: ``*.toml`` in the folder ``forms`` of the data folder."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from parsing.errors import FormError, ReadError
from parsing.forms import Form, taught
from parsing.inputs import content
from parsing.printable import readable

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "forms"  # inside the data folder
MOST = 16 << 20  # bytes of a file that is opened; what is larger is left alone


class FormFile(NamedTuple):
    """``name`` as it stands in its folder; its content; the text and the form, or why it is none."""

    name: str
    data: bytes
    text: str = ""
    form: Form | None = None
    trouble: str = ""


class FormChanges(NamedTuple):
    """``put``: the files that are new; ``gone``: those that went, what they replaced among them."""

    put: tuple[FormFile, ...] = ()
    gone: tuple[FormFile, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """Of all the forms that are no longer what they were."""
        return frozenset(file.form.code for file in (*self.put, *self.gone) if file.form)


def data_folder() -> Path:
    """Where the data is: ``JILAN_DATA``, else ``data/store`` beside the program."""
    return Path(os.environ.get("JILAN_DATA") or ROOT / "data" / "store")


def home() -> Path:
    """Where this machine's taught forms are."""
    return data_folder() / FOLDER


def tomls(folder: Path) -> list[Path]:
    """The TOML files of a folder, whatever is in them, by name; none where there is no such folder."""
    try:
        files = sorted(folder.glob("*.toml"))
    except OSError:
        return []
    return [file for file in files if not file.name.startswith(".")]  # what systems leave beside files


def read(name: str, data: bytes) -> FormFile:
    """What a file of this name and content is; the mark that Windows writes before a text is none of it."""
    try:
        text = data.decode("utf-8-sig")
        return FormFile(name, data, text, taught.form(text))
    except UnicodeDecodeError:
        trouble = FormError(name, f"{FormError.reason}：编码不是 UTF-8")
    except ReadError as error:
        trouble = FormError(name, error.reason, error.remedy)
    return FormFile(name, data, trouble=f"{readable(name)}：{trouble.reason}。{trouble.remedy}")


def form_files(folder: Path) -> list[FormFile]:
    """All of a folder, by name."""
    return [_opened(file) for file in tomls(folder)]


def texts(folder: Path) -> tuple[str, ...]:
    """The forms of a folder that can be used, as ``parsing.read`` takes them."""
    return tuple(file.text for file in form_files(folder) if file.form)


def change(
    folder: Path, texts: Sequence[str], codes: Collection[str] = (), names: Collection[str] = ()
) -> FormChanges:
    """Keep the forms ``texts``, and take out those of these ``codes`` and the files of these ``names``. A
    program that ends here leaves all that went, or all that came. Raises FormError, and changes nothing
    where a text is none; OSError."""
    put = [read(f"{taught.form(text).code}.toml", text.encode()) for text in texts]
    own = {file.name: file for file in put}
    over = {file.form.code for file in put if file.form} | {*codes}
    gone = [
        file for file in form_files(folder) if file.name in names or (file.form and file.form.code in over)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for file in put:
        _write(folder, file)
    for file in gone:
        if file.name not in own:
            (folder / file.name).unlink(missing_ok=True)
    return FormChanges(tuple(put), tuple(gone))


def change_back(folder: Path, changed: FormChanges) -> None:
    """Leave the files as they were, byte for byte. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in changed.gone:
        _write(folder, file)
    for file in changed.put:
        if file.name not in {old.name for old in changed.gone}:
            (folder / file.name).unlink(missing_ok=True)


def _write(folder: Path, file: FormFile) -> None:
    draft = folder / f".{file.name}"
    draft.write_bytes(file.data)
    draft.replace(folder / file.name)


def _opened(file: Path) -> FormFile:
    try:
        return read(file.name, content(file, readable(file.name), MOST))
    except ReadError as error:
        return FormFile(file.name, b"", trouble=f"{readable(file.name)}：{error.reason}。{error.remedy}")
