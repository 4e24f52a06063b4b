"""The slides as one file: opens from a stick without a server or a network, and prints page by page."""

from __future__ import annotations

from html import escape

from dashboard.slides.deck import fragment, script, style
from dashboard.snapshot.snapshot import Snapshot

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


def page(snapshot: Snapshot) -> bytes:
    """A whole HTML document that asks nothing of anybody."""
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(snapshot.title)}</title><style>html, body {{ margin: 0 }}{style()}</style></head>"
        f'<body>{fragment(snapshot)}<script>{script()}\ndeck(document.querySelector(".deck"), '
        '{ at: Number(location.hash.slice(1)) || 1, tell: (n) => history.replaceState(null, "", `#${n}`) });'
        "</script></body></html>"
    ).encode()
