"""What is quoted of others: without what cannot be seen, then without secrets and codes."""

import unicodedata

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.api.words import masked, quotable, redactor, visible

LONGEST = 200
KEY = "Sec9ret-Key_40"


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("Front door", "Front door"),
        ("  Front \t door\u00a0\u2003", "Front door"),
        ("Front\n2026-10-12 ERROR forged", "Front 2026-10-12 ERROR forged"),
        ("Front\r\x1b[31mdoor", "Front [31mdoor"),
        ("Front\u2028door\u0085x", "Front door x"),
        ("F\u200br\u200co\u200dn\u2060t\ufeff\u00ad", "Front"),
        ("\u202eroom\u2066", "room"),
        ("F\u034fr\u115fo\u3164n\ufe0ft\U000e0101\U000e0041", "Front"),
        ("\u200b\u2800", ""),
        ("Tür 🚪 Ł", "Tür 🚪 Ł"),
    ],
)
def test_what_cannot_be_seen_is_dropped(words: str, seen: str) -> None:
    """A name is one line, and shows what it holds."""
    assert visible(words) == seen


@pytest.mark.parametrize(
    "code",
    [
        "4829",
        "482913",
        "12 34 56 78",
        "1-2-3-4-5-6",
        "123.456",
        "4 8 2 9",
        "48.29.13",
        "482-913",
        "4\u200b8\u200b2\u200b9",
        "4\ufe0f\u20e38\ufe0f\u20e32\ufe0f\u20e39\ufe0f\u20e3",
        "4\u03368\u03362\u03369\u0336",
        "①②③④⑤⑥",
        "❶❷❸❹",
        "⑩⑪",
        "\uff14\uff18\uff12\uff19",
        "٤٨٢٩",
        "४८२९१३",
        "四八二九",
        "⁴⁸²⁹",
        "\U0001d7d2\U0001d7d6\U0001d7d0\U0001d7d7",
        "48\u00a029\u200913",
        "48\u201329\u221213",
        "4\u00b78\u00b72\u00b79",
        "20261012",
        "12345-6789",
        "12.34.56",
        "1-2-34-56",
    ],
)
@pytest.mark.parametrize("around", ["{}", "code {} for Anna", "({})", "PIN:{}!", "№{}x"])
def test_codes_are_masked(code: str, around: str) -> None:
    """However their digits are written, and whatever single sign stands between them."""
    written = masked(around.format(code))
    assert not any(unicodedata.numeric(char, None) is not None for char in written.strip("№"))
    assert "*" in written


@pytest.mark.parametrize(
    "words",
    [
        "Room 101 opened",
        "Opened at 11:12:13",
        "Opened at 09:05:59.123",
        "from 9:00 to 17:30",
        "from 9.00 to 17.30",
        "12.10.26 11:12",
        "12-10-26 11:12",
        "3 guests, 12 12:30",
        "firmware 1.0.2",
        "no digits at all",
        "12  34",
        "12:34:56:78",
        "10/12/26",
        "half a ½ and ⅓",
    ],
)
def test_times_and_small_numbers_stay(words: str) -> None:
    """The signs within dates and times do not make a code of them."""
    assert masked(words) == words


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("2026-10-12 11:12", "****-10-12 11:12"),
        ("12.10.2026 11:12", "12.10.**** 11:12"),
        ("2026.10.12, 2026-10-12T11:12:13Z", "****.10.12, ****-10-12T11:12:13Z"),
        ("482913 at 11:12", "**** at 11:12"),
        ("11:12 482913", "11:12 ****"),
        ("5 12-10-26", "5 12-10-26"),
        ("1.12.10.26", "****"),
        ("http://127.0.0.1:48291/u", "http://127.0.0.1:****/u"),
        ("code 12 34 and 5678 at 9:00", "code **** and **** at 9:00"),
    ],
)
def test_what_is_masked_of_a_sentence(words: str, kept: str) -> None:
    """Four digits together are masked wherever they stand, a year too."""
    assert masked(words) == kept


@given(st.text(max_size=60))
def test_masking_leaves_nothing_to_mask(words: str) -> None:
    """Nothing that may be a code is left, and nothing else is lost."""
    once = masked(words)
    assert masked(once) == once
    if not any(unicodedata.numeric(char, None) is not None for char in words):
        assert once == words


@given(
    st.integers(1000, 99999999),
    st.text(st.characters(categories=["Cf", "Mn", "Me"]), max_size=3),
    st.sampled_from(["", " ", ".", "-", "\u2011"]),
)
def test_any_code_is_masked(code: int, mark: str, sign: str) -> None:
    """With any marks that cannot be seen, and one sign or none, between any two digits."""
    spaced = f"{mark}{sign}{mark}".join(str(code))
    kept = [char for char in masked(f"x {spaced} x") if char.isdigit()]
    assert not kept


@pytest.mark.parametrize(
    "between",
    [
        "",
        "\u200b",
        "\u200d\u2060",
        "\ufe0f",
        "\u00ad",
        "\x00",
        "\x1b",
        "\u034f",
        "\u3164",
        "\n",
        "\t ",
    ],
    ids=ascii,
)
@pytest.mark.parametrize("spelled", [str, str.upper, lambda key: "".join(map(_wide, key))])
def test_a_secret_is_found_through_what_cannot_be_seen(between: str, spelled: object) -> None:
    """What stands between its letters goes first, and is none of it afterwards."""
    assert callable(spelled)
    written = between.join(spelled(KEY))
    words = quotable(f"key {written} is wrong", redactor(KEY), LONGEST)
    assert words == "key **REDACTED** is wrong"


def _wide(char: str) -> str:
    """Return a letter as it is written among Chinese ones."""
    return chr(ord(char) + 0xFEE0)


def test_quotations_are_cut_before_they_are_looked_at() -> None:
    """However long it is, what is quoted is short, and soon at hand."""
    assert quotable("x" * 10_000_000, redactor(KEY), LONGEST) == "x" * LONGEST
