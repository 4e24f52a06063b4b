"""Ways to damage a file for ``tests.fuzz``: below its checksums where it has some.

Every function takes the dice and bytes and gives other bytes. What is packed (members of a zip, streams
of a PDF) is unpacked, damaged and packed again, so that the damage reaches the reader and not only zlib.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

Mutation = Callable[[Random, bytes], bytes]


def broken_copies(whole: bytes, count: int = 150) -> Iterator[bytes]:
    """Copies with some bytes changed, every fifth cut short; the same ones each time."""
    dice = Random(1)
    for _ in range(count):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if dice.random() < 0.2:
            del data[dice.randrange(len(data)) :]
        yield bytes(data)


TOKEN = re.compile(rb"<[^>]+>|[^<]+")
ATTRIBUTE = re.compile(rb'\s([\w:.-]+)="([^"]*)"')
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
ODD_VALUES = (
    *(b"", b"0", b"-1", b"1", b"2", b"255", b"65536", b"99999999999", b"1e308", b"nan", b"A1", b"XFD1048576"),
    *(
        b"A1:XFD1048576",
        b"true",
        b"&#x9;",
        b"\xe4\xb8\x80",
        b"x" * 300,
        b"s",
        b"restart",
        b"mm",
        b"1 0 0 1 0",
    ),
)


def flip(dice: Random, data: bytes) -> bytes:
    """One to sixteen bytes become others."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16)) if data else 0):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def truncate(dice: Random, data: bytes) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def delete(dice: Random, data: bytes) -> bytes:
    first, last = _range(dice, data)
    return data[:first] + data[last:]


def repeat(dice: Random, data: bytes) -> bytes:
    first, last = _range(dice, data)
    return data[:last] + data[first:last] * dice.choice((1, 1, 2, 40)) + data[last:]


def move(dice: Random, data: bytes) -> bytes:
    first, last = _range(dice, data)
    rest, at = data[:first] + data[last:], dice.randrange(len(data) + 1)
    return rest[:at] + data[first:last] + rest[at:]


PLAIN: tuple[Mutation, ...] = (flip, flip, truncate, delete, repeat, move)


def attribute(dice: Random, data: bytes) -> bytes:
    """One attribute goes, or gets a value it should not have."""
    found = list(ATTRIBUTE.finditer(data))
    if not found:
        return flip(dice, data)
    one = dice.choice(found)
    if dice.random() < 0.3:
        return data[: one.start()] + data[one.end() :]
    value = dice.choice((*ODD_VALUES, dice.choice(found)[2]))
    return data[: one.start(2)] + value + data[one.end(2) :]


def text(dice: Random, data: bytes) -> bytes:
    """A run of text becomes another one, or an odd one."""
    found = [one for one in TOKEN.finditer(data) if one[0][:1] != b"<"]
    if not found:
        return flip(dice, data)
    one, other = dice.choice(found), dice.choice((*ODD_VALUES, dice.choice(found)[0]))
    return data[: one.start()] + other + data[one.end() :]


def element(dice: Random, data: bytes) -> bytes:
    """An element with all it holds goes, comes twice, or moves to the place of another."""
    found = [one for one in TOKEN.finditer(data) if one[0][:1] == b"<" and one[0][1:2] not in b"/?!"]
    if not found:
        return delete(dice, data)
    first, last = _element(data, dice.choice(found))
    inside, how = data[first:last], dice.random()
    if how < 0.4:
        return data[:first] + data[last:]
    if how < 0.7:
        return data[:last] + inside * dice.choice((1, 1, 3, 30)) + data[last:]
    at = dice.choice(found).start()
    if first <= at < last:
        return data[:first] + data[last:]
    rest = data[:first] + data[last:]
    at -= last - first if at >= last else 0
    return rest[:at] + inside + rest[at:]


def rename(dice: Random, data: bytes) -> bytes:
    """A tag becomes another one, at its start and at its end."""
    found = [one for one in TOKEN.finditer(data) if one[0][:1] == b"<" and one[0][1:2] not in b"/?!"]
    if not found:
        return flip(dice, data)
    one = dice.choice(found)
    first, last = _element(data, one)
    old, new = _tag(one[0]), _tag(dice.choice(found)[0])
    inside = data[first:last]
    inside = b"<" + new + inside[1 + len(old) :]
    if inside.endswith(b"</" + old + b">"):
        inside = inside[: -len(old) - 1] + new + b">"
    return data[:first] + inside + data[last:]


MARKUP: tuple[Mutation, ...] = (attribute, attribute, text, element, element, rename, flip, delete)


def mutate(dice: Random, data: bytes) -> bytes:
    """Some damage that fits the kind of file."""
    if dice.random() < 0.25:
        return dice.choice(PLAIN)(dice, data)
    if data.startswith(b"PK"):
        return member(dice, data)
    if data.startswith(b"%PDF"):
        return stream(dice, data)
    if data.lstrip()[:1] == b"<":
        return dice.choice(MARKUP)(dice, data)
    return dice.choice(PLAIN)(dice, data)


def member(dice: Random, data: bytes) -> bytes:
    """A zip packed again with one member damaged, the big ones more often; or gone, or twice."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > 8 << 20:  # a bomb: as it is packed
                return dice.choice(PLAIN)(dice, data)
            parts = [(one.filename, archive.read(one)) for one in archive.infolist()]
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, ValueError):
        return dice.choice(PLAIN)(dice, data)
    if not parts:
        return flip(dice, data)
    at = dice.choices(range(len(parts)), [min(len(inside), 20_000) + 200 for _, inside in parts])[0]
    name, inside = parts[at]
    how = dice.random()
    if how < 0.03:
        del parts[at]
    elif how < 0.05:
        parts.append((name, dice.choice(parts)[1]))
    elif how < 0.07:
        parts[at] = dice.choice(parts)[0], inside
    else:
        parts[at] = name, mutate(dice, inside) if inside[:2] == b"PK" else _part(dice, inside)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive._didModify = True
        for name, inside in parts:
            archive.NameToInfo.pop(name, None)  # the same name twice is meant
            archive.writestr(name, inside)
    return out.getvalue()


def stream(dice: Random, data: bytes) -> bytes:
    """A PDF with one of its packed streams damaged; its table of offsets no longer fits, as in many PDFs."""
    packed = []
    for one in STREAM.finditer(data):
        try:
            packed.append((one, zlib.decompress(one[1])))
        except zlib.error:
            continue
    if not packed:
        return dice.choice(PLAIN)(dice, data)
    one, inside = dice.choice(packed)
    changed = zlib.compress(dice.choice(PLAIN)(dice, inside))
    return data[: one.start(1)] + changed + data[one.end(1) :]


def _part(dice: Random, inside: bytes) -> bytes:
    if inside.lstrip(b"\xef\xbb\xbf")[:1] == b"<":
        return dice.choice(MARKUP)(dice, inside)
    return dice.choice(PLAIN)(dice, inside)


def _range(dice: Random, data: bytes) -> tuple[int, int]:
    first = dice.randrange(len(data) + 1)
    return first, min(len(data), first + int(2 ** dice.uniform(0, 12)))


def _tag(token: bytes) -> bytes:
    return re.split(rb"[\s/>]", token[1:], maxsplit=1)[0]


def _element(data: bytes, opening: re.Match[bytes]) -> tuple[int, int]:
    """Where the element begins and ends."""
    if opening[0].endswith(b"/>"):
        return opening.span()
    tag, depth = re.escape(_tag(opening[0])), 0
    for one in re.compile(rb"<(/?)" + tag + rb"(?=[\s/>])[^>]*?(/?)>").finditer(data, opening.start()):
        depth += -1 if one[1] else 0 if one[2] else 1
        if depth <= 0:
            return opening.start(), one.end()
    return opening.span()
