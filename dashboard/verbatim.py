"""Names and sentences of users where Streamlit would take them for Markdown."""

from __future__ import annotations

import re

_SIGN = re.compile(r"([!-/:-@\[-`{-~])")  # what Markdown may give a meaning to, and lets one escape
# What Streamlit looks for after the escapes are gone: emoji and icons, addresses, arrows. An invisible sign
# that no line is broken at keeps it from them.
_LATER = re.compile(r"(?<=[:@])|(?<=www)(?=\.)|(?<=[-<>~])(?=[-=>])", re.IGNORECASE)
_JOINER = "\u2060"


def verbatim(text: str) -> str:
    """The text for ``st.error``, ``st.toast`` and labels, which then show it as it was typed, in one line.

    What cannot be sent to a browser (half a character of a broken file name) becomes ``?``.
    """
    whole = text.encode("utf-8", "replace").decode()
    line = re.sub(r"\s", " ", whole).replace("  ", "\u00a0 ")
    return _SIGN.sub(r"\\\1", _LATER.sub(_JOINER, line))
