"""Texts of users where Streamlit would take them for Markdown: messages, labels, tooltips, titles.

Not for what it shows as it is (choices of a selectbox, placeholders, values), nor for HTML.
"""

from __future__ import annotations

import re

JOINER = "\u2060"  # takes no room, and no line is broken at it
_SPACE = re.compile(r"[ \t\n\v\f\r\x85\u2028\u2029]")
# What stands before a sign that Markdown gives a meaning to: anywhere, or at the beginning. The others stay
# bare, as a screen reader is given a label with its backslashes.
_BEFORE = re.compile(r"(?=[\\`*_~\[<:$&])|^ ?(?=[-+#>])|^ ?\d+(?=[.)])")
# What Streamlit looks for after the escapes are gone: emoji and icons, addresses, arrows. The joiner keeps it
# from them.
_LATER = re.compile(r"(?<=[:@])|(?<=www)(?=\.)|(?<=[-<>~])(?=[-=>])", re.IGNORECASE)


def escape_markdown(text: object) -> str:
    """The text for ``st.error``, ``st.toast`` and labels, which then show it as it was typed, in one line.

    What cannot be sent to a browser (half a character of a broken file name) becomes ``?``.
    """
    whole = str(text).encode("utf-8", "replace").decode()
    line = _SPACE.sub(" ", whole).replace("  ", "\u00a0 ")
    return _BEFORE.sub(r"\g<0>\\", _LATER.sub(JOINER, line))
