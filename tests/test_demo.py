"""The demo: what `make demo` starts, says and stops."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from psc.demo import USERS
from psc.demo.processes import HOST, NotStarted, free_port, port_is_taken, running_provider, running_site
from psc.demo.provider import provider
from psc.geography.areas import load_areas
from psc.register.workflow.permissions import ROLES
from psc.settings import ROOT


def start_demo(port: int, state: Path, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "psc.demo", "--port", str(port), "--state", str(state)],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Whoever starts the tests in the background hands on that Ctrl-C means nothing; at a terminal it does.
        preexec_fn=_hear_ctrl_c,
    )


def _hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_the_users_cover_every_role_and_each_area_is_one_of_the_fifteen(data):
    assert {user.role for user in USERS} == set(ROLES)
    areas = {area.id for area in load_areas(data / "boundaries")}
    for user in USERS:
        assert user.area in (areas if user.role != "administrator" else {""})


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_says_who_can_sign_in_where_and_leaves_nothing_running(how, store_file, tmp_path):
    port = free_port()
    demo = start_demo(port, tmp_path / "state", PSC_STORE=str(store_file), TMPDIR=str(tmp_path))
    said = ""
    try:
        for line in demo.stdout:
            said += line
            if "For trying out only" in line:
                break
        assert f"http://localhost:{port}/workspace" in said
        for user in USERS:
            assert re.search(rf"{re.escape(user.email)} +{re.escape(user.name)}: .*{user.role}", said, re.IGNORECASE)
        assert "Warning" not in said and "Traceback" not in said
        assert urllib.request.urlopen(f"http://{HOST}:{port}/workspace").status == 200
        secrets = next(tmp_path.glob("psc-demo-*/secrets.toml")).read_text()
        provider_port = int(re.search(rf"{HOST}:(\d+)/.well-known", secrets).group(1))
        assert port_is_taken(provider_port)
    finally:
        demo.send_signal(how)
        rest, _ = demo.communicate(timeout=30)
    assert demo.returncode == 0, said + rest
    assert f"The demo has stopped. What was written stays in {tmp_path / 'state'}" in rest and "Traceback" not in rest
    assert not port_is_taken(port) and not port_is_taken(provider_port)
    assert list(tmp_path.glob("psc-demo-*")) == []


def test_a_port_that_is_taken_is_said_with_a_way_out(tmp_path):
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        demo = start_demo(port, tmp_path)
        said, _ = demo.communicate(timeout=30)
    assert demo.returncode == 1
    assert said == f"Port {port} is taken by something else. Choose another one: make demo PORT={port + 1}\n"


def test_a_state_it_cannot_start_from_is_said_with_a_way_out(tmp_path):
    (tmp_path / "register.db").write_text("no database at all")
    demo = start_demo(free_port(), tmp_path)
    said, _ = demo.communicate(timeout=60)
    assert demo.returncode == 1
    assert f"remove the folder {tmp_path}." in said and "Traceback" not in said


def test_without_the_pretend_provider_the_demo_says_what_to_install(tmp_path):
    # Whatever stands in sys.modules as None cannot be imported, as if it were not installed.
    hidden = (
        "import sys, runpy; sys.modules['oidc_provider_mock'] = None; runpy.run_module('psc.demo', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", hidden], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "oidc-provider-mock" in done.stderr and "Traceback" not in done.stderr


def test_a_site_that_cannot_start_is_said_and_not_waited_for(tmp_path):
    with socket.create_server((HOST, 0)) as other, (tmp_path / "log.txt").open("w") as log:
        taken = other.getsockname()[1]
        with pytest.raises(NotStarted, match="The site stopped"), running_site(taken, tmp_path / "none.toml", {}, log):
            pass


def test_the_pretend_provider_listens_on_this_computer_only_and_sends_nobody_elsewhere(tmp_path):
    port = free_port()
    with (tmp_path / "log.txt").open("w") as log, running_provider(port, log):
        page = urllib.request.urlopen(f"http://{HOST}:{port}/").read().decode()
        with socket.socket() as outside:
            assert outside.connect_ex((_own_address(), port)) != 0
    assert not re.search(r'(?:src|href)="https?://[^"]*\.css"', page)


def _own_address() -> str:
    """An address of this computer that others may reach it by; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.2"
        return probe.getsockname()[0]


def test_its_form_offers_each_user_and_asks_nothing_of_another_server():
    query = "client_id=x&redirect_uri=http://site.example/oauth2callback&response_type=code&scope=openid&state=1"
    client = provider().test_client()
    form = client.get(f"/oauth2/authorize?{query}").text
    assert re.findall(r'name="sub" value="([^"]+)"', form) == [user.email for user in USERS]
    pages = [form, client.get("/oauth2/end_session").text, client.get("/oauth2/authorize").text]
    for page in pages:
        assert re.findall(r"<(?:link|script|img)[^>]*https?:", page) == []


def test_it_has_no_debugger():
    answer = provider().test_client().get("/?__debugger__=yes&cmd=resource&f=style.css")
    assert "Pretend sign-in" in answer.text
