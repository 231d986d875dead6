"""Streamlit's own server, writing down how long each script run took: `python -m bench.timed_server runs.jsonl app.py`.

The time is that of the run as a whole, from taking the request to being free for the next: callbacks, the page's
script, handing over its messages, and the clearing up afterwards, which holds the interpreter and so delays them.
"""

import json
import sys
import time
from pathlib import Path

from streamlit.runtime.scriptrunner.script_runner import RerunData, ScriptRunner
from streamlit.web.cli import main


def write_down_runs(path: str) -> None:
    """Append one line for each script run to ``path``: page, query, milliseconds."""
    output = Path(path).open("a", buffering=1)  # noqa: SIM115  (open as long as the server runs)
    run = ScriptRunner._run_script

    def timed(self: ScriptRunner, request: RerunData) -> None:
        begun = time.perf_counter()
        try:
            run(self, request)
        finally:
            taken = (time.perf_counter() - begun) * 1000
            output.write(json.dumps({"page": request.page_name, "query": request.query_string, "ms": taken}) + "\n")

    ScriptRunner._run_script = timed


if __name__ == "__main__":
    write_down_runs(sys.argv[1])
    sys.argv = ["streamlit", "run", *sys.argv[2:]]
    main()
