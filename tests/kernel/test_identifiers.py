"""NIP, REGON and KRS."""

import pytest

from spoiwo.kernel.identifiers import (
    IdentifierFault,
    NotKrs,
    NotNip,
    NotRegon,
    parse_krs,
    parse_nip,
    parse_regon,
)


@pytest.mark.parametrize(
    "text", ["1234563218", "123-456-32-18", "123 456 32 18", "PL1234563218", "PL 123-45-63-218"]
)
def test_a_nip_is_read_in_every_usual_spelling(text):
    assert parse_nip(text) == "1234563218"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1234563219", IdentifierFault.CHECKSUM),
        ("123456321", IdentifierFault.LENGTH),
        ("12345632188", IdentifierFault.LENGTH),
        ("12345O3218", IdentifierFault.CHARACTERS),
        ("", IdentifierFault.CHARACTERS),
        ("000-000-00-00", IdentifierFault.ZEROS),
    ],
)
def test_a_wrong_nip_is_refused_with_the_reason(text, fault):
    with pytest.raises(NotNip) as refusal:
        parse_nip(text)

    assert (refusal.value.text, refusal.value.fault) == (text, fault)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("123456785", "123456785"),
        ("123 456 785", "123456785"),
        ("000331501", "000331501"),
        ("12345678512347", "12345678512347"),
        ("123456785-12347", "12345678512347"),
        ("00033150100000", "000331501"),
    ],
)
def test_a_regon_of_nine_or_fourteen_digits_is_read(text, number):
    assert parse_regon(text) == number


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("123456784", IdentifierFault.CHECKSUM),
        ("12345678512348", IdentifierFault.CHECKSUM),
        ("12345678400000", IdentifierFault.CHECKSUM),
        ("1234567", IdentifierFault.LENGTH),
        ("12345678X", IdentifierFault.CHARACTERS),
        ("000000000", IdentifierFault.ZEROS),
        ("00000000000000", IdentifierFault.ZEROS),
    ],
)
def test_a_wrong_regon_is_refused_with_the_reason(text, fault):
    with pytest.raises(NotRegon) as refusal:
        parse_regon(text)

    assert refusal.value.fault == fault


def test_a_krs_number_keeps_its_leading_zeros():
    assert parse_krs(" 0000 123456 ") == "0000123456"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("123456", IdentifierFault.LENGTH),
        ("00001234567", IdentifierFault.LENGTH),
        ("KRS0000123", IdentifierFault.CHARACTERS),
        ("", IdentifierFault.CHARACTERS),
        ("0000000000", IdentifierFault.ZEROS),
    ],
)
def test_a_wrong_krs_number_is_refused_with_the_reason(text, fault):
    with pytest.raises(NotKrs) as refusal:
        parse_krs(text)

    assert refusal.value.fault == fault
