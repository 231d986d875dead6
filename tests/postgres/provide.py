"""Makes sure that there is a PostgreSQL server for the register's tests: what is installed, else Debian's package.

A missing server is a failure that says what was tried, never a skip: `python -m tests.postgres.provide`.
"""

import os
import pwd
import re
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAMS = ("initdb", "postgres")
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
# PostgreSQL refuses to run as root; the package of every distribution makes this user for it.
OWNER = "postgres"
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")


def find_server() -> Path | None:
    """Return the folder that holds initdb and postgres, the PATH's before the newest of the usual places, or None."""
    usual = [folder for place in PLACES for folder in Path("/").glob(place.lstrip("/"))]
    on_path = [Path(found).resolve().parent] if (found := shutil.which(PROGRAMS[0])) else []
    folders = on_path + sorted(usual, key=_version, reverse=True)
    return next((folder for folder in folders if all((folder / name).is_file() for name in PROGRAMS)), None)


def _version(folder: Path) -> int:
    numbers = re.findall(r"\d+", str(folder))
    return int(numbers[-1]) if numbers else 0


def server_owner() -> str | None:
    """Return the user to run the server as: None for whoever runs the tests, and `postgres` for root.

    Raises KeyError when root runs the tests and there is no such user.
    """
    return pwd.getpwnam(OWNER).pw_name if os.geteuid() == 0 else None


def problem() -> str:
    """Say what is missing for a server to run, or return an empty text."""
    if not find_server():
        return f"no {' and '.join(PROGRAMS)} on the PATH or in {', '.join(PLACES)}"
    try:
        server_owner()
    except KeyError:
        return f"PostgreSQL does not run as root, and there is no user {OWNER} to run it as"
    return ""


def _install() -> dict[str, str]:
    """Install Debian's package; return each command with what went wrong, or an empty text."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = [*apt, "install", "-y", "--no-install-recommends"]
    commands = {"apt-get update": [*apt, "update"]}
    if not CLUSTER_SETTINGS.exists():
        # The package would start a server of its own on port 5432, which nobody here asked for.
        append = f"echo 'create_main_cluster = false' >> {CLUSTER_SETTINGS}"
        commands["apt-get install postgresql-common"] = [*install, "postgresql-common"]
        commands[append] = [*sudo, "sh", "-c", append]
    commands["apt-get install postgresql"] = [*install, "postgresql"]
    return {name: _try(command) for name, command in commands.items()}


def _try(command: list[str]) -> str:
    """Run a command quietly; return what went wrong, or an empty text."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else (done.stderr.strip() or done.stdout.strip())[-400:]


def main() -> int:
    """Find or install a server; return 0, or 1 with a message that says what was tried."""
    if not problem():
        return 0
    tried = {}
    if shutil.which("apt-get"):
        print(f"No PostgreSQL to test with ({problem()}); trying Debian's package ...", flush=True)
        tried = _install()
    if not problem():
        return 0
    print("The register is tested on a real PostgreSQL, and none could be found or installed:", file=sys.stderr)
    print(f"  {problem()}", file=sys.stderr)
    for command, went_wrong in tried.items():
        print(f"  {command}: {went_wrong or 'ran, but did not help'}", file=sys.stderr)
    print("Install PostgreSQL 13 or newer so that it is in one of these places, then try again.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
