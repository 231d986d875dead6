"""People at the workspace, in Streamlit's own test harness: who they are, what they type and press."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from psc.register.role_grants import grant
from psc.register.service import Service
from psc.register.workflow.permissions import PUBLIC, Actor
from psc.register.workflow.record import Record
from psc.web.session import identity
from psc.web.session.register import access
from tests.register.world import PRIORITY, SOLUTION
from tests.web.conftest import Site

ADMIN = Actor("administrator@psc.example", "Addy Administrator")
CASEY = Actor("contributor@wessex.example", "Casey Contributor")
LENA = Actor("lead@wessex.example", "Lena Lead")
ELLIS = Actor("lead@eastern.example", "Ellis Lead")
ROWAN = Actor("reviewer@eastern.example", "Rowan Reviewer")
ROLES = ((CASEY, "contributor", "wessex"), (LENA, "lead", "wessex"), (ELLIS, "lead", "eastern"),
         (ROWAN, "reviewer", "eastern"))  # fmt: skip


def open_register(store_file: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """The register in a file of its own, made where there is none."""
    monkeypatch.setenv("PSC_STORE", str(store_file))
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{path}")
    monkeypatch.setenv("PSC_ADMINISTRATORS", ADMIN.email)
    return access().service()


def opener(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Site]:
    """Opens the workspace as somebody, in a new window; every window is theirs from then on."""

    def open_as(who: Actor, **query: str) -> Site:
        monkeypatch.setattr(identity, "sign_in_configured", lambda: True)
        person = identity.Identity(who.email, who.name, "https://provider.example", who.email)
        monkeypatch.setattr(identity, "identity", lambda: person)
        return Site().visit("workspace", **query)

    return open_as


@pytest.fixture(scope="session")
def filled_register(store_file, tmp_path_factory) -> Path:
    """A register with people in it, closed, to be copied: filling one takes longer than most tests."""
    path = tmp_path_factory.mktemp("filled") / "register.db"
    with pytest.MonkeyPatch.context() as patch:
        service = open_register(store_file, path, patch)
        for who, role, area in ROLES:
            grant(service, ADMIN, who.email, role, area)
        service.database.close()
    return path


@pytest.fixture
def register(store_file, filled_register, tmp_path, monkeypatch):
    """A register of its own, with people in it."""
    service = open_register(store_file, Path(shutil.copyfile(filled_register, tmp_path / "register.db")), monkeypatch)
    yield service
    service.database.close()


@pytest.fixture
def signed_in(register, monkeypatch):
    """Opens the workspace as somebody."""
    return opener(monkeypatch)


def codes(register: Service, words: dict[str, Any] = PRIORITY) -> dict[str, Any]:
    """A complete record in the codes of the real data."""
    known = register.known.harm_areas
    return {**words, "harm_areas": ["medication" if "medication" in known else sorted(known)[0]]}


def box(site: Site, key: str) -> Any:
    """The box of a form's field, to type into or to read; ``key`` is the form's name, "|" and the field's."""
    form, _, field = key.rpartition("|")
    kinds = (
        site.app.text_input, site.app.text_area, site.app.selectbox, site.app.multiselect, site.app.number_input,
        site.app.date_input,
    )  # fmt: skip
    # A box that was cleared or filled by a proposal is a new one: its key has a number at its end.
    ends = re.compile(rf"\|{re.escape(field)}(\|\d+)?$")
    boxes = [found for kind in kinds for found in kind if found.key]
    return next(found for found in boxes if found.key.startswith(f"{form}|") and ends.search(found.key))


def put(site: Site, form: str, **values: str) -> None:
    """Type into a form without leaving its boxes: the page takes it in with the next click."""
    for name, value in values.items():
        box(site, f"{form}|{name}").set_value(value)


def fill(site: Site, form: str, **values: str) -> None:
    """Type into a form and let the page take it in."""
    put(site, form, **values)
    site.app.run()
    assert not site.app.exception, site.app.exception


def new(site: Site, kind: str, tie: str = "") -> str:
    """The name of the new form on show."""
    return f"{kind}:new:{tie}:{site.asked('form')}"


def press(site: Site, label: str) -> Site:
    """Press the button with a label."""
    next(button for button in site.app.button if button.label == label).click().run()
    assert not site.app.exception, site.app.exception
    return site


def labels(site: Site) -> list[str]:
    """The labels of every button."""
    return [button.label for button in site.app.button]


def in_consultation(register: Service) -> Record:
    """A complete priority of Wessex, ready to be published."""
    made = register.create(LENA, "priority", codes(register), areas=["wessex"])
    return register.act(LENA, "priority", made.id, "consult", version=made.version)


def published_priority(register: Service) -> Record:
    """A published priority of Wessex."""
    made = in_consultation(register)
    made = register.act(LENA, "priority", made.id, "publish", version=made.version)
    access().look_again()
    return made


def proposed_solution(register: Service) -> Record:
    """A solution of Wessex that waits for a reviewer."""
    made = register.create(LENA, "solution", codes(register, SOLUTION), areas=["wessex"])
    for action in ("mark_tested", "propose"):
        made = register.act(LENA, "solution", made.id, action, version=made.version)
    return made


def suggestion(register: Service, what: str, area: str = "wessex", *, accepted: bool = True) -> Record:
    """A suggestion of the public, put on show by a reviewer from elsewhere unless it still waits."""
    sent = register.create(PUBLIC, "suggestion", {"what": what, "area": area}, areas=[area])
    if not accepted:
        return sent
    return register.act(ROWAN, "suggestion", sent.id, "accept", version=sent.version)
