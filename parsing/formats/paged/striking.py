"""Letters of a page through which somebody drew a line: a short rule at half their height that begins and
ends with them, where the rules of a table go around letters."""

from __future__ import annotations

from collections import defaultdict

from parsing.formats.characters.runs import is_marked, marked
from parsing.formats.paged.page import Glyph, Page, RuledLine

ZONE = (0.25, 0.75)  # of the height of a letter
BEYOND = 1.2  # letters by which such a rule may be longer than what it goes through
BAND = 8.0  # points


def strike(page: Page) -> None:
    """Mark the struck letters, and forget the rules through them."""
    bands: dict[int, list[int]] = defaultdict(list)
    for k, glyph in enumerate(page.glyphs):
        for band in range(int(glyph.top // BAND), int(glyph.bottom // BAND) + 1):
            bands[band].append(k)
    kept: list[RuledLine] = []
    for rule in page.across:
        crossed = [k for k in bands.get(int(rule.at // BAND), ()) if _is_crossed(page.glyphs[k], rule)]
        if crossed and _fits([page.glyphs[k] for k in crossed], rule):
            for k in crossed:
                glyph = page.glyphs[k]
                if not is_marked(glyph.text):
                    page.glyphs[k] = glyph._replace(text=marked(glyph.text, "struck"))
        else:
            kept.append(rule)
    page.across = kept


def _is_crossed(glyph: Glyph, rule: RuledLine) -> bool:
    _, left, top, right, bottom, *_ = glyph
    high = bottom - top
    low, up = top + ZONE[0] * high, top + ZONE[1] * high
    return rule.start <= (left + right) / 2 <= rule.end and low <= rule.at <= up


def _fits(glyphs: list[Glyph], rule: RuledLine) -> bool:
    """Whether the rule begins with the first of the letters and ends with the last."""
    size = max(glyph.bottom - glyph.top for glyph in glyphs)
    first, last = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
    return rule.start > first - BEYOND * size and rule.end < last + BEYOND * size
