"""What all readers of workbooks stand on: a sheet, its merged and hidden cells, numbers as they are shown."""
