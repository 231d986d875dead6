"""2,000 hostile connections from forty addresses, and what they cost other visitors: `python -m bench.hostile`.

They come from this computer. Their addresses are claimed as a proxy on it would, which the server believes.
"""

import asyncio
import contextlib
import itertools
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from bench.report import Finding, at_most, note, show, within
from bench.servers import STREAMLIT, serving_process
from psc.web.limits.connections import LONGEST_MESSAGE

EACH, ADDRESSES = 500, 10
SECONDS, PAUSE = 45, 10
VISITS = 12
MEMORY_MB, SLOWER = 700, 10
STREAM = "/_stcore/stream"
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def measure(folder: Path) -> list[Finding]:
    """Attack a server of its own for about a minute; the store is built first, as on a start."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    log = folder / "hostile.txt"
    subprocess.run(
        [Path(sys.executable).with_name("psc"), "build", "--if-stale"], check=True, stdout=subprocess.DEVNULL
    )
    # Visitors are a process of their own, so that what they wait for is the server and not the attack.
    with (
        serving_process([*STREAMLIT, "app.py"], log) as (address, pid),
        ProcessPoolExecutor(1, get_context("spawn")) as visitors,
    ):
        return asyncio.run(_measure(visitors, int(address.rpartition(":")[2]), pid, log))


async def _measure(visitors: Executor, port: int, pid: int, log: Path) -> list[Finding]:
    loop = asyncio.get_running_loop()
    before = [await loop.run_in_executor(visitors, visit, port, number) for number in range(5)]
    calm, memory = statistics.median(before[1:]), _memory(pid, "VmRSS")
    states: Counter[str] = Counter()
    kinds = (idle_session, heavy_session, half_request, slow_reader)
    attack = [
        asyncio.create_task(_again_and_again(kind, port, f"203.0.{place}.{number % ADDRESSES}", states))
        for place, kind in enumerate(kinds)
        for number in range(EACH)
    ]
    begun, during, failed, most = time.monotonic(), [], 0, 0
    await asyncio.sleep(8)
    for number in range(VISITS):
        try:
            during.append(await loop.run_in_executor(visitors, visit, port, 100 + number))
        except (OSError, TimeoutError, WebSocketException) as problem:
            note(f"a visit failed: {problem!r}")
            failed += 1
        most = max(most, _descriptors(pid))
        await asyncio.sleep(max(0, (SECONDS - (time.monotonic() - begun)) / (VISITS - number)))
    peak = _memory(pid, "VmHWM")
    for task in attack:
        task.cancel()
    for ended in await asyncio.gather(*attack, return_exceptions=True):
        if isinstance(ended, Exception):
            # A mistake in the attack itself would make the site look better than it is.
            raise ended
    counts = ", ".join(f"{name} {count:,}" for name, count in sorted(states.items()))
    note(f"{len(attack):,} hostile connections, begun anew when closed ({counts})")
    note(f"memory {memory:,.0f} MB before, {peak:,.0f} MB at most; at most {most:,} descriptors; log {_kb(log)}")
    note(f"visits: median {calm:.2f} s before; during {', '.join(f'{taken:.1f}' for taken in during)} s")
    return [
        within("Memory under 2,000 hostile connections", peak, MEMORY_MB, "MB"),
        within("Visits that failed meanwhile (of 12, plus 1)", failed + 1, 1, ""),
        at_most("A visit meanwhile", statistics.median(during or [60]), calm, SLOWER, "s", "calm"),
    ]


def visit(port: int, number: int) -> float:
    """Open a page as a new visitor from an address of their own; return the seconds until it is whole."""
    return asyncio.run(_visit(port, number))


async def _visit(port: int, number: int) -> float:
    begun = time.perf_counter()
    url = f"ws://127.0.0.1:{port}{STREAM}"
    headers = {"X-Forwarded-For": f"198.51.100.{number}"}
    async with (
        asyncio.timeout(30),
        connect(url, additional_headers=headers, subprotocols=[Subprotocol("streamlit")]) as session,
    ):
        await session.send(_asking())
        while True:
            message = ForwardMsg.FromString(await session.recv())
            if message.WhichOneof("type") == "script_finished":
                return time.perf_counter() - begun


async def idle_session(stream: Stream, address: str) -> None:
    """Open a websocket and ask for nothing."""
    await _open_session(stream, address)
    await _until_closed(stream)


async def heavy_session(stream: Stream, address: str) -> None:
    """Ask for a page again and again with the contents of boxes that do not exist; read nothing."""
    await _open_session(stream, address)
    for number in itertools.count():
        stream[1].write(_frame(_asking(f"$$ID-{number}-none", "x" * (LONGEST_MESSAGE - 1_000))))
        await stream[1].drain()
        await asyncio.sleep(1)


async def half_request(stream: Stream, address: str) -> None:
    """Send most of a long request, and then nothing."""
    stream[1].write(f"GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {address}\r\nX: ".encode() + b"x" * 30_000)
    await _until_closed(stream)


async def slow_reader(stream: Stream, address: str) -> None:
    """Ask for the largest file and read a little of it at a time."""
    stream[1].write(_request("/data/all-measures.csv", address, "Connection: close\r\n"))
    while await stream[0].read(1000):
        await asyncio.sleep(1)


async def _again_and_again(
    kind: Callable[[Stream, str], Awaitable[None]], port: int, address: str, states: Counter[str]
) -> None:
    while True:
        states[kind.__name__] += 1
        writer = None
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4096)
            await kind((reader, writer), address)
        except (OSError, asyncio.IncompleteReadError, RuntimeError):
            pass
        finally:
            if writer is not None:
                with contextlib.suppress(OSError):
                    writer.transport.abort()
        await asyncio.sleep(random.uniform(PAUSE / 2, PAUSE * 3 / 2))


async def _open_session(stream: Stream, address: str) -> None:
    upgrade = (
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: streamlit\r\n"
    )
    stream[1].write(_request(STREAM, address, upgrade))
    if b" 101 " not in await stream[0].readuntil(b"\r\n"):
        raise RuntimeError("refused")


async def _until_closed(stream: Stream) -> None:
    while await stream[0].read(4096):
        pass


def _request(path: str, address: str, more: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {address}\r\n{more}\r\n".encode()


def _asking(widget: str = "", value: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.page_name = "search"
    if widget:
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = widget, value
    return message.SerializeToString()


def _frame(body: bytes) -> bytes:
    """A binary message; masked with zeros, it is what it was."""
    return bytes([0x82, 0x80 | 127]) + len(body).to_bytes(8, "big") + bytes(4) + body


def _memory(pid: int, name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found.group(1)) / 1024


def _descriptors(pid: int) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def _kb(log: Path) -> str:
    return f"{log.stat().st_size / 1000:,.0f} kB"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="psc-bench-") as made:
        show(measure(Path(made)))
