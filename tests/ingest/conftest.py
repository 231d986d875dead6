"""Samples written by hand in the publishers' formats, and a made-up geography small enough to reckon with."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "ingest"


@pytest.fixture
def samples() -> Path:
    return SAMPLES


@pytest.fixture
def boundaries() -> Path:
    """Few codes: 00L lies in nenc, 06F three quarters in eastern and one quarter in oxford, and so on."""
    return SAMPLES / "boundaries"


@pytest.fixture
def faults_of():
    """Call a reader that must refuse its input, and return what it says, fault by fault."""
    from psc.faults import InvalidData

    def call(read, *arguments, **options) -> list[str]:
        with pytest.raises(InvalidData) as refused:
            read(*arguments, **options)
        return [str(fault) for fault in refused.value.faults]

    return call
