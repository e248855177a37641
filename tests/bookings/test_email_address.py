"""The guest's e-mail address: the whole address, or none."""

import time

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.bookings.email_address import MAX_TEXT, find_address
from custom_components.codelocks.bookings.events import read_event


@pytest.mark.parametrize(
    "text",
    [
        "sean@example.com",
        "Guest: Sean\nE-mail: sean@example.com\nPhone: 12",
        "Email:sean@example.com",
        "mailto:sean@example.com?subject=Hello",
        '<a href="mailto:sean@example.com">sean@example.com</a>',
        "Sean <sean@example.com>",
        "Write to sean@example.com.",
        "(sean@example.com)",
        "'sean@example.com'",
        "*sean@example.com*, or call",
        "sean@example.com;ben@example.com",
        "https://user:secret@host.example.com or sean@example.com",
        "ben@localhost, sean@example.com",
        "[Mail](mailto:sean@example.com)",
        "Sean<sean@example.com>",
        "&lt;sean@example.com&gt;",
        "E-mail:<b>sean@example.com</b>",
        "<p>Guest</p><p>sean@example.com</p><p>Phone</p>",
        "Guest<br>sean@example.com<br/>Phone",
        "<a href='mailto:sean@example.com'>Mail</a>",
        "&lt;a href=&quot;mailto:sean@example.com&quot;&gt;Mail&lt;/a&gt;",
    ],
)
def test_address(text: str) -> None:
    """However people and booking sites write it; the first counts."""
    assert find_address(text) == "sean@example.com"


@pytest.mark.parametrize(
    "address",
    [
        "sean.o'brien@example.com",
        "Sean_O.Brien+flat@mail.example.co.uk",
        "4711-abc@guest.booking.com",
        "a@xn--bcher-kva.example",
    ],
)
def test_whole_address(address: str) -> None:
    """Nothing of it is lost, also where a calendar writes HTML."""
    assert find_address(f"Guest: {address}, two cats") == address
    for sign in ("&#39;", "&apos;", "&amp;#39;"):
        assert find_address(f"Guest: {address.replace("'", sign)}, two cats") == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two cats",
        "https://user:secret@host.example.com",
        "(https://user:x,secret@host.example.com)",
        "//secret@host.example.com",
        "user:secret@host.example.com",
        "ssh:git@host.example.com",
        "sean.o’brien@example.com",  # noqa: RUF001 - as a phone writes it
        "seán@example.com",
        "sean@exämple.com",
        "sean o'brien @example.com",
        '"sean brien"@example.com',
        "a/brien@example.com",
        "email=brien@example.com",
        "o'@example.com",
        ".brien@example.com",
        "o..brien@example.com",
        "sean@example",
        "sean@example..com",
        "sean@-example.com",
        "sean@10.0.0.1",
        "sean@example.com/path",
        "sean@ben@example.com",
        "@example.com",
        "sean@",
        "sean.o&unknown;brien@example.com",
        "sean.o<wbr>brien@example.com",
        "sean@example.co<wbr>m",
        "o(x)brien@example.com",
        "a[b]c@example.com",
        'sean.o"brien@example.com',
        '"admin@example.com"@example.org',
        "sean.o\x1cbrien@example.com",
        "sean.o\x85brien@example.com",
        "sean.o\N{SOFT HYPHEN}brien@example.com",
        "sean.o\N{ZERO WIDTH SPACE}brien@example.com",
        f"{'a' * 65}@example.com",
        f"sean@{'a.' * 130}com",
    ],
)
def test_no_address(text: str) -> None:
    """A part of an address would be somebody else's."""
    assert find_address(text) is None


@given(st.text(alphabet="ab@.':/?<>, \n-é", max_size=80))
def test_never_a_part(text: str) -> None:
    """What is found stands alone in the text."""
    found = find_address(text)
    if found:
        before, _, after = text.partition(found)
        assert not before[-1:].isalnum()
        assert not after[:1].isalnum()


@pytest.mark.parametrize("address", ["sean@example.com.au", "sean@example.com"])
def test_an_address_at_the_end_of_what_is_looked_at(address: str) -> None:
    """It is not cut, neither where the words are searched nor where they were read."""
    for kept in range(1, len(address)):
        text = f"{'x' * (MAX_TEXT - kept - 1)} {address}"
        assert find_address(text) is None
        read = read_event(start="2026-10-14", end="2026-10-15", description=f" {text}")
        assert read
        assert find_address(read.description) is None
    assert find_address(f"{'x' * (MAX_TEXT - len(address) - 1)} {address} and more") == address


@pytest.mark.parametrize(
    "text",
    [
        "@" * 200_000,
        "a@" * 100_000,
        "a." * 100_000 + "@example.com",
        "mail:" * 50_000,
        "'*_" * 70_000,
        "<" * 200_000,
        "<a " * 70_000,
        "<a href=" * 30_000,
        "&amp;" * 40_000,
    ],
)
def test_a_long_text_takes_no_time(text: str) -> None:
    """Patterns are linear, and only the beginning is looked at."""
    began = time.process_time()
    assert find_address(text) is None
    assert time.process_time() - began < 0.1
