"""`make demo`: the site with signing in and a pretend provider, on this computer, until Ctrl+C."""

import argparse
import os
import signal
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import NoReturn

from psc.demo.processes import HOST, NotStarted, free_port, port_is_taken, running_provider, running_site, secrets_text
from psc.demo.users import ADMINISTRATORS, USERS, grant_roles
from psc.register.errors import RegisterError
from psc.settings import ROOT

STATE = Path("var") / "demo"


def main() -> int:
    """Run the demo; return 0 when it was stopped, 1 when it could not start or a part of it ended."""
    parser = argparse.ArgumentParser(prog="python -m psc.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8501, help="the site's port (default 8501)")
    parser.add_argument("--state", type=Path, default=STATE, help=f"folder for what is written (default {STATE})")
    asked = parser.parse_args()
    port, state = asked.port, asked.state
    if find_spec("oidc_provider_mock") is None:
        return _sorry("The pretend provider is not installed. Run `make demo`, which installs it (oidc-provider-mock).")
    if port_is_taken(port):
        return _sorry(f"Port {port} is taken by something else. Choose another one: make demo PORT={port + 1}")
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _run(port, (ROOT / state).resolve())
    except NotStarted as problem:
        return _sorry(str(problem))
    except RegisterError as problem:
        return _sorry(f"{problem}\nThe demo did not start. To begin it anew, remove the folder {state}.")
    except KeyboardInterrupt:
        print("\nThe demo has stopped. What was written stays in", state)
        return 0


def _run(port: int, state: Path) -> int:
    state.mkdir(parents=True, exist_ok=True)
    register_url = f"sqlite:///{state / 'register.db'}"
    # The key that seals the demo's audit stands beside its register, not beside a real one.
    os.environ["PSC_STATE"] = str(state)
    grant_roles(register_url)
    settings = {"PSC_REGISTER_URL": register_url, "PSC_ADMINISTRATORS": ADMINISTRATORS}
    provider_port = free_port()
    site = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory(prefix="psc-demo-") as folder:
        secrets_file = Path(folder) / "secrets.toml"
        secrets_file.write_text(secrets_text(site, f"http://{HOST}:{provider_port}"), encoding="utf-8")
        with running_provider(provider_port) as provider, running_site(port, secrets_file, settings) as served:
            print(_welcome(site), flush=True)
            while provider.poll() is None and served.poll() is None:
                time.sleep(0.5)
            return _sorry(f"{'The site' if provider.poll() is None else 'The pretend provider'} has ended by itself.")


def _welcome(site: str) -> str:
    width = max(len(user.email) for user in USERS)
    people = "\n".join(f"  {user.email:{width}}  {user.words}" for user in USERS)
    return (
        f"\nThe demo is at {site}/workspace (stop it with Ctrl+C). Four roles, five users, no passwords:\n{people}\n"
        "For trying out only: anybody who reaches this address can be any of them.\n"
    )


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _sorry(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
