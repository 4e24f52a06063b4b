"""What reading one file may take: a little for every file, and more for a large one.

A list of 10,000 projects with ten indicators each is 4 MB as .xlsx, 12 MB as .csv, 1.3 to 1.7 MB as .docx and
.ods; it takes 430 to 480 MB and, of a busy processor, 28, 22, 43, 59 s. A file made to hurt is small: so is
what it gets.
"""

from __future__ import annotations

from typing import NamedTuple

MB = 1 << 20
MEMORY_BYTES, MEMORY_PER_BYTE, MEMORY_MOST = 500 * MB, 100, 1_200 * MB
CPU_SECONDS, CPU_PER_MB, CPU_MOST = 10, 60, 120
WALL = 1.5  # of the processor's time: others want it, too


class Allowance(NamedTuple):
    """``memory``: bytes of addresses; ``cpu``: seconds of a processor; ``wall``: seconds of a clock."""

    memory: int
    cpu: int
    wall: float

    @property
    def text(self) -> str:
        return f"{self.cpu} 秒、{self.memory // MB:,} 兆内存"


def allowance(size: int) -> Allowance:
    """For a file of ``size`` bytes."""
    memory = min(MEMORY_BYTES + MEMORY_PER_BYTE * size, MEMORY_MOST)
    cpu = min(CPU_SECONDS + CPU_PER_MB * size // MB, CPU_MOST)
    return Allowance(memory, cpu, WALL * cpu)
