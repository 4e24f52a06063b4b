"""A worksheet that is put together cell by cell, for workbooks that stand in one stream of XML."""

from __future__ import annotations

from parsing.errors import Damaged, ReadError, TooLarge
from parsing.formats.raw import limits
from parsing.formats.worksheet import covered
from parsing.formats.worksheet.hidden import Hidden
from parsing.formats.worksheet.merging import Rows, merge
from parsing.formats.worksheet.quota import Quota
from parsing.grid import Cell, Grid, Place, column_letters

REPEATS = 10_000  # rows alike below each other
MISPLACED = "这里的单元格没有按行列排好，可能有文字漏读或放错了位置，请核对"


class Sheet:
    """One sheet. Trouble with it is kept, so that the sheets behind it can still be read; ``quota`` is
    what the workbook may still hold."""

    def __init__(self, file: str, part: str, quota: Quota) -> None:
        self.part, self.hidden = part, Hidden()
        self._file, self._quota = file, quota
        self._rows: Rows = {}
        self._areas: list[tuple[int, int, int, int]] = []
        self._beyond = ""
        self._trouble: ReadError | None = None
        self._doubt: ReadError | None = None

    def put(
        self,
        row: int,
        column: int,
        text: str,
        height: int = 1,
        width: int = 1,
        note: str = "",
        times: int = 1,
    ) -> None:
        """A cell, stripped; ``times``: how many rows below each other it stands in."""
        if self._trouble or not (text or note):
            return
        if column > limits.COLUMNS or row > limits.ROWS:
            self._beyond = self._beyond or f"{column_letters(column)}{row}"
            return
        if (
            times > min(self._quota.cells, REPEATS)
            or len(text) > limits.TEXT
            or len(self._areas) > limits.MERGES
        ):
            self._trouble = TooLarge(f"{self._file} › {self.part} › {column_letters(column)}{row}")
            return
        self._quota.cells -= times
        name = column_letters(column)
        for at in range(row, row + times):
            place, cells = (
                Place(self._file, self.part, at, column, f"{name}{at}"),
                self._rows.setdefault(at, {}),
            )
            if column in cells and cells[column].text != text:
                self.doubt(at, column)
            cells[column] = Cell(text, place, 1, 1, note)
        if height > 1 or width > 1:
            self._areas.append((row, column, row + height - 1, column + width - 1))

    def doubt(self, row: int, column: int) -> None:
        """What is said of rows and cells makes no sense from here on; said once."""
        if self._doubt is None:
            place = f"{self._file} › {self.part} › {column_letters(max(column, 1))}{max(row, 1)}"
            self._doubt = Damaged(place, MISPLACED)

    def results(self) -> list[Grid | ReadError]:
        """The Grid, if the sheet holds something, or its trouble; and what stands too far away."""
        if self._trouble:
            return [self._trouble]
        rows = dict(sorted(self._rows.items()))
        under = merge(rows, self._areas)
        self.hidden.mark(rows)
        grid_rows = tuple(
            tuple(cell for _, cell in sorted(cells.items())) for cells in rows.values() if cells
        )
        results: list[Grid | ReadError] = []
        if grid_rows:
            results.append(Grid(self._file, self.part, grid_rows, spans=bool(self._areas)))
        results += covered.covered_texts(under)
        if self._doubt:
            results.append(self._doubt)
        if self._beyond:
            reason = f"第{limits.COLUMNS}列以右或第{limits.ROWS}行以下还有内容，没有读取；其余部分已读取"
            place = f"{self._file} › {self.part} › {self._beyond}"
            results.append(TooLarge(place, reason, "请删去那里的多余内容，或把它移到表格旁边"))
        return results
