"""The files to take away hold what the pages show."""

import codecs
import csv
import io
import json

import duckdb
import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from psc.register.workflow.permissions import PUBLIC
from psc.store.query import run_query
from psc.store.stored_documents import read_documents
from psc.web.routes.application import MIDDLEWARE, ROUTES
from psc.web.routes.download_routes import FILES
from psc.web.session.register import access
from tests.register.world import World
from tests.web.chain import new_chain, world_of_site

NUMBERS = ["numerator", "denominator", "value", "lower_95", "upper_95"]


@pytest.fixture
def client(store_file, monkeypatch) -> TestClient:
    """A visitor to our routes, with the built store behind them."""
    monkeypatch.setenv("PSC_STORE", str(store_file))
    return TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE))


def as_table(text: str) -> pd.DataFrame:
    """The file as a spreadsheet opens it."""
    dates = ["period_start", "period_end"]
    return pd.read_csv(
        io.StringIO(text), parse_dates=dates, keep_default_na=False, na_values={k: [""] for k in NUMBERS}
    )


def assert_equal(text: str, rows: pd.DataFrame) -> None:
    found = as_table(text)
    assert list(found.columns) == list(rows.columns)
    assert len(found) == len(rows)
    for column in rows.columns:
        if column in NUMBERS:
            pd.testing.assert_series_equal(found[column].astype(float), rows[column], check_dtype=False)
        else:
            assert list(found[column]) == list(rows[column].fillna("") if column == "note" else rows[column]), column


def test_every_measure_with_figures_can_be_taken_away(client, store):
    for metric in read_documents(store).catalogue.metrics:
        answer = client.get(f"/data/{metric.id}.csv")
        assert answer.status_code == (200 if metric.has_series else 404), metric.id


@pytest.mark.parametrize(
    "metric", ["methotrexate-10mg", "mrsa", "falls-admissions-65-plus", "emergency-admission-waits"]
)
def test_a_measures_file_read_back_is_what_the_store_holds(client, store, metric):
    answer = client.get(f"/data/{metric}.csv?plain")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{metric}.csv"'
    assert answer.headers["X-Data-Version"] == store.version
    assert_equal(answer.text, run_query(store, "figures", metric=metric))


def test_a_figure_typed_by_hand_is_in_its_file(client):
    found = as_table(client.get("/data/methotrexate-10mg.csv?plain").text).set_index(["area", "period_start"])
    row = found.loc[("england", pd.Timestamp("2018-01-01"))]
    assert (row["area_name"], row["numerator"], row["denominator"]) == ("England", 5575, 153737)
    assert row["value"] == pytest.approx(3.62632, abs=5e-6)


def test_the_file_of_everything_holds_every_figure_once(client, store):
    found = as_table(client.get("/data/all-measures.csv?plain").text)
    (count,) = store.cursor().execute("SELECT count(*) FROM observation").fetchone()
    assert len(found) == count
    assert not found.duplicated(["metric", "area", "period_start"]).any()
    assert_equal(client.get("/data/all-measures.csv?plain").text, run_query(store, "all_figures"))


def test_dates_are_written_as_dates_and_lines_end_plainly(client):
    text = client.get("/data/mrsa.csv").text
    assert "\r" not in text
    assert ",2023-04-01,2024-03-31," in text
    assert "00:00" not in text


def test_the_areas_are_fifteen_with_their_names(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/data/areas.csv?plain").text)))
    assert len(rows) == 15
    assert next(row["name"] for row in rows if row["id"] == "kss") == "Kent Surrey Sussex"


def test_the_outlines_are_geojson(client, store):
    answer = client.get("/data/catchments.geojson")
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert json.loads(answer.text) == read_documents(store).catchments


@pytest.mark.parametrize(("file", "kind"), [("priorities.csv", "priorities"), ("solutions.csv", "solutions")])
def test_the_register_can_be_taken_away_whole(client, store, file, kind):
    records = getattr(read_documents(store).register, kind)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/data/{file}?plain").text)))
    assert [row["id"] for row in rows] == [record.id for record in records]
    assert [row["title"] for row in rows] == [record.title for record in records]
    assert not any("{'" in cell or "['" in cell for row in rows for cell in row.values())


def test_withdrawn_solutions_say_so_in_the_file(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/data/solutions.csv").text)))
    withdrawn = [row for row in rows if row["status"] == "withdrawn"]
    assert withdrawn
    assert all(row["withdrawn_reason"] for row in withdrawn)


def test_a_file_that_is_none_is_answered_with_those_there_are(client):
    answer = client.get("/data/unicorns.csv")
    assert answer.status_code == 404
    assert "There is no file unicorns.csv here." in answer.text
    for name in FILES:
        assert name in answer.text
    assert answer.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("name", ["never-events.csv", "pressure-ulcers.csv", "mrsa.xlsx", "x" * 3000])
def test_a_measure_without_figures_or_another_format_is_not_found(client, name):
    answer = client.get(f"/data/{name}")
    assert answer.status_code == 404
    assert name[:80] in answer.text
    assert len(answer.text) < 500


@pytest.mark.parametrize("file", [*FILES, "mrsa.csv"])
def test_every_file_carries_the_version_of_its_data(client, store, file):
    answer = client.get(f"/data/{file}")
    assert answer.status_code == 200
    assert answer.headers["X-Data-Version"] == store.version


@pytest.fixture
def chain(client, tmp_path, monkeypatch):
    """A chain in a register of its own, from a suggestion to an adoption elsewhere."""
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{tmp_path / 'register.db'}")
    monkeypatch.setenv("PSC_ADMINISTRATORS", World.admin.email)
    return new_chain(world_of_site(monkeypatch))


def rows_of(client, file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/data/{file}?plain").text)))


def test_the_whole_chain_can_be_followed_in_the_files(client, chain):
    priority = next(row for row in rows_of(client, "priorities.csv") if row["id"] == chain.priority.id)
    assert (priority["provenance"], priority["aim_target"]) == ("authored", "1.5%")
    tests = {row["id"]: row for row in rows_of(client, "tests-of-change.csv")}
    assert {row["priority_id"] for row in tests.values()} == {chain.priority.id}
    solution = next(row for row in rows_of(client, "solutions.csv") if row["id"] == chain.solution.id)
    assert solution["test_ids"] in tests
    adoption = next(row for row in rows_of(client, "adoptions.csv") if row["id"] == chain.adoption.id)
    assert (adoption["solution_id"], adoption["area"]) == (chain.solution.id, "eastern")
    suggestion = next(row for row in rows_of(client, "suggestions.csv") if row["id"] == chain.suggestion.id)
    assert suggestion["priority_id"] == chain.priority.id


def test_compiled_records_say_so_in_the_files(client):
    for file in ("priorities.csv", "solutions.csv", "adoptions.csv"):
        assert {row["provenance"] for row in rows_of(client, file)} == {"compiled"}


@pytest.mark.parametrize(
    "file", ["tests-of-change.csv", "suggestions.csv", "learning-events.csv", "people-trained.csv"]
)
def test_a_file_without_records_still_names_its_columns(client, file, tmp_path, monkeypatch):
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{tmp_path / 'register.db'}")
    assert client.get(f"/data/{file}?plain").text.startswith("id,")
    assert rows_of(client, file) == []


def published_suggestion(client, world, what: str) -> dict[str, str]:
    """The row of suggestions.csv for what somebody sent and a reviewer accepted."""
    sent = world.service.create(PUBLIC, "suggestion", {"what": what, "area": "wessex"}, areas=["wessex"])
    world.act(world.reviewer, sent, "accept")
    access().look_again()
    return next(row for row in rows_of(client, "suggestions.csv") if row["id"] == sent.id)


def test_files_of_a_register_that_cannot_be_read_are_refused_and_not_sent_without_its_records(
    client, tmp_path, monkeypatch
):
    unreadable = tmp_path / "register.db"
    unreadable.write_bytes(b"not a database" * 100)
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{unreadable}")
    for file in ("priorities.csv", "solutions.csv", "adoptions.csv", "suggestions.csv"):
        answer = client.get(f"/data/{file}")
        assert (answer.status_code, answer.text) == (503, "The register cannot be read at the moment.")
    assert client.get("/data/areas.csv").status_code == 200


def test_what_anyone_may_write_is_no_formula_in_a_spreadsheet(client, chain):
    row = published_suggestion(client, chain.world, '=HYPERLINK("http://evil.example")')
    assert row["what"].startswith("'=")


def test_a_line_end_within_a_suggestion_begins_no_new_row(client, chain):
    before = len(rows_of(client, "suggestions.csv"))
    row = published_suggestion(client, chain.world, "Please look at falls on wards\r=cmd|/C calc!A0\rthank you")
    assert row["what"] == "Please look at falls on wards\n=cmd|/C calc!A0\nthank you"
    body = client.get("/data/suggestions.csv").content
    assert b"\r" not in body
    assert b'"Please look at falls on wards\n=cmd' in body
    assert len(rows_of(client, "suggestions.csv")) == before + 1
    assert set(row) == {*rows_of(client, "suggestions.csv")[0]}


@pytest.mark.parametrize("file", [*FILES, "mrsa.csv"])
def test_a_csv_file_begins_with_a_byte_order_mark_unless_it_is_asked_for_plainly(client, file, tmp_path):
    for_excel, plain = client.get(f"/data/{file}").content, client.get(f"/data/{file}?plain").content
    assert not plain.startswith(codecs.BOM_UTF8)
    assert for_excel == (plain if file.endswith(".geojson") else codecs.BOM_UTF8 + plain)


def test_readers_that_know_the_byte_order_mark_find_the_first_column(client, tmp_path):
    path = tmp_path / "areas.csv"
    path.write_bytes(client.get("/data/areas.csv").content)
    assert pd.read_csv(path).columns[0] == "id"
    assert duckdb.connect().read_csv(str(path)).columns[0] == "id"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        assert next(csv.reader(lines))[0] == "id"


def test_whole_numbers_stay_whole_in_a_column_with_gaps(client, chain):
    assert {row["capacity"] for row in rows_of(client, "learning-events.csv")} <= {"", "40"}
