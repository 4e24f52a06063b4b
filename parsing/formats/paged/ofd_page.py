"""One page of an OFD package (GB/T 33190): its objects, as they come, → ruling lines and characters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from parsing.errors import TooLarge
from parsing.formats.characters.runs import marked
from parsing.formats.paged.lettering import clean
from parsing.formats.paged.page import Glyph, Page, Point

POINT = 72 / 25.4  # a millimetre in points
ASCENT, DESCENT = 0.85, 0.15  # of the height of letters, above and below the line they stand on
SEEN = 0.5  # points; smaller letters show nothing
POINTS = 200_000  # of the paths of a page
CHARACTERS = 100_000
TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
STEPS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # numbers that a path operator takes
SILENT = ("Glyphs", "PhysicalBox", "ApplicationBox", "ContentBox", "BleedBox")  # their text shows nothing
Matrix = tuple[float, float, float, float, float, float]


class Objects:
    """Handlers for the XML of a page; what they see goes into ``page``. Templates are named in ``below``."""

    def __init__(self, page: Page, origin: Point) -> None:
        self.page = page
        self.below: list[str] = []
        self.runs: list[tuple[int, int]] = []  # first letter, letter after the last, of each piece of text
        self.doubtful = False  # some text is nowhere on the page, or stands where no text belongs
        self.left, self.top = origin
        self._object: dict[str, str] | None = None  # the attributes of the object we are in
        self._code: dict[str, str] = {}
        self._text: list[str] = []
        self._taking = self._tag = ""
        self._hidden = self._placed = False
        self._x = self._y = 0.0
        self._points = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tag = tag = tag.rpartition(":")[2]
        if tag in ("TextObject", "PathObject"):
            self._hidden = attributes.get("Visible", "true") == "false"
            self._object, self._x, self._y = None if self._hidden else attributes, 0.0, 0.0
            self._placed = False
        elif tag == "Template":
            self.below.append(attributes.get("TemplateID", ""))
        elif self._object is not None and tag in ("TextCode", "AbbreviatedData"):
            self._taking, self._code, self._text = tag, attributes, []

    def text(self, data: str) -> None:
        if self._taking:
            self._text.append(data)
        elif self._tag not in SILENT and not self._hidden and not data.isspace():
            self.doubtful = True

    def end(self, tag: str) -> None:
        tag, self._tag = tag.rpartition(":")[2], ""
        if tag in ("TextObject", "PathObject"):
            self._object, self._hidden = None, False
        elif tag == self._taking and self._object is not None:
            self._taking = ""
            taken = "".join(self._text)
            if tag == "TextCode":
                self.doubtful = self.doubtful or not (self._placed or {"X", "Y"} <= self._code.keys())
                self._placed = True
                self._letters(self._object, self._code, taken)
            elif self._object.get("Stroke") != "false" or self._object.get("Fill") == "true":
                self._path(self._object, taken)

    def _matrix(self, attributes: dict[str, str]) -> Matrix:
        """From the coordinates of an object to points from the top left of the page."""
        x, y = _numbers(attributes.get("Boundary", ""), 4)[:2]
        a, b, c, d, e, f = _numbers(attributes.get("CTM") or "1 0 0 1 0 0", 6)
        x, y = x + e - self.left, y + f - self.top
        return a * POINT, b * POINT, c * POINT, d * POINT, x * POINT, y * POINT

    def _path(self, attributes: dict[str, str], data: str) -> None:
        a, b, c, d, e, f = self._matrix(attributes)
        shapes = [
            [(a * x + c * y + e, b * x + d * y + f) for x, y in shape]
            for shape in _shapes(data)
            if len(shape) > 1
        ]
        if not all(math.isfinite(x + y) for shape in shapes for x, y in shape):
            raise ValueError(data)
        self._points += sum(map(len, shapes))
        if self._points > POINTS:
            raise TooLarge(reason="这一页的线条太多，像是图纸，没有读取")
        filled = attributes.get("Stroke") == "false" and len(shapes) == 1
        for shape in shapes:
            self.page.draw(shape, filled)

    def _letters(self, attributes: dict[str, str], code: dict[str, str], text: str) -> None:
        a, b, c, d, e, f = self._matrix(attributes)
        size = float(attributes.get("Size", 0)) * abs(d or b)  # in points
        wide = size * float(attributes.get("HScale", 1))
        if not math.isfinite(size + wide):
            raise ValueError(attributes)
        self._x, self._y = float(code.get("X", self._x)), float(code.get("Y", self._y))
        if len(self.page.glyphs) + len(text) > CHARACTERS:
            raise TooLarge(reason="这一页的文字太多，没有读取")
        steps = zip(_deltas(code.get("DeltaX", "")), _deltas(code.get("DeltaY", "")), strict=False)
        spaced, first = False, len(self.page.glyphs)
        for letter in text:
            x, y = a * self._x + c * self._y + e, b * self._x + d * self._y + f
            shown = clean(letter)
            if shown and not shown.isspace():
                width = wide * (0.5 if shown.isascii() else 1.0)
                inside = 0 <= x <= self.page.width and 0 <= y - DESCENT <= self.page.height and size >= SEEN
                if inside:
                    shown = marked(shown, "unseen") if attributes.get("Alpha") == "0" else shown
                    glyph = Glyph(shown, x, y - size * ASCENT, x + width, y + size * DESCENT, y, spaced)
                    self.page.glyphs.append(glyph)
                self.doubtful = self.doubtful or not inside
                spaced = False
            else:
                spaced = True
            dx, dy = next(steps)
            self._x, self._y = self._x + dx, self._y + dy
        self.runs.append((first, len(self.page.glyphs)))


def _shapes(data: str) -> Iterator[list[Point]]:
    """The polylines of a path; where it bends, a new one starts. Raises ValueError where it is none."""
    if not data.isascii():
        raise ValueError(data)
    tokens = TOKEN.findall(data)
    shape: list[Point] = []
    at = 0
    while at < len(tokens):
        step = tokens[at]
        count = STEPS[step]
        numbers = [float(number) for number in tokens[at + 1 : at + 1 + count]]
        at += 1 + count
        if step == "L":
            shape.append((numbers[0], numbers[1]))
        elif step == "C":
            shape += shape[:1]
        else:
            yield shape
            shape = [(numbers[-2], numbers[-1])]
    yield shape


def _deltas(text: str) -> Iterator[float]:
    """Steps from letter to letter, ``g n d`` standing for n times d; after the last, it goes on."""
    tokens = iter(text.split())
    step = 0.0
    for token in tokens:
        times = 1
        if token == "g":
            times, token = min(int(next(tokens, "1")), CHARACTERS), next(tokens, "0")
        step = float(token)
        for _ in range(times):
            yield step
    while True:
        yield step


def _numbers(text: str, count: int) -> list[float]:
    numbers = [float(number) for number in text.split()]
    if len(numbers) != count:
        raise ValueError(text)
    return numbers
