"""A picture of a page → its ruling lines (OpenCV) and its text (OCR with models that lie in the package).

Nothing is downloaded at run time. The extra ``ocr`` brings both libraries.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from parsing.errors import Unsupported
from parsing.formats.paged.page import Glyph, Page, RuledLine
from parsing.formats.paged.picture import ruling, straightening

LONG = 842.0  # points: the long side of A4, which a picture without a size is taken for
RENDERED = 2000  # pixels of the long side of a page that is drawn for us
SIDES = 1600, 2600  # pixels of the long side: smaller pictures are enlarged, larger ones reduced
WIDTHS = frozenset('()（）,，:：;；“”"')
FOUND = 1440  # pixels of the long side that suffice to find text, in a third of the time and memory
DOUBTFUL = 0.6  # of what is recognised in a bad picture, where rows may run together
LOW = 1.3  # a picture that must be enlarged more than this is a bad one
FLOOR = 0.5  # text surer than this is text
REMEDY = (
    "请运行 pip install 'jilan[ocr]' 安装图片识别组件（约 360 兆，识别时不联网）后重试；或向填报单位要电子版"
)


def page(image: Any, number: int, part: str, width: float = 0.0, height: float = 0.0) -> Page:
    """The page in a picture (height × width × 3 bytes, BGR), ``width`` × ``height`` points or as large as
    A4. Raises Unsupported when the extra is missing."""
    cv2, engine = libraries()
    long = max(image.shape[:2])
    zoom = min(max(SIDES[0] / long, 1.0), SIDES[1] / long)
    if zoom != 1.0:
        image = cv2.resize(
            image, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC
        )
    point = (max(width, height) or LONG) / max(image.shape[:2])  # points a pixel
    size = width or image.shape[1] * point, height or image.shape[0] * point
    image, back = straightening.straight(image)
    boxes = _boxes(engine, image)
    image, boxes, back = _upright(cv2, engine, image, boxes, back)
    across, down, clear = ruling.lines(image)
    down = [rule for rule in down if not _stroke(rule, boxes)]
    page = Page(number, part, *size, shown=straightening.in_points(back, point), recognised=True)
    page.across = [RuledLine(*(value * point for value in rule)) for rule in across]
    page.down = [RuledLine(*(value * point for value in rule)) for rule in down]
    trust = 1.0 if clear and zoom < LOW else DOUBTFUL
    for box, text, sure in _texts(engine, image, _cut(boxes, down)):
        left, top, right, bottom = (value * point for value in box)
        page.glyphs.append(Glyph(text, left, top, right, bottom, bottom, sure=sure * trust))
    return page


@lru_cache(1)
def libraries() -> tuple[Any, Any]:
    try:
        import cv2
        import onnxruntime  # noqa: F401 (rapidocr would only miss it later, and name no command)
        from rapidocr import RapidOCR
    except ImportError:
        raise Unsupported(reason="这是图片或扫描件，识别文字的组件没有安装", remedy=REMEDY) from None
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    return cv2, RapidOCR(params={"Global.log_level": "critical"})


Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


def _boxes(engine: Any, image: Any) -> list[Box]:
    import cv2

    zoom = min(FOUND / max(image.shape[:2]), 1.0)
    small = cv2.resize(image, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
    corners = engine(small, use_det=True, use_cls=False, use_rec=False).boxes
    return (
        []
        if corners is None
        else [(*(b.min(0) / zoom).tolist(), *(b.max(0) / zoom).tolist()) for b in corners]
    )


def _upright(cv2: Any, engine: Any, image: Any, boxes: list[Box], back: Any) -> tuple[Any, list[Box], Any]:
    """The picture turned so that its text runs to the right: by the shape of the lines of text, and by
    which way up their words make more sense."""
    long = [
        box
        for box in boxes
        if max(box[2] - box[0], box[3] - box[1]) > 3 * min(box[2] - box[0], box[3] - box[1])
    ]
    if sum(box[3] - box[1] > box[2] - box[0] for box in long) > len(long) / 2:
        image, back = straightening.turned(image, 1, back)
        boxes = _boxes(engine, image)
    widest = sorted(boxes, key=lambda box: box[0] - box[2])[:4]
    here = _texts(engine, image, widest)
    there = _texts(engine, image, widest, cv2.ROTATE_180)
    if sum(sure for *_, sure in there) > sum(sure for *_, sure in here):
        image, back = straightening.turned(image, 2, back)
        boxes = _boxes(engine, image)
    return image, boxes, back


def _stroke(rule: RuledLine, boxes: list[Box]) -> bool:
    """Whether most of an upright line lies within text: strokes of letters that stand below each other."""
    inside = 0.0
    for left, top, right, bottom in boxes:
        edge = (bottom - top) * 0.4
        if left + edge < rule.at < right - edge:
            inside += max(min(bottom, rule.end) - max(top, rule.start), 0.0)
    return inside > 0.6 * (rule.end - rule.start)


def _cut(boxes: list[Box], down: list[RuledLine]) -> list[Box]:
    """Boxes parted where a ruling line runs through them: OCR takes neighbours for one text."""
    result: list[Box] = []
    for left, top, right, bottom in boxes:
        edge, middle = (bottom - top) * 0.4, (top + bottom) / 2
        walls = [r.at for r in down if left + edge < r.at < right - edge and r.start <= middle <= r.end]
        for start, end in zip(
            [left, *(wall + 2 for wall in walls)], [*(wall - 2 for wall in walls), right], strict=True
        ):
            result.append((start, top, end, bottom))
    return result


def _texts(
    engine: Any, image: Any, boxes: list[Box], turn: int | None = None
) -> list[tuple[Box, str, float]]:
    """(box, text, chance that every letter of it is right)."""
    import cv2

    crops, kept = [], []
    for box in boxes:
        left, top, right, bottom = (max(round(value), 0) for value in box)
        crop = image[top:bottom, left:right]
        if crop.size and min(crop.shape[:2]) > 3:
            crops.append(crop if turn is None else cv2.rotate(crop, turn))
            kept.append(box)
    if not crops:
        return []
    engine.return_word_box = True  # which also tells how sure each letter is
    recognized = engine.recognize_txt(crops)
    result = []
    for box, text, score, letters in zip(
        kept, recognized.txts, recognized.scores, recognized.word_results, strict=True
    ):
        if text.strip() and score >= FLOOR:
            result.append((box, text.strip(), _chance(text, letters.confs)))
    return result


def _chance(text: str, sure: list[float]) -> float:
    """That every letter is right. Marks that come in two widths are never sure of theirs, which is all
    the same to us."""
    letters = [c for c in text if not c.isspace()]
    if len(letters) != len(sure):
        return float(math.prod(sure))
    return float(math.prod(s for c, s in zip(letters, sure, strict=True) if c not in WIDTHS))
