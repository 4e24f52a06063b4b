"""Workbooks: .xlsx, .xls and .et, Excel 2003 XML."""
