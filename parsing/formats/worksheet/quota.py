"""What is left of the limits of a workbook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Quota:
    """How much more of a workbook may be read; each sheet takes its part."""

    cells: int
    elements: int
