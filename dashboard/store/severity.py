"""How grave findings are: the rank that is stored with each, by which questions order and count them."""

from __future__ import annotations

from parsing import SEVERITIES

# 高 4 … 提示 1
SEVERITY_RANKS: dict[str, int] = {word: len(SEVERITIES) - n for n, word in enumerate(SEVERITIES)}
RANK_SEVERITIES = {rank: word for word, rank in SEVERITY_RANKS.items()}
PROBLEM_RANK = SEVERITY_RANKS["中"]  # from which a finding is a problem (see ``wording.terms``)
READING = "读取质量"  # the dimension of findings about how a table was read, which are no fault of content
