"""What people say about locks, people and times: understood, or refused, without Home Assistant."""

from contextlib import suppress
from datetime import datetime
import json
from string import Formatter
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.codelocks.language.code_request import (
    NamedLock,
    Request,
    understand,
    when,
)
from custom_components.codelocks.language.language import (
    FOLDER,
    LANGUAGES,
    MAX_NAME,
    Speech,
    clean,
    language_of,
    load,
    speech,
    spoken_code,
)
from custom_components.codelocks.language.lock_names import Names
from custom_components.codelocks.language.time_model import NotUnderstood

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 10, 12, 10, 30, tzinfo=LONDON)
"""A Monday; on 25 October the clocks go back."""

NAMES = Names(
    {
        "Front door": frozenset({"front"}),
        "Garden studio": frozenset({"studio"}),
        "Office": frozenset({"studio"}),
        "House": frozenset({"front"}),
        "Door": frozenset({"front", "studio"}),
        "Haustür": frozenset({"front"}),
        "Porte d'entrée": frozenset({"front"}),
        "Voordeur": frozenset({"front"}),
    }
)

MONTH_DAY = "%m-%d %H:%M"

TIMES: dict[str, dict[str, str]] = {
    "en": {
        "": "10-12 10:30 to 10-12 11:30",
        "now": "10-12 10:30 to 10-12 11:30",
        "from now until six": "10-12 10:30 to 10-12 18:00",
        "for two hours": "10-12 10:30 to 10-12 12:30",
        "for the next 90 minutes": "10-12 10:30 to 10-12 12:00",
        "for half an hour": "10-12 10:30 to 10-12 11:00",
        "for a quarter of an hour": "10-12 10:30 to 10-12 10:45",
        "for one and a half hours": "10-12 10:30 to 10-12 12:00",
        "for an hour and a half": "10-12 10:30 to 10-12 12:00",
        "for 1.5 hours": "10-12 10:30 to 10-12 12:00",
        "for 1.5 hours from 14.30": "10-12 14:30 to 10-12 16:00",
        "for two hours and fifteen minutes": "10-12 10:30 to 10-12 12:45",
        "for twenty-five minutes": "10-12 10:30 to 10-12 10:55",
        "for 2 hrs": "10-12 10:30 to 10-12 12:30",
        "for 1h 30 min": "10-12 10:30 to 10-12 12:00",
        "for three days": "10-12 10:30 to 10-15 10:30",
        "for a week from tomorrow": "10-13 00:00 to 10-20 00:00",
        "for a fortnight": "10-12 10:30 to 10-26 10:30",
        "in two hours for an hour": "10-12 12:30 to 10-12 13:30",
        "in an hour until three": "10-12 11:30 to 10-12 15:00",
        "from 14:30": "10-12 14:30 to 10-12 15:30",
        "at noon": "10-12 12:00 to 10-12 13:00",
        "at half past nine tomorrow": "10-13 09:30 to 10-13 10:30",
        "tomorrow at a quarter to ten": "10-13 09:45 to 10-13 10:45",
        "tomorrow at ten past nine": "10-13 09:10 to 10-13 10:10",
        "tomorrow at nine thirty": "10-13 09:30 to 10-13 10:30",
        "tomorrow at ten to nine": "10-13 08:50 to 10-13 09:50",
        "at twenty five to three": "10-12 14:35 to 10-12 15:35",
        "tomorrow at nine to five": "10-13 09:00 to 10-13 17:00",
        "tomorrow at five minutes to ten": "10-13 09:55 to 10-13 10:55",
        "tomorrow from nine to twelve": "10-13 09:00 to 10-13 12:00",
        "from nine to twelve tomorrow": "10-13 09:00 to 10-13 12:00",
        "tomorrow 9-12": "10-13 09:00 to 10-13 12:00",
        "between nine and twelve on Friday": "10-16 09:00 to 10-16 12:00",
        "tomorrow from nine to five": "10-13 09:00 to 10-13 17:00",
        "tomorrow from ten to two": "10-13 10:00 to 10-13 14:00",
        "tomorrow from 2 to 4": "10-13 14:00 to 10-13 16:00",
        "tomorrow 2 to 4 am": "10-13 02:00 to 10-13 04:00",
        "tomorrow from 9 to 2 pm": "10-13 09:00 to 10-13 14:00",
        "tomorrow from 9 a.m. to 5 p.m.": "10-13 09:00 to 10-13 17:00",
        "tomorrow from 8 to 8": "10-13 08:00 to 10-13 20:00",
        "tomorrow from 7 to 9 in the evening": "10-13 19:00 to 10-13 21:00",
        "tomorrow morning from nine to twelve": "10-13 09:00 to 10-13 12:00",
        "tomorrow evening from seven to nine": "10-13 19:00 to 10-13 21:00",
        "tonight from ten until two": "10-12 22:00 to 10-13 02:00",
        "tonight": "10-12 18:00 to 10-13 00:00",
        "this afternoon": "10-12 12:00 to 10-12 18:00",
        "tomorrow morning": "10-13 06:00 to 10-13 12:00",
        "tomorrow": "10-13 00:00 to 10-14 00:00",
        "for tomorrow": "10-13 00:00 to 10-14 00:00",
        "today": "10-12 10:30 to 10-13 00:00",
        "all day Friday": "10-16 00:00 to 10-17 00:00",
        "the day after tomorrow": "10-14 00:00 to 10-15 00:00",
        "this weekend": "10-17 00:00 to 10-19 00:00",
        "until eleven": "10-12 10:30 to 10-12 11:00",
        "until nine": "10-12 10:30 to 10-12 21:00",
        "until nine tomorrow": "10-12 10:30 to 10-13 09:00",
        "until tomorrow at six": "10-12 10:30 to 10-13 18:00",
        "until Friday": "10-12 10:30 to 10-17 00:00",
        "until Friday evening": "10-12 10:30 to 10-17 00:00",
        "until Friday 6 pm": "10-12 10:30 to 10-16 18:00",
        "until Friday at six": "10-12 10:30 to 10-16 18:00",
        "until tomorrow morning": "10-12 10:30 to 10-13 12:00",
        "until 08:00": "10-12 10:30 to 10-13 08:00",
        "until the second": "10-12 10:30 to 11-03 00:00",
        "from midnight to six": "10-13 00:00 to 10-13 06:00",
        "until midnight": "10-12 10:30 to 10-13 00:00",
        "tomorrow until six": "10-13 00:00 to 10-13 18:00",
        "from Friday at 3 pm to Monday at 11 am": "10-16 15:00 to 10-19 11:00",
        "from Friday to Monday": "10-16 00:00 to 10-20 00:00",
        "next Monday from nine to ten": "10-19 09:00 to 10-19 10:00",
        "on Monday from eight to nine": "10-12 20:00 to 10-12 21:00",
        "on Monday from 08:00 to 09:00": "10-19 08:00 to 10-19 09:00",
        "on 24 December from 10 to 12": "12-24 10:00 to 12-24 12:00",
        "on December 24th at noon": "12-24 12:00 to 12-24 13:00",
        "on the first of December": "12-01 00:00 to 12-02 00:00",
        "on Thursday the 24th of December 2026": "12-24 00:00 to 12-25 00:00",
        "until the 24th": "10-12 10:30 to 10-25 00:00",
        "from the 24th to the 26th of December": "12-24 00:00 to 12-27 00:00",
        "from December 10 to 12": "12-10 00:00 to 12-13 00:00",
        "from December 10 to noon": "12-10 00:00 to 12-10 12:00",
        "December 10-12": "12-10 00:00 to 12-13 00:00",
        "from 24 to 26 December": "12-24 00:00 to 12-27 00:00",
        "2026-12-24 from 10:00 to 12:00": "12-24 10:00 to 12-24 12:00",
        "yesterday from 2 to 3": "10-11 14:00 to 10-11 15:00",
        "today from 08:00 to 09:00": "10-12 08:00 to 10-12 09:00",
        # The clocks go back on the 25th: three real hours.
        "on 25 October from 00:00 for three hours": "10-25 00:00 to 10-25 02:00",
    },
    "de": {
        "morgen von neun bis zwölf": "10-13 09:00 to 10-13 12:00",
        "morgen früh": "10-13 06:00 to 10-13 12:00",
        "heute Abend von sieben bis neun": "10-12 19:00 to 10-12 21:00",
        "heute Morgen": "10-12 10:30 to 10-12 12:00",
        "für zwei Stunden": "10-12 10:30 to 10-12 12:30",
        "zwei Stunden lang": "10-12 10:30 to 10-12 12:30",
        "für eineinhalb Stunden": "10-12 10:30 to 10-12 12:00",
        "für 2h": "10-12 10:30 to 10-12 12:30",
        "für 45 min": "10-12 10:30 to 10-12 11:15",
        "heute von 14h bis 16h": "10-12 14:00 to 10-12 16:00",
        "für 2,5 Stunden": "10-12 10:30 to 10-12 13:00",
        "für eine halbe Stunde": "10-12 10:30 to 10-12 11:00",
        "für eine Viertelstunde": "10-12 10:30 to 10-12 10:45",
        "für fünfundvierzig Minuten": "10-12 10:30 to 10-12 11:15",
        "ab halb drei": "10-12 14:30 to 10-12 15:30",
        "um ein Uhr": "10-12 13:00 to 10-12 14:00",
        "morgen von ein Uhr bis drei Uhr": "10-13 13:00 to 10-13 15:00",
        "bis ein Uhr nachts": "10-12 10:30 to 10-13 01:00",
        "um halb eins": "10-12 12:30 to 10-12 13:30",
        "morgen um viertel nach neun": "10-13 09:15 to 10-13 10:15",
        "morgen um fünf vor halb zehn": "10-13 09:25 to 10-13 10:25",
        "morgen um 9 Uhr 30": "10-13 09:30 to 10-13 10:30",
        "bis Freitagabend": "10-12 10:30 to 10-17 00:00",
        "bis Freitag um 18 Uhr": "10-12 10:30 to 10-16 18:00",
        "bis zum 24.": "10-12 10:30 to 10-25 00:00",
        "vom 24. bis 26. Dezember": "12-24 00:00 to 12-27 00:00",
        "vom 24. bis 26.": "10-24 00:00 to 10-27 00:00",
        "vom 24. bis 12 Uhr": "10-24 00:00 to 10-24 12:00",
        "am 24. Dezember von 10 bis 12 Uhr": "12-24 10:00 to 12-24 12:00",
        "am Freitag von 8 bis 22 Uhr": "10-16 08:00 to 10-16 22:00",
        "am Wochenende": "10-17 00:00 to 10-19 00:00",
        "übermorgen den ganzen Tag": "10-14 00:00 to 10-15 00:00",
        "in einer Stunde für zwei Stunden": "10-12 11:30 to 10-12 13:30",
        "nächsten Montag ab 14:30": "10-19 14:30 to 10-19 15:30",
        "ab sofort bis Mitternacht": "10-12 10:30 to 10-13 00:00",
        "gestern": "10-11 00:00 to 10-12 00:00",
    },
    "fr": {
        "demain de neuf heures à midi": "10-13 09:00 to 10-13 12:00",
        "demain à 9 heures pour une heure et demie": "10-13 09:00 to 10-13 10:30",
        "pour 2h": "10-12 10:30 to 10-12 12:30",
        "pendant 30 min": "10-12 10:30 to 10-12 11:00",
        "pendant deux heures": "10-12 10:30 to 10-12 12:30",
        "pendant une demi-heure": "10-12 10:30 to 10-12 11:00",
        "pendant un quart d'heure": "10-12 10:30 to 10-12 10:45",
        "de 14h30 à 16h": "10-12 14:30 to 10-12 16:00",
        "demain à neuf heures et quart": "10-13 09:15 to 10-13 10:15",
        "demain à neuf heures moins le quart": "10-13 08:45 to 10-13 09:45",
        "demain à neuf heures moins dix": "10-13 08:50 to 10-13 09:50",
        "à partir de neuf heures et demie demain": "10-13 09:30 to 10-13 10:30",
        "jusqu'à vendredi soir": "10-12 10:30 to 10-17 00:00",
        "jusqu'à vendredi 18 heures": "10-12 10:30 to 10-16 18:00",
        "jusqu'au 24": "10-12 10:30 to 10-25 00:00",
        "à une heure et demie": "10-12 13:30 to 10-12 14:30",
        "du 10 au 12": "11-10 00:00 to 11-13 00:00",
        "du 1er au 3 novembre": "11-01 00:00 to 11-04 00:00",
        "du 24 à 14h au 26 à 10h": "10-24 14:00 to 10-26 10:00",
        "du 24 au 26 décembre": "12-24 00:00 to 12-27 00:00",
        "le premier décembre": "12-01 00:00 to 12-02 00:00",
        "ce soir": "10-12 18:00 to 10-13 00:00",
        "demain matin": "10-13 06:00 to 10-13 12:00",
        "après-demain toute la journée": "10-14 00:00 to 10-15 00:00",
        "ce week-end": "10-17 00:00 to 10-19 00:00",
        "vendredi prochain": "10-16 00:00 to 10-17 00:00",
        "dans une heure pendant deux heures": "10-12 11:30 to 10-12 13:30",
        "entre neuf heures et onze heures demain": "10-13 09:00 to 10-13 11:00",
        "maintenant": "10-12 10:30 to 10-12 11:30",
        "de demain à vendredi": "10-13 00:00 to 10-17 00:00",
        "aujourd'hui jusqu'à minuit": "10-12 10:30 to 10-13 00:00",
    },
    "nl": {
        "morgen van negen tot twaalf": "10-13 09:00 to 10-13 12:00",
        "morgenochtend": "10-13 06:00 to 10-13 12:00",
        "vanavond van zeven tot negen": "10-12 19:00 to 10-12 21:00",
        "voor twee uur": "10-12 10:30 to 10-12 12:30",
        "twee uur lang": "10-12 10:30 to 10-12 12:30",
        "om één uur": "10-12 13:00 to 10-12 14:00",
        "voor 2u": "10-12 10:30 to 10-12 12:30",
        "van 14u tot 16u": "10-12 14:00 to 10-12 16:00",
        "voor een uur": "10-12 10:30 to 10-12 11:30",
        "tot twee uur": "10-12 10:30 to 10-12 14:00",
        "gedurende anderhalf uur": "10-12 10:30 to 10-12 12:00",
        "voor een half uur": "10-12 10:30 to 10-12 11:00",
        "voor een kwartier": "10-12 10:30 to 10-12 10:45",
        "voor vijfenveertig minuten": "10-12 10:30 to 10-12 11:15",
        "vanaf half drie": "10-12 14:30 to 10-12 15:30",
        "morgen om kwart over negen": "10-13 09:15 to 10-13 10:15",
        "morgen van kwart voor tien tot tien over half twaalf": "10-13 09:45 to 10-13 11:40",
        "tot vrijdagavond": "10-12 10:30 to 10-17 00:00",
        "tot vrijdag 18 uur": "10-12 10:30 to 10-16 18:00",
        "tot de 24e": "10-12 10:30 to 10-25 00:00",
        "van 24 tot en met 26 december": "12-24 00:00 to 12-27 00:00",
        "op 24 december van 10 tot 12 uur": "12-24 10:00 to 12-24 12:00",
        "dit weekend": "10-17 00:00 to 10-19 00:00",
        "overmorgen de hele dag": "10-14 00:00 to 10-15 00:00",
        "over een uur voor twee uur": "10-12 11:30 to 10-12 13:30",
        "volgende maandag om 14:30": "10-19 14:30 to 10-19 15:30",
        "nu": "10-12 10:30 to 10-12 11:30",
        "om negen uur 's avonds": "10-12 21:00 to 10-12 22:00",
    },
}


@pytest.mark.parametrize(
    ("language", "said"), [(language, said) for language, table in TIMES.items() for said in table]
)
def test_times(language: str, said: str) -> None:
    """Times as people say them."""
    start, end = when(said, speech(language), NOW)
    assert f"{start:{MONTH_DAY}} to {end:{MONTH_DAY}}" == TIMES[language][said]
    assert start.tzinfo is end.tzinfo is LONDON


def test_a_year_is_found() -> None:
    """A date is the next one; a recent one is in the past; 29 February waits for a leap year."""
    assert when("on 1 March", speech("en"), NOW)[0].year == 2027
    assert when("on 1 October", speech("en"), NOW)[0].year == 2026
    assert when("on 29 February", speech("en"), NOW)[0].year == 2028
    assert when("on 1 March 2031", speech("en"), NOW)[0].year == 2031
    november = NOW.replace(month=11)
    assert when("on the 31st", speech("en"), november)[0].month == 12


def test_midnight_is_a_time() -> None:
    """From midnight until six means the morning; a day until six means the afternoon."""
    midnight = NOW.replace(hour=0, minute=0)
    for said, hour in (("until six", 6), ("from now until six", 6), ("today until six", 18)):
        assert when(said, speech("en"), midnight)[1] == NOW.replace(hour=hour, minute=0)


def test_hours_are_real_hours() -> None:
    """When the clocks go back, "in three hours" is two hours later by the clock."""
    night = datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)
    assert when("in three hours", speech("en"), night)[0].isoformat() == "2026-10-25T02:30:00+00:00"
    assert when("in three days", speech("en"), NOW.replace(day=24))[0] == NOW.replace(day=27)
    again = night.replace(hour=1, fold=1)
    for said in ("", "for an hour"):
        assert when(said, speech("en"), again)[1].isoformat() == "2026-10-25T02:30:00+00:00"


def test_the_current_weekend() -> None:
    """On a Sunday, it began yesterday."""
    sunday = NOW.replace(day=18)
    assert when("this weekend", speech("en"), sunday) == (
        sunday,
        datetime(2026, 10, 19, tzinfo=LONDON),
    )


@pytest.mark.parametrize(
    "said",
    [
        "on 31 February",
        "on 2026-02-31",
        "from Friday from Monday",
        "for two hours until six",
        "all day from nine to ten",
        "this weekend tomorrow",
        "in two hours tomorrow",
        "tomorrow on Friday from nine",
        "tomorrow from now until six",
        "from nine until now",
        "every Monday",
        "at 25:00",
        "at 12:75 tomorrow",
        "for 9999 weeks and 9999 months and for 2 hours",
        "someday",
        "on the 29th of February 2027",
    ],
)
def test_times_that_make_no_sense(said: str) -> None:
    """They are refused, not guessed."""
    with pytest.raises(NotUnderstood):
        when(said, speech("en"), NOW)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "am 24.12."),
        ("de", "am 13.10."),
        ("de", "vom 10.12. bis 12.12."),
        ("de", "24.12."),
        ("fr", "le 13.10"),
        ("nl", "op 13.10"),
        ("nl", "op 24-12"),
        ("nl", "van 9-12 tot 11-12"),
    ],
)
def test_dates_in_digits_are_not_times(language: str, said: str) -> None:
    """They are not understood, rather than taken for "ten past one in the afternoon"."""
    with pytest.raises(NotUnderstood):
        when(said, speech(language), NOW)


@pytest.mark.parametrize("language", LANGUAGES)
@given(words=st.data())
@settings(max_examples=50, deadline=None)
def test_any_words_in_any_order(language: str, words: st.DataObject) -> None:
    """They are understood, or refused; nothing crashes."""
    spoken = speech(language)
    phrases = sorted(" ".join(phrase) for phrase in spoken.lexicon)
    known = st.sampled_from(
        [*phrases, "9", "14:30", "24", "99:99", "2026-12-24", "0", "Front door"]
    )
    said = " ".join(words.draw(st.lists(st.one_of(known, st.text(max_size=8)), max_size=9)))
    try:
        start, end = when(said, spoken, NOW)
    except NotUnderstood:
        pass
    else:
        assert start.tzinfo is end.tzinfo is LONDON
    with suppress(NotUnderstood):
        understand(f"code {said}", NAMES, spoken)


# Requests


def request(
    lock: str | None = None,
    area: str | None = None,
    name: str | None = None,
    when: str | None = None,
) -> Request:
    """Return a request for a code of one lock."""
    return Request((NamedLock(lock, area),) if lock else (), name, when)


def several(*locks: str, name: str | None = None, when: str | None = None) -> Request:
    """Return a request for codes of several locks."""
    return Request(tuple(NamedLock(lock) for lock in locks), name, when)


REQUESTS = {
    "make a code for the plumber at the front door tomorrow from nine to twelve": request(
        "front door", None, "plumber", "tomorrow from nine to twelve"
    ),
    "make a code": request(),
    "make a door code": request(),
    "make a door code for the door": request("door"),
    "make a code for the office for Anna": request("office", None, "Anna"),
    "make a code for two hours for Anna from 14:30 at the Office": request(
        "Office", None, "Anna", "for two hours from 14:30"
    ),
    "make a code for the office manager at the front door": request(
        "front door", None, "office manager"
    ),
    "make a code for my mother, please": request(None, None, "my mother"),
    "make a code for the guests in room 12 at the front door": request(
        "front door", None, "guests in room 12"
    ),
    "make a code for the second floor at the office": request("office", None, "second floor"),
    "make a code for the office for 1.5 hours": request("office", None, None, "for 1.5 hours"),
    "make a code for the office for 2h": request("office", None, None, "for 2h"),
    "make a code for Anna H at the office": request("office", None, "Anna H"),
    "make a code for the night nurse at the office": request("office", None, "night nurse"),
    "make a code for Mr Night at the office": request("office", None, "Mr Night"),
    "make a code for 2 people at the office": request("office", None, "2 people"),
    "make a code at the door in the house": request("door", "house"),
    "make a code for the front door and the garden studio": several("front door", "garden studio"),
    "make a code for Anna at the front door and the garden studio for two hours": several(
        "front door", "garden studio", name="Anna", when="for two hours"
    ),
    "make codes for the front door, and at our garden studio": several(
        "front door", "garden studio"
    ),
    "make a code for the door in the office and the front door": Request(
        (NamedLock("door", "office"), NamedLock("front door"))
    ),
    "make a code at the cellar": request("cellar"),
    "make a code for Jean-Pierre O'Neill at the office": request(
        "office", None, "Jean-Pierre O'Neill"
    ),
    "make a code for the office which is valid tomorrow thanks": request(
        "office", None, None, "tomorrow"
    ),
}


HOUSE = Names(
    {
        name: frozenset({name})
        for names in (
            ("Gate", "Front door", "Flat"),
            ("Tor", "Haustür", "Wohnung"),
            ("Portail", "Porte d'entrée", "Appartement"),
            ("Poort", "Voordeur", "Appartement boven"),
        )
        for name in names
    }
)


@pytest.mark.parametrize(
    ("language", "sentence", "locks"),
    [
        ("en", "a code for the gate and the front door", ("gate", "front door")),
        ("en", "a code for the gate, the front door and the flat", ("gate", "front door", "flat")),
        ("en", "a code for the gate the front door and the flat", ("gate", "front door", "flat")),
        ("en", "a code for Anna at the gate and at the flat", ("gate", "flat")),
        ("de", "einen Code für das Tor und die Haustür", ("Tor", "Haustür")),
        ("de", "Codes für das Tor, die Haustür und die Wohnung", ("Tor", "Haustür", "Wohnung")),
        ("de", "einen Code für Anna am Tor und an der Haustür", ("Tor", "Haustür")),
        ("fr", "un code pour le portail et la porte d'entrée", ("portail", "porte d'entrée")),
        (
            "fr",
            "des codes pour le portail, la porte d'entrée et l'appartement",
            ("portail", "porte d'entrée", "appartement"),
        ),
        ("nl", "een code voor de poort en de voordeur", ("poort", "voordeur")),
        (
            "nl",
            "codes voor de poort, de voordeur en het appartement boven",
            ("poort", "voordeur", "appartement boven"),
        ),
    ],
)
def test_several_locks(language: str, sentence: str, locks: tuple[str, ...]) -> None:
    """Locks that stand together as a list are one order."""
    assert [one.lock for one in understand(sentence, HOUSE, speech(language)).locks] == [*locks]


@pytest.mark.parametrize("sentence", REQUESTS)
def test_requests(sentence: str) -> None:
    """Each word ends up where it belongs."""
    assert understand(sentence, NAMES, speech("en")) == REQUESTS[sentence]


@pytest.mark.parametrize(
    ("sentence", "key", "rest"),
    [
        (
            "make a code for the front door tomorrow and for the garden studio",
            "locks_apart",
            "",
        ),
        (
            "make a code for the front door and the cellar and the garden studio",
            "locks_apart",
            "",
        ),
        (
            "make codes for the front door, the garden studio and the cellar",
            "not_understood",
            "and the cellar",
        ),
        (
            "make a code for the office every second sunrise",
            "not_understood",
            "every second sunrise",
        ),
        ("make a code for the house guest at the front door", "not_understood", "guest"),
        ("make a code for the office for the day nurse", "time_not_understood", ""),
        ("make a code for the office for the afternoon", "time_not_understood", ""),
        ("make a code for Anna in the morning at the office", "time_not_understood", ""),
        ("make a code for the office this 9-12", "not_understood", "this 9-12"),
        ("make a code for the office until the cows come home", "time_not_understood", ""),
        ("make a code " * 100, "too_much", ""),
    ],
)
def test_requests_that_are_not_understood(sentence: str, key: str, rest: str) -> None:
    """What is left over is quoted, not guessed."""
    with pytest.raises(NotUnderstood) as caught:
        understand(sentence, NAMES, speech("en"))
    assert (caught.value.key, caught.value.rest) == (key, rest)


# Answers


def fields(text: str) -> set[str]:
    """Return the placeholders of an answer."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def table(language: str) -> dict[str, Any]:
    """Return the file of a language."""
    found: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_say_the_same(language: str) -> None:
    """Each language has all answers, with the same fields, and sentences for each intent."""
    english, other = table("en"), table(language)
    for part in ("answers", "errors"):
        assert other[part].keys() == english[part].keys()
        for key, text in other[part].items():
            if key not in ("hour", "clock"):
                assert fields(text) == fields(english[part][key]), key
    assert other["sentences"].keys() == english["sentences"].keys()
    assert all(other["sentences"].values())
    assert set(other["words"]) - set(english["words"]) <= {"more_weekdays", "weekday_compounds"}
    assert set(english["words"]) <= set(other["words"])
    assert len(load(language).weekdays) == 7
    assert len(load(language).months) == 12


def test_there_is_a_file_for_each_language() -> None:
    """And no other file."""
    assert {path.stem for path in FOLDER.iterdir()} == set(LANGUAGES)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time in October."""
    return datetime(2026, 10, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "end", "en", "de"),
    [
        (at(13, 9), at(13, 12), "tomorrow from 9 AM to 12 PM", "morgen von 9 Uhr bis 12 Uhr"),
        (
            at(12, 14, 30),
            at(12, 16),
            "today from 2:30 PM to 4 PM",
            "heute von 14:30 Uhr bis 16 Uhr",
        ),
        (at(13, 0), at(14, 0), "all day tomorrow", "morgen den ganzen Tag"),
        (
            at(16, 18),
            at(17, 0),
            "Friday from 6 PM to midnight",
            "Freitag von 18 Uhr bis Mitternacht",
        ),
        (
            at(12, 10),
            at(16, 18),
            "from today at 10 AM until Friday at 6 PM",
            "ab heute um 10 Uhr bis Freitag um 18 Uhr",
        ),
        (
            at(16, 0),
            at(26, 0),
            "from Friday until the end of Sunday 25 October",
            "ab Freitag bis Ende Sonntag, 25. Oktober",
        ),
    ],
)
def test_windows(start: datetime, end: datetime, en: str, de: str) -> None:
    """Short enough to be spoken, in Home Assistant's zone."""
    utc = ZoneInfo("UTC")
    for language, words in (("en", en), ("de", de)):
        assert speech(language).window(start.astimezone(utc), end.astimezone(utc), NOW) == words


def test_lists() -> None:
    """As they are spoken, and no longer than people remember."""
    english = speech("en")
    assert english.listed(["A"]) == "A"
    assert english.listed(["A", "B"], "or") == "A or B"
    assert english.listed("ABCDEFG") == "A, B, C, D, E and 2 more"


def test_a_code_is_spoken_digit_by_digit() -> None:
    """It can be typed while it is heard."""
    assert spoken_code("048291") == "0 4 8 2 9 1"


def test_clean() -> None:
    """One line, bounded, without invisible characters."""
    assert clean(" a\n\x00b\u202e\u2028c\x1b[31m ") == "a b c [31m"
    assert len(clean("x" * 100_000)) == MAX_NAME
    assert clean("x" * MAX_NAME) == "x" * MAX_NAME


def test_languages() -> None:
    """A tag names a language; English replaces an unsupported one."""
    assert [language_of(tag) for tag in ("de-CH", "EN", "pt_BR", "")] == ["de", "en", None, None]
    assert isinstance(speech(None), Speech)
    assert speech("fi") is speech("en-GB") is load("en")


def test_reading_is_quick() -> None:
    """Many ambiguous words are parsed in almost no time."""
    started = perf_counter()
    for said in ("from nine to ", "for a half ", "at quarter past ", "code front door "):
        for language in LANGUAGES:
            try:
                understand((said * 40)[:400], NAMES, speech(language))
            except NotUnderstood:
                continue
    assert perf_counter() - started < 3
