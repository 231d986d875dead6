"""An error that nobody foresaw becomes a fault with a file's name, and its details go to the log."""

from psc.faults import Fault, InvalidData
from psc.files import unforeseen as module
from psc.files.unforeseen import EXPECTED, faults_of, unforeseen


def raises(error):
    def check():
        raise error

    return check


def test_faults_that_a_check_returns_or_raises_are_passed_on():
    fault = Fault("a.csv", "this", "that")
    assert faults_of(lambda: [fault], "harms") == [fault]
    assert faults_of(raises(InvalidData([fault])), "harms") == [fault]


def test_unforeseen_error_is_a_fault_of_the_file_last_read(monkeypatch, caplog):
    monkeypatch.setattr(module, "last_read", lambda: "harms/mrsa/observations.csv")
    (fault,) = faults_of(raises(KeyError("value")), "harms")
    assert (fault.file, fault.expected) == ("harms/mrsa/observations.csv", EXPECTED)
    assert "KeyError" in fault.found
    assert caplog.records[0].exc_info


def test_unforeseen_error_before_any_file_is_a_fault_of_what_was_checked(monkeypatch):
    monkeypatch.setattr(module, "last_read", lambda: "")
    (fault,) = faults_of(raises(RuntimeError("gone")), "harms")
    assert fault.file == "harms"


def test_only_the_first_line_of_an_error_is_shown():
    assert unforeseen(ValueError("first\nsecond"), "a.csv").found.endswith("(ValueError: first)")
