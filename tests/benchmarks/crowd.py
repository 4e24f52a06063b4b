"""Twenty readers click in the same instant, each on another filter: the time until each has his answer.

The readers speak Streamlit's own websocket protocol from this process: twenty real browsers on the same
machine would mostly measure themselves. What the client costs is given beside.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.benchmarks.measure import Figure, fill
from tests.browser import Server
from tests.portfolio import DEPARTMENTS

READERS = 20
TILES = b'class=\\"tiles\\"'  # what an answer has to have, as JSON writes it
SMALL = 1_000  # bytes; the message that ends a run is one of a few
SCOPES = [
    {"year": year, "department": department, "unit": f"{department}第{number}中心"}
    for number, year, department in product(range(1, 6), (2022, 2023, 2024, 2025), DEPARTMENTS)
]


class Reader:
    """One session. ``received``: bytes of its last answer."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.received = 0

    async def ask(self, query: dict[str, object]) -> float:
        """Run the overview with this address; seconds until the server says that it is done."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(query)
        start, self.received, tiles = perf_counter(), 0, False
        await self.socket.send(message.SerializeToString())
        while True:
            data = await self.socket.recv()
            self.received += len(data)
            tiles = tiles or TILES in data  # type: ignore[operator]
            if len(data) < SMALL:
                answer = ForwardMsg.FromString(data)  # type: ignore[arg-type]
                if answer.WhichOneof("type") == "script_finished":
                    assert tiles and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                    return perf_counter() - start


def figures(quick: bool) -> Iterator[Figure]:
    projects, readers, bursts = (50, 3, 1) if quick else (1_000, READERS, 5)
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        fill(store, projects, settled=True)
        server = Server(store)
        try:
            yield from asyncio.run(crowd(server.port, projects, readers, bursts))
        finally:
            server.stop()


async def crowd(port: int, projects: int, readers: int, bursts: int) -> list[Figure]:
    scopes = iter(SCOPES)  # never one twice: no answer is already known
    async with AsyncExitStack() as stack:
        url = f"ws://127.0.0.1:{port}/_stcore/stream"
        people = [
            Reader(await stack.enter_async_context(connect(url, subprotocols=["streamlit"], max_size=None)))
            for _ in range(readers)
        ]
        for one in people:
            await one.ask({})
        alone = [await people[0].ask(next(scopes)) for _ in range(bursts)]
        middle, late, client = [], [], []
        for _ in range(bursts):
            cpu = process_time()
            times = sorted(await asyncio.gather(*(one.ask(next(scopes)) for one in people)))
            client.append(process_time() - cpu)
            middle.append(statistics.median(times))
            late.append(times[max(0, round(0.95 * readers) - 1)])
    name = f"{readers} at once, {projects:,} projects"
    aim = 1.5 if readers == READERS else None
    return [
        Figure(f"one alone, {projects:,} projects", statistics.median(alone), "s"),
        Figure(f"{name}: median", statistics.median(middle), "s"),
        Figure(f"{name}: p95", statistics.median(late), "s", most=aim),
        Figure("one answer", people[-1].received / 1000, "kB"),
        Figure("the client's own CPU for the burst", statistics.median(client), "s"),
    ]
