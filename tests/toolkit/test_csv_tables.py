"""CSV files of offices: encodings, delimiters, columns, and what cannot be read."""

import pytest

from spoiwo.toolkit.csv_tables import UnusableTable, read_table


def rows(content, **more):
    given = {"columns": ("numer", "uwagi"), "needed": ("numer",), "most_rows": 3, **more}
    return list(read_table(content, **given))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1250"])
@pytest.mark.parametrize("sign", [";", ","])
def test_rows_are_read_whatever_program_wrote_them(encoding, sign):
    content = f" Numer {sign}Inne\n 1 {sign}łąka\n{sign}\n2\n".encode(encoding)

    assert rows(content) == [(2, {"numer": "1", "uwagi": ""}), (4, {"numer": "2", "uwagi": ""})]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\x81\x83", "encoding"),
        (b'"numer\n', "broken"),
        (b"uwagi\n1\n", "columns:numer"),
        (b"numer\n1\n2\n3\n4\n", "too_many"),
    ],
)
def test_what_cannot_be_read_says_why(content, problem):
    with pytest.raises(UnusableTable) as refused:
        rows(content)

    assert refused.value.problem == problem
