"""The strict CSV reader: what a person is told when a publisher's file is not what it should be."""

from psc.ingest.publication import COUNT, MONTH, TEXT, read_publication

COLUMNS = {"month": MONTH, "code": TEXT, "count": COUNT}


def read(tmp_path, content: str | bytes):
    path = tmp_path / "publisher" / "file.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_publication(path, COLUMNS, key=["month", "code"])


def test_other_columns_are_ignored_and_lines_are_counted_as_an_editor_does(tmp_path):
    frame = read(tmp_path, 'extra,month,code,count\n"two\nlines",2024-01-01,A,1\nx,2024-02-01,B,2\n')
    assert frame["line"].tolist() == [3, 4]
    assert frame["code"].tolist() == ["A", "B"]
    assert frame["count"].tolist() == [1, 2]


def test_a_column_that_is_not_there_is_named(tmp_path, faults_of):
    assert faults_of(read, tmp_path, "month,Code,total\n2024-01-01,A,1\n") == [
        "publisher/file.csv, line 1, code: found no column code; expected the columns month, code, count",
        "publisher/file.csv, line 1, count: found no column count; expected the columns month, code, count",
    ]


def test_all_faults_are_reported_at_once_in_the_order_of_lines(tmp_path, faults_of):
    content = "month,code,count\n2024-01-02,A,1\n2024-01-01,A,1.5\n2024-01-01,,inf\n2024-01-01,B\n2024-01-01,A,2\n"
    assert faults_of(read, tmp_path, content) == [
        "publisher/file.csv, line 2, month: found '2024-01-02'; expected the first day of a month as YYYY-MM-DD",
        "publisher/file.csv, line 3, count: found '1.5'; expected a whole number, 0 or more",
        "publisher/file.csv, line 4, code: found nothing; expected text",
        "publisher/file.csv, line 4, count: found 'inf'; expected a whole number, 0 or more",
        "publisher/file.csv, line 5: found 2 cells; expected 3, as in the header",
        "publisher/file.csv, line 6, month+code: found 2024-01-01, A again; expected once (it stands on line 3)",
    ]


def test_a_file_without_data_or_not_in_utf8_or_missing_is_refused(tmp_path, faults_of):
    assert "nothing else" in faults_of(read, tmp_path, "month,code,count\n")[0]
    assert "CSV text in UTF-8" in faults_of(read, tmp_path, b"month,code,count\n2024-01-01,\xe9,1\n")[0]
    assert faults_of(read_publication, tmp_path / "a" / "b.csv", COLUMNS, key=["code"]) == [
        "a/b.csv: found no such file; expected the publisher's file"
    ]
