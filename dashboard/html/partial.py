"""The mark of a table of which only a part was read, the same wherever its project stands."""

from __future__ import annotations

from html import escape

from dashboard.wording.partial import why


def mark(packed: str) -> str:
    """Below a name, with the reason; "" where the table was read whole. ``packed``: as in the store."""
    if not packed:
        return ""
    return f'<p class="partial">{escape(why(packed))}</p>'
