"""How much of a file is read at most. What goes beyond is refused or reported, never cut in silence."""

CELLS = 1_000_000  # non-empty cells of a file
BLANKS = 4_000_000  # cells of a sheet that carry nothing but a format
ROWS = 200_000
COLUMNS = 256
MERGES = 50_000  # merged areas of a sheet
TEXT = 32_767  # characters of a cell: Excel's own limit
