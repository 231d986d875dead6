"""How long the script of each page runs when the server is warm: real server, new session each time, no browser."""

import json
import statistics
import sys
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from bench.report import Finding, note, within
from bench.servers import serving
from psc.register.compiled.load import load_register
from psc.settings import data_folder

LIMIT_MS = 50
WARM_UP = 3
RUNS = 21
PAGES = {
    "map": ("", ""),
    "area": ("area", "area=kss"),
    "signals": ("signals", ""),
    "chart": ("chart", "metric=high-dose-opioids&area=wessex"),
    "compare": ("compare", ""),
    "priorities": ("priorities", ""),
    "shared learning": ("solutions", ""),
    "a case": ("solutions", f"id={load_register(data_folder() / 'register').solutions[0].id}"),
    "learning": ("learning", ""),
    "search": ("search", "q=presure+ulcer"),
    "data and methods": ("methods", ""),
}


def measure(folder: Path) -> list[Finding]:
    """Visit every page often enough to tell; return a finding for each. Logs go to ``folder``."""
    runs = folder / "runs.jsonl"
    command = [sys.executable, "-m", "bench.timed_server", str(runs), "app.py"]
    weights: dict[str, int] = {}
    with serving(command, folder / "timed.log") as address:
        for _ in range(WARM_UP + RUNS):
            for name, (page, query) in PAGES.items():
                weights[name] = visit(address, page, query)
    taken: dict[tuple[str, str], list[float]] = {}
    for line in runs.read_text().splitlines():
        run = json.loads(line)
        taken.setdefault((run["page"], run["query"]), []).append(run["ms"])
    note("messages of a visit: " + ", ".join(f"{name} {size / 1000:.0f} kB" for name, size in weights.items()))
    note("first run on a cold server: " + ", ".join(f"{name} {taken[at][0]:.0f} ms" for name, at in PAGES.items()))
    return [
        within(f"Script run, {name}", statistics.median(taken[at][WARM_UP:]), LIMIT_MS, "ms")
        for name, at in PAGES.items()
    ]


def visit(address: str, page: str, query: str) -> int:
    """Open a session as a browser does and wait until the page is finished; return the bytes of its messages."""
    size = 0
    with connect(
        f"{address.replace('http', 'ws')}/_stcore/stream", subprotocols=["streamlit"], max_size=None
    ) as socket:
        request = BackMsg()
        request.rerun_script.page_name, request.rerun_script.query_string = page, query
        socket.send(request.SerializeToString())
        while True:
            body = socket.recv(timeout=30)
            size += len(body)
            message = ForwardMsg.FromString(body)
            if message.WhichOneof("type") == "script_finished":
                return size
