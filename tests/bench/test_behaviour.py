"""Two recordings of the site's behaviour: what differs is found, and what differs from run to run is not."""

import json
import os
import subprocess
import sys

import pytest
from PIL import Image

from bench.behaviour import __main__ as command
from bench.behaviour import addresses
from bench.behaviour.compare import ABOUT, compare, different_text
from bench.behaviour.folder import LARGE, Folder, file_name
from bench.behaviour.inside import MOMENT
from bench.behaviour.markup import in_lines
from bench.behaviour.sites import BEHAVIOUR
from psc.settings import ROOT
from psc.web.routes.application import ROUTES


@pytest.fixture
def recordings(tmp_path):
    """Two recordings of the same page."""
    both = tmp_path / "old", tmp_path / "new"
    for path in both:
        folder = Folder(path / "pages")
        folder.write("area.text", "/area?area=kss\nKent Surrey Sussex\nfour priorities")
        Image.new("RGB", (200, 200), "white").save(path / "pages" / "area.png")
        (path / ABOUT).write_text(json.dumps({"commit": path.name}), encoding="utf-8")
    return both


def change_word(recording):
    text = recording / "pages" / "area.text.txt"
    text.write_text(text.read_text("utf-8").replace("four", "five"), "utf-8")


def paint(recording, pixels, colour):
    path = recording / "pages" / "area.png"
    with Image.open(path) as picture:
        picture.paste(colour, (0, 10, pixels, 11))
        picture.save(path)


def test_two_recordings_of_the_same_have_no_differences(recordings, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["behaviour", "compare", *map(str, recordings)])
    assert command.main() == 0
    assert capsys.readouterr().out == "no differences\n"


def test_changed_word_is_shown_with_its_address_and_both_lines(recordings, capsys, monkeypatch):
    change_word(recordings[1])
    monkeypatch.setattr(sys, "argv", ["behaviour", "compare", *map(str, recordings)])
    assert command.main() == 1
    said = capsys.readouterr().out
    assert "pages/area.text.txt  /area?area=kss\n" in said
    assert "\n-four priorities\n+five priorities\n" in said
    assert said.endswith("1 difference\n")


def test_file_that_is_in_one_recording_only_is_named(recordings):
    old, new = recordings
    Folder(old / "pages").write("gone", "/gone")
    Folder(new / "pages").write("come", "/come")
    found = [(item.about, item.how) for item in compare(old, new)]
    assert found == [("/come", "was not there before"), ("/gone", "is no longer there")]


def test_text_that_became_long_enough_to_be_compressed_is_compared_as_a_text(recordings):
    old, new = recordings
    Folder(old / "pages").write("long", "/long\n" + "x\n" * (LARGE // 2 - 10))
    Folder(new / "pages").write("long", "/long\n" + "x\n" * (LARGE // 2 - 10) + "one more line\n" * 3)
    [found] = compare(old, new)
    assert found.about == "/long"
    assert found.how.count("+one more line") == 3


def test_picture_that_differs_by_a_trace_is_the_same(recordings):
    paint(recordings[1], 200, (250, 250, 250))
    paint(recordings[1], 5, "black")
    assert list(compare(*recordings)) == []


def test_picture_that_differs_says_where_and_of_which_address(recordings):
    paint(recordings[1], 50, "black")
    [found] = compare(*recordings)
    assert found.about == "/area?area=kss"
    assert found.how == "differs in 50 pixels, between 0, 10 (left, top) and 50, 11"


def test_picture_of_another_size_says_both_sizes(recordings):
    Image.new("RGB", (200, 240), "white").save(recordings[1] / "pages" / "area.png")
    [found] = compare(*recordings)
    assert found.how == "is 200 × 240 pixels, and was 200 × 200"


def test_folder_that_is_no_recording_is_refused_in_words(recordings, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["behaviour", "compare", str(recordings[0]), str(tmp_path / "nothing")])
    assert command.main() == 2
    assert capsys.readouterr().err == f"There is no recording at {tmp_path / 'nothing'}.\n"


def test_folder_that_holds_something_takes_no_recording(recordings, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["behaviour", "record", str(recordings[0])])
    assert command.main() == 2
    assert "is not empty" in capsys.readouterr().err


def test_long_lines_are_cut_to_where_they_begin_to_differ():
    same = "abc " * 500
    shown = different_text(f"{same}four{same}", f"{same}five{same}").splitlines()
    assert all(len(line) < 250 for line in shown)
    assert [line[0] for line in shown[1:]] == ["-", "+"]
    assert "four" in shown[1] and "five" in shown[2]


def test_names_of_the_run_are_replaced_the_longest_first(tmp_path):
    folder = Folder(tmp_path, {"http://localhost:1": "SITE", "localhost:1": "HOST"})
    folder.write("page", "http://localhost:1/area ws://localhost:1")
    assert (tmp_path / "page.txt").read_text("utf-8") == "SITE/area ws://HOST\n"


def test_each_address_has_a_file_name_of_its_own():
    members = [path for paths in addresses.MEMBERS.values() for path in set(paths)]
    paths = {*addresses.PUBLIC, *addresses.PATHS, *members}
    assert len({file_name(path) for path in paths}) == len(paths)
    assert len({file_name("/area"), file_name("/area/"), file_name("/area?"), file_name("area-")}) == 4


def test_made_up_names_do_not_count_but_words_and_classes_do():
    markup = '<p class="{}psc-note" id="{}">Four <b>beds</b></p>'
    first, second = (
        in_lines(markup.format("st-emotion-cache-1abc e1abcde0 st-a1 ", ":r1:")),
        in_lines(markup.format("st-emotion-cache-2xyz e9vwxyz3 st-b2 ", ":rk:")),
    )
    assert first == second == '<p class="psc-note" id="ID">Four\n<b>beds\n</b>\n</p>'


def test_names_that_plotly_draws_do_not_count():
    for name in ("clip{}x", "clip{}y2", "clip{}xyplot", "legend{}", "trace scatter trace{}"):
        first, second = (in_lines(f'<g class="{name.format(drawn)}">') for drawn in ("6dc69d", "4f58d3"))
        assert first == second


def test_order_of_attributes_does_not_count_but_their_values_do():
    first, second = (
        in_lines('<a id="x" href="/?q=1>0" hidden="">1</a>'),
        in_lines('<a href="/?q=1>0" hidden="" id="x">1</a>'),
    )
    assert first == second == '<a hidden="" href="/?q=1>0" id="x">1\n</a>'
    assert in_lines('<a id="y">1</a>') != in_lines('<a id="x">1</a>')


def test_every_route_of_the_site_is_asked_for(store_file):
    asked = {item.path.partition("?")[0] for item in [*addresses.of_public(store_file), *addresses.of_members()]}
    asked |= {path.partition("?")[0] for path in addresses.PUBLIC}
    missing = [route.path for route in ROUTES if not any(route.path_regex.fullmatch(path) for path in asked)]
    assert missing == []


def test_every_measure_has_its_file_recorded(store_file):
    paths = {item.path for item in addresses.of_public(store_file)}
    assert {"/data/mrsa.csv", "/data/shmi.csv", "/data/never-events.csv", "/calendar.ics?area=wessex"} <= paths


def test_clock_of_a_process_with_the_folder_on_its_path_stands_still():
    path = os.pathsep.join([str(BEHAVIOUR / "frozen"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", "from psc.register.service import Service; print(Service.now().isoformat())"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == MOMENT.isoformat(), done.stderr
