"""What the store keeps as text of its own, read back. Text that cannot be read is damaged, or a newer program
wrote it: whoever asks is told which, and no answer leaves it out."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from dashboard.store.errors import StoreDamaged, StoreNewer
from parsing import Mention, Project, Reading

T = TypeVar("T")
# a field, or a word, that this program does not know
NEWER = {"extra_forbidden", "unexpected_keyword_argument", "literal_error"}
NOT_TEXT = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError, zlib.error)
_MENTIONS = TypeAdapter(tuple[Mention, ...])


def project(payload: bytes, number: int) -> Project:
    """``number``: of the version. Raises StoreDamaged, StoreNewer, as all of these do."""
    return opened("读出的项目", number, lambda: Project.model_validate_json(zlib.decompress(payload)))


def reading(text: str, number: int) -> Reading:
    """``number``: of the upload."""
    return opened("读出的内容", number, lambda: Reading.model_validate_json(text))


def mentions(text: str, key: str) -> tuple[Mention, ...]:
    """What a finding of this project rests on besides its own value."""
    return opened("审核意见", key, lambda: _MENTIONS.validate_json(text))


def opened(what: str, ident: object, read: Callable[[], T]) -> T:
    """What ``read`` makes of a text in the store: ``what`` it is, and its number or key."""
    try:
        return read()
    except ValidationError as error:
        if any(one["type"] in NEWER for one in error.errors(include_url=False, include_input=False)):
            raise newer(what, ident) from error
        raise damaged(what, ident) from error
    except NOT_TEXT as error:
        raise damaged(what, ident) from error


def damaged(what: str, ident: object) -> StoreDamaged:
    return StoreDamaged(f"数据库已损坏：{what}打不开（编号 {ident}）")


def newer(what: str, ident: object) -> StoreNewer:
    return StoreNewer(f"{what}由更新版本的程序写成，这个版本读不了（编号 {ident}）")
