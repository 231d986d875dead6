"""What a client sends cannot pass for a line of the log, or control the terminal of whoever reads it."""

import io
import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.web.limits.log_lines import LONGEST, write_plain_lines

FORGED = '{"event": "sign_in.succeeded"}'
ENDS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]


@pytest.fixture(scope="module")
def written():
    """A function that logs and returns what was written."""
    before = logging.getLogRecordFactory()
    write_plain_lines()
    log, out = logging.getLogger("streamlit.of_a_test"), io.StringIO()
    handler = logging.StreamHandler(out)
    log.addHandler(handler)

    def write(*message, **options) -> str:
        out.seek(0)
        out.truncate()
        log.error(*message, **options)
        return out.getvalue()

    yield write
    log.removeHandler(handler)
    logging.setLogRecordFactory(before)


@given(st.text(), st.sampled_from(ENDS), st.text(alphabet=st.characters(categories=["C", "Z"])))
def test_text_of_a_client_begins_no_line_and_holds_no_control_characters(written, text, end, odd):
    said = text + odd + end + FORGED
    for lines in (written("Refused: %s", said), written(f"Refused: {said}".replace("%", "%%"))):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", lines)
        assert [line for line in lines.splitlines()[1:] if not line.startswith("    ")] == []


def test_long_text_of_a_client_is_cut(written):
    assert len(written("Refused: %s", "x" * 30_000)) < LONGEST + 100


def test_traceback_is_written_whole_without_the_control_characters_of_its_error(written):
    try:
        raise ValueError(f"\x1b[31mred\r\n{FORGED}")
    except ValueError:
        lines = written("Failed", exc_info=True).splitlines()
    assert lines[0] == "Failed" and lines[1].startswith("Traceback")
    assert lines[-2:] == ["    ValueError: [31mred", f"    {FORGED}"]
    assert all(line.startswith("    ") for line in lines[2:])
