"""Changes to the tables and documents of a boundaries folder, for tests of what is noticed of them."""

import csv
import io
import json


def change_rows(folder, file, change):
    """Rewrite a table after ``change`` has had its rows, as dictionaries, in hand."""
    rows = list(csv.DictReader(io.StringIO((folder / file).read_text(encoding="utf-8"), newline="")))
    change(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / file).write_text(out.getvalue(), encoding="utf-8", newline="")


def change_json(folder, file, change):
    content = json.loads((folder / file).read_text(encoding="utf-8"))
    change(content)
    (folder / file).write_text(json.dumps(content), encoding="utf-8")


def row_of(rows, **known):
    (row,) = [row for row in rows if all(row[name] == value for name, value in known.items())]
    return row


def cell(known, **new):
    return lambda rows: row_of(rows, **known).update(new)
