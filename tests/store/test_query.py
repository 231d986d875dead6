"""Every query answers, with the columns and the parameters that its header promises."""

import re

import pytest

from psc.settings import ROOT
from psc.store.query import query_names, query_text, run_query

ARGUMENTS = {"metric": "methotrexate-10mg", "area": "nenc"}
STEPPED = {"metric": "emergency-admission-waits", "area": "nenc"}
ONLY_OF_SOME = {"metric_people": {"metric": "mrsa"}, "denominator_steps": STEPPED, "step_contributors": STEPPED}


def header(name: str, field: str) -> list[str]:
    """Return what the comment lists after a field's name, over as many lines as it takes."""
    comment = re.match(r"(?:--.*\n)+", query_text(name))
    assert comment, f"{name}.sql does not begin with a comment"
    lines = " ".join(line.removeprefix("--").strip() for line in comment.group().splitlines())
    found = re.search(rf"{field}: (.*?)(?= Columns: |$)", lines)
    assert found, f"{name}.sql does not say its {field.lower()}"
    listed = re.sub(r" \([^)]*\)", "", found.group(1))
    return [] if listed == "none" else listed.split(", ")


def arguments_of(name: str) -> dict[str, str]:
    given = {**ARGUMENTS, **ONLY_OF_SOME.get(name, {})}
    return {key: given[key] for key in header(name, "Parameters")}


def test_there_are_queries():
    assert {"areas", "all_verdicts", "metric_signals", "series", "release"} <= set(query_names())


@pytest.mark.parametrize("name", query_names())
def test_a_query_asks_one_question_and_takes_the_parameters_it_lists(name):
    text = query_text(name)
    assert "?" in text[: text.index("-- Parameters:")]
    assert header(name, "Parameters") == sorted(set(re.findall(r"\$(\w+)", text)))
    assert text.count(";") == 1
    assert text.rstrip().endswith(";")


@pytest.mark.parametrize("name", query_names())
def test_a_query_gives_exactly_the_columns_it_lists(name, store):
    rows = run_query(store, name, **arguments_of(name))
    assert list(rows.columns) == header(name, "Columns")
    assert len(rows) > 0


@pytest.mark.parametrize("name", query_names())
def test_a_query_answers_in_the_same_order_every_time(name, store):
    arguments = arguments_of(name)
    first = run_query(store, name, **arguments)
    assert run_query(store, name, **arguments).equals(first)


@pytest.mark.parametrize("name", [name for name in query_names() if header(name, "Parameters")])
def test_an_id_that_is_none_gives_no_rows_and_cannot_become_sql(name, store):
    arguments = dict.fromkeys(header(name, "Parameters"), "x' OR '1'='1")
    assert run_query(store, name, **arguments).empty


def test_a_query_that_is_none_is_named_with_those_there_are():
    with pytest.raises(KeyError, match=r"no query named nonsense; there are all_figures, .*, series"):
        query_text("nonsense")


@pytest.mark.parametrize("name", ["../store/schema", "/etc/passwd", "", "series.sql"])
def test_only_the_folder_of_queries_is_read(name):
    with pytest.raises(KeyError, match="there is no query named"):
        query_text(name)


def test_no_sql_is_put_together_from_text():
    """SQL with values pasted in would be an f-string, a format or a sum of texts in an `execute`."""
    pasted = re.compile(
        r"\bexecute(?:many)?\(\s*(?:f[\"']|[\"'][^\n]*[\"']\s*(?:%|\+|\.format))|run_query\([^)]*\bf[\"']"
    )
    code = [*(ROOT / "psc").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    assert pasted.search('cursor.execute(f"SELECT {x}")')
    assert [path.name for path in code if pasted.search(path.read_text(encoding="utf-8"))] == []


def test_sql_lives_in_the_queries_and_the_store_only():
    statement = re.compile(r"[\"']\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) [^\"']*\b(?:FROM|VALUES|SET)\b")
    code = [*(ROOT / "psc").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    elsewhere = [path for path in code if path.parent.name != "store"]
    assert statement.search('"SELECT version FROM release"')
    assert [path.name for path in elsewhere if statement.search(path.read_text(encoding="utf-8"))] == []


def test_the_pages_data_comes_in_the_order_people_read_it(store):
    names = list(run_query(store, "areas")["name"])
    assert names == sorted(names)
    assert len(names) == 15
    series = run_query(store, "series", metric="methotrexate-10mg")
    for _, rows in series.groupby("area_id"):
        assert rows["period_start"].is_monotonic_increasing


def test_every_series_has_its_verdict_with_the_icon_of_its_latest_point(store):
    rows = run_query(store, "all_verdicts").set_index(["metric_id", "area_id"])
    signals = store.cursor().execute("SELECT * FROM signal").df().set_index(["metric_id", "area_id"])
    assert len(rows) == len(signals) > 300 and set(rows.index) == set(signals.index)
    assert (rows["point_state"] == signals.loc[rows.index, "state"]).all()
    assert (rows["point_side"] == signals.loc[rows.index, "side"]).all()
    assert set(rows.loc[("mrsa", "england"), ["kind", "harm_group", "name"]]) == {"harm", "infections", "England"}


@pytest.mark.parametrize("name", ["figures", "all_figures"])
def test_the_files_to_take_away_hold_the_observations_as_they_are(name, store):
    asked = {"metric": "mrsa"} if name == "figures" else {}
    rows = run_query(store, name, **asked).query("metric == 'mrsa'").set_index(["area", "period_start"]).sort_index()
    kept = store.cursor().execute("SELECT * FROM observation WHERE metric_id = 'mrsa'").df()
    kept = kept.set_index(["area_id", "period_start"]).sort_index()
    assert len(rows) == len(kept) > 0
    for column, source in {
        "numerator": "numerator",
        "value": "value",
        "lower_95": "lower",
        "upper_95": "upper",
    }.items():
        assert list(rows[column]) == list(kept[source]), column
    assert rows.loc["wessex", "area_name"].unique() == ["Wessex"]
    assert rows.loc["england", "area_name"].unique() == ["England"]


def test_a_signal_comes_with_the_figure_it_is_about(store):
    rows = run_query(store, "metric_signals", metric="emergency-admission-waits")
    assert (rows["lower"] < rows["value"]).all()
    assert (rows["value"] < rows["upper"]).all()
    assert list(rows["numerator"] / rows["denominator"] * 100) == pytest.approx(list(rows["value"]), rel=1e-5)
    nenc = rows.set_index("area_id").loc["nenc"]
    assert (nenc["numerator"], nenc["denominator"]) == (4_127, 36_972)
