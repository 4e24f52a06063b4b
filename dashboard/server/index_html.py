"""The one HTML document Streamlit serves, in Chinese, with our script and preloads, and its policy."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit

TITLE = "绩览"
ASSETS = Path(__file__).parents[1] / "assets"
SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
OURS = ("history.js", "words.js", "page.js", "zh.js")
PRELOADS = ("PlotlyChart", "Html", "ButtonGroup", "BidiComponent", "FileUploader")
POLICY = (
    "default-src 'self'; script-src 'self' blob: {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-src 'self' blob:; frame-ancestors 'self'; form-action 'self'; base-uri 'self'; object-src 'none'"
)
NOSCRIPT = "<noscript>请在浏览器中启用 JavaScript 后刷新页面。</noscript>"
DROPPED = (
    r"<!--.*?-->",
    r'<link\s+rel="service-desc"[^>]*>',  # points at a door that is closed
    r'<link\s+rel="preload"[^>]*as="font"[^>]*>',  # a Latin font that no page uses
)


@cache
def index_html(body: bytes) -> tuple[bytes, str]:
    """The page to send for Streamlit's index page, and the content security policy its scripts need."""
    page = body.decode().replace('<html lang="en">', '<html lang="zh-CN">')
    for pattern in DROPPED:
        page = re.sub(pattern, "", page, flags=re.S)
    page = re.sub(r"<noscript>.*?</noscript>", NOSCRIPT, page, flags=re.S)
    scripts = "".join(f'<script src="./{name}?{stamp(name)}"></script>' for name in OURS)
    page = re.sub(r"<title>.*?</title>", f"<title>{TITLE}</title>{scripts}{_preloads()}", page)
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.S)
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline)
    return page.encode(), POLICY.format(scripts=" ".join(f"'sha256-{value}'" for value in hashes))


@cache
def stamp(name: str) -> str:
    """Changes when the asset does, so that browsers may keep it for good."""
    return hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]


def _preloads() -> str:
    files = (found.name for name in PRELOADS for found in SCRIPTS.glob(f"{name}.*.js"))
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{file}">' for file in files)
