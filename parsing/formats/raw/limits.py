"""How much of a file is read at most. What goes beyond is refused or reported, never cut in silence."""

CELLS = 1_000_000  # non-empty cells of a file
ELEMENTS = 4_000_000  # rows and cells of a workbook, with those that carry nothing but a format
ROWS = 200_000
COLUMNS = 256
MERGES = 50_000  # merged areas of a sheet
TEXT = 32_767  # characters of a cell: Excel's own limit
