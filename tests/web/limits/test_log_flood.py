"""A client cannot fill the log, and no reader's address gets into it."""

import logging
from types import SimpleNamespace

import pytest

from psc.web.limits import log_flood
from psc.web.limits.log_flood import BURST, BURST_OF_LOGGER, PERIOD_SECONDS, FloodFilter, limit_logs


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(log_flood, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def record(text: str, name: str = "uvicorn.error", *values: object) -> logging.LogRecord:
    return logging.LogRecord(name, logging.WARNING, __file__, 1, text, values, None)


def test_same_line_is_written_a_few_times_a_minute_and_then_counted(clock):
    flood = FloodFilter()
    assert [flood.filter(record("Invalid HTTP request received.")) for _ in range(100)].count(True) == BURST
    assert flood.filter(record("Another line"))
    clock.now += PERIOD_SECONDS
    later = record("Invalid HTTP request received.")
    assert flood.filter(later)
    assert later.getMessage() == f"Invalid HTTP request received. ({100 - BURST} more like it were left out)"


def test_values_make_no_line_another(clock):
    flood = FloodFilter()
    lines = [record("%s bytes exceed the limit", "streamlit.web", size) for size in range(100)]
    assert sum(map(flood.filter, lines)) == BURST
    assert lines[0].getMessage() == "0 bytes exceed the limit"


def test_lines_that_all_differ_are_limited_for_their_logger_alone(clock):
    flood = FloodFilter()
    assert sum(flood.filter(record(f"line {number}")) for number in range(1000)) == BURST_OF_LOGGER
    assert flood.filter(record("line", "asyncio"))


def test_line_of_each_websocket_with_its_address_is_left_out(clock):
    line = record('%s - "WebSocket %s" [accepted]', "uvicorn.error", "192.0.2.1:50000", "/_stcore/stream")
    assert not FloodFilter().filter(line)


def test_libraries_that_write_about_clients_are_limited_and_our_own_log_is_not():
    theirs, ours = logging.getLogger("streamlit.of_a_test"), logging.getLogger("psc.of_a_test")
    limit_logs()
    try:
        assert len(theirs.filters) == 1 and ours.filters == []
    finally:
        for name, logger in logging.Logger.manager.loggerDict.items():
            if isinstance(logger, logging.Logger) and name.partition(".")[0] in log_flood.OF_OTHERS:
                logger.filters[:] = [one for one in logger.filters if not isinstance(one, FloodFilter)]
