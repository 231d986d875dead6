"""How a measurement is printed: the figure, what it is a ratio of, the target and whether it was met."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One figure held against a target of the issue; ``ratio`` is measured / reference."""

    subject: str
    measured: str
    reference: str
    ratio: float
    target: str
    met: bool


def at_most(subject: str, measured: float, reference: float, most: float, unit: str, of: str) -> Finding:
    """Return ``measured`` as a multiple of ``reference``, which is called ``of``; at most ``most`` is the target."""
    ratio = measured / reference
    return Finding(
        subject, _amount(measured, unit), f"{of} {_amount(reference, unit)}", ratio, f"≤ {most:g}", ratio <= most
    )


def at_least(subject: str, measured: float, reference: float, least: float, unit: str, of: str) -> Finding:
    """Return how many times ``reference``, called ``of``, takes longer than ``measured``; ``least`` is the target."""
    ratio = reference / measured
    return Finding(
        subject, _amount(measured, unit), f"{of} {_amount(reference, unit)}", ratio, f"≥ {least:g}", ratio >= least
    )


def within(subject: str, measured: float, limit: float, unit: str) -> Finding:
    """Return ``measured`` as a share of an absolute ``limit`` of the issue."""
    return at_most(subject, measured, limit, 1, unit, "limit")


def show(findings: list[Finding]) -> None:
    """Print one line for each finding."""
    for item in findings:
        verdict = "met" if item.met else "NOT MET"
        print(
            f"  {item.subject:<52} {item.measured:>10}  {item.ratio:6.2f} × {item.reference:<34}"
            f" target {item.target:<6} {verdict}",
            flush=True,
        )


def note(text: str) -> None:
    """Print a figure that has no target of its own."""
    print(f"  {text}", flush=True)


def _amount(value: float, unit: str) -> str:
    digits = 2 if unit == "s" and value < 10 else 0
    return f"{value:,.{digits}f} {unit}"
