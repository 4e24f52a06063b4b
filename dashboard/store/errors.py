"""What the store refuses to do, said in Chinese to the person who asked."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot do what was asked; ``str(error)`` is a sentence for the page."""


class StoreMissing(StoreError):
    """No such upload, project, version or action."""


class StoreConflict(StoreError):
    """Doing this would undo what somebody did later."""
