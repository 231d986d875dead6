"""What is said of a copy of the boundaries, and a way to spoil it."""

from psc.geography.check_boundaries import check_boundaries


def said(folder):
    return [str(fault) for fault in check_boundaries(folder)]


def replace(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
