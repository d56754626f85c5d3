"""Checking a million records takes short cuts; what comes out is what the reference says, byte for byte."""

from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.audit import rules

NUMBERS = (0, 1, 5, 13)  # places of whole numbers among the values before the digest
WHOLE = st.integers(min_value=-(2**63), max_value=2**63 - 1)
TEXT = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(["", "view_client", "zażółć", "\0", "x" * 127, "x" * 128, "ł" * 127, "x" * 300]),
)
VALUES = st.tuples(*(WHOLE if place in NUMBERS else TEXT for place in range(15)))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(VALUES, st.binary(max_size=40), TEXT, st.binary(min_size=32, max_size=32))
def test_the_short_cut_hashes_as_the_reference_does(
    values: tuple[str | int, ...], digest: bytes, request_id: str, previous: bytes
) -> None:
    texts = [str(value) for value in values]

    found = rules.record_hash(previous, texts, digest, request_id)

    assert found == rules.link_hash(previous, [*values, digest, request_id])
