"""Tables without ruling lines: columns from the white between texts. A guess, and said to be one."""

from __future__ import annotations

from parsing.formats.paged.lattice import Area, LatticeTable, Note

PARTS = 3  # texts beside each other, on
LINES = 3  # so many lines, look like a table


def guess(notes: list[Note]) -> list[LatticeTable | Note] | None:
    """The same lines, those that look like a table as one; None where its columns cannot be told."""
    wide = [at for at, note in enumerate(notes) if len(note.areas) >= PARTS]
    if len(wide) < LINES:
        return list(notes)
    first, last = wide[0], wide[-1] + 1
    xs = _columns([area for at in wide for area in notes[at].areas])
    areas = [
        area._replace(row=row, column=sum(x <= (area.box.left + area.box.right) / 2 for x in xs[1:-1]))
        for row, note in enumerate(notes[first:last])
        for area in note.areas
    ]
    apart = {(area.row, area.column): area for area in areas}
    if len(apart) < len(areas):  # two texts in one column
        return None
    bottom = notes[last - 1].areas[0].box.bottom
    table = LatticeTable(xs, notes[first].top, bottom, last - first, areas, ruled=False)
    return [*notes[:first], table, *notes[last:]]


def _columns(areas: list[Area]) -> list[float]:
    """Where columns begin, and the last one ends: the texts of a column overlap each other, seen from
    above."""
    spans: list[list[float]] = []
    for box in sorted((area.box for area in areas), key=lambda box: box.left):
        if spans and box.left < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], box.right)
        else:
            spans.append([box.left, box.right])
    return [left for left, _ in spans] + [spans[-1][1]]
