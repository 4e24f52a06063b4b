"""The fonts of official papers, by the names that every Chinese office program knows."""

BODY, HEAD = "宋体", "黑体"
