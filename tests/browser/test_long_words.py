"""No page that shows people's words is wider than the window, however long a word is that nothing breaks."""

import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from psc.register.opening import open_configured
from psc.register.workflow.lifecycle import Kind
from psc.register.workflow.record import Record
from psc.web.session.register import LOOK_AGAIN_SECONDS
from tests.browser.sign_in import SignedInSite
from tests.register.world import ADOPTION, PRIORITY, RESULT, SOLUTION, TEST
from tests.web.records import LEADS, REVIEWER, Records

LENA = LEADS["wessex"]
LINE, PROSE = "mwo" * 53, f"{'Wom' * 90} https://example.org/{'wm' * 100}"
WIDTHS = (390, 320)
IS_WITHIN = """
() => document.documentElement.scrollWidth <= innerWidth
  && (box => box.scrollWidth <= box.clientWidth)(document.querySelector('[data-testid=stMain]'))
"""
TOO_WIDE = """
() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(part => part.getBoundingClientRect().right > innerWidth + 1 && !part.closest('svg, iframe'))
  .slice(-6).map(part => `${part.tagName}.${part.className} ${part.dataset.testid} ${part.textContent.slice(0, 30)}`)
"""
PRIORITY_LINES = ("title", "aim_measure", "aim_baseline", "aim_target", "contact_role")
PRIORITY_PROSE = ("summary", "how_set", "patient_involvement")
SOLUTION_PROSE = ("problem", "what_was_done", "method", "results_note", "patient_involvement", "caveats")
RESULT_LINES = ("measure", "population", "baseline", "result", "change", "when", "source")


def long(*lines: str, prose: tuple[str, ...] = ()) -> dict[str, str]:
    return dict.fromkeys(lines, LINE) | dict.fromkeys(prose, PROSE)


@dataclass
class Written:
    """One record of each kind, every text of which is one long word."""

    priority: Record
    draft: Record
    solution: Record


def write_all(records: Records) -> Written:
    service = records.service

    def step(record: Record, action: str, words: str = "", who=LENA) -> Record:
        return service.act(who, record.kind, record.id, action, version=record.version, words=words)

    def new(kind: Kind, content: dict, who=LENA, area: str = "wessex", **links) -> Record:
        return service.create(who, kind, content, areas=[area], links=links or None)

    content = (
        PRIORITY
        | {"aim_metric": "methotrexate-10mg", "aim_by": "2028-03-31"}
        | long(*PRIORITY_LINES, prose=PRIORITY_PROSE)
    )
    draft = new("priority", content)
    priority = step(step(new("priority", content), "consult"), "publish")
    ended = {"end": "2025-05-31", "decision": "adapt"}
    texts = long("title", "sites", prose=("question", "prediction", "plan", "what_happened", "learned"))
    step(new("test", TEST | ended | texts, priority_id=priority.id), "publish")
    result = RESULT | long(*RESULT_LINES)
    more = {
        "results": [result],
        "active_ingredients": [LINE],
        "resources": [{"title": LINE, "url": f"https://example.org/{'wm' * 100}"}],
    }
    solution = new("solution", SOLUTION | more | long("title", "partners", "contact_role", prose=SOLUTION_PROSE))
    solution = step(step(step(solution, "mark_tested"), "propose"), "share", who=REVIEWER)
    adoption = ADOPTION | long("sites", prose=("adapted", "note"))
    lead = LEADS["eastern"]
    step(new("adoption", adoption, lead, "eastern", solution_id=solution.id), "publish", who=lead)
    event = long("title", "audience", "place", prose=("about",)) | {"link": f"https://example.org/{'wm' * 100}"}
    records.event(**event, date="2199-01-01")
    records.cancelled(PROSE, **event)
    records.trained(skill=LINE, how_counted=PROSE)
    records.suggestion("W" * 999, accepted=False)
    records.answered(records.suggestion("M" * 999), PROSE, priority.id)
    return Written(priority, draft, solution)


@pytest.fixture(scope="module")
def written(signed_in_site: SignedInSite) -> Written:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSC_REGISTER_URL", signed_in_site.register_url)
        service = open_configured()
    made = write_all(Records(service))
    service.database.close()
    # The site looks for changes of other processes so often.
    time.sleep(LOOK_AGAIN_SECONDS)
    return made


def assert_within(page: Page, path: str, shown: str) -> None:
    expect(page.locator(".psc-footer")).to_be_attached(timeout=30_000)
    expect(page.get_by_text(shown).first).to_be_attached()
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    page.wait_for_load_state("networkidle")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        try:
            page.wait_for_function(IS_WITHIN, timeout=5_000)
        except TimeoutError:
            pytest.fail(f"{path} is too wide at {width}: {page.evaluate(TOO_WIDE)}")


def test_no_public_page_is_widened_by_a_long_word(signed_in_site, windows, written):
    said = LINE[:60]
    with signed_in_site.member(windows) as member:
        for path, shown in {
            f"/priority?id={written.priority.id}": said,
            f"/solutions?id={written.solution.id}": said,
            "/solutions?area=wessex": said,
            "/priorities?area=wessex": said,
            "/learning": said,
            "/area?area=wessex": said,
            "/chart?metric=methotrexate-10mg&area=wessex": said,
            f"/search?q={LINE[:40]}": "mwo",
            "/suggest?area=wessex": "MMM",
        }.items():
            member.page.goto(signed_in_site.base + path)
            assert_within(member.page, path, shown)
        member.is_clean()


def test_no_page_of_the_workspace_is_widened_by_a_long_word(signed_in_site, windows, written):
    with signed_in_site.member(windows) as member:
        page = signed_in_site.open_as(member.page, LENA.email)
        assert_within(page, "/workspace", LINE[:60])
        for kind, record in (("priority", written.draft), ("solution", written.solution)):
            path = f"/workspace?record={kind}:{record.id}"
            page.goto(signed_in_site.base + path)
            assert_within(page, path, LINE[:60])
        member.is_clean()
