from datetime import UTC, datetime

import pytest

from core.clock import ITALY
from core.locales import locales
from knowledge.opening import opening, opening_sentence, parsed, week

HOURS = "Mo-Fr 09:00-12:30; Tu 14:00-16:00"
WEEKDAYS = "Mo-Fr 09:00-12:30"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ITALY)


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        ("2026-11-24 10:00", "Aperto ora, fino alle 12:30."),
        ("2026-11-24 08:59", "Ora chiuso. Apre oggi alle 09:00."),
        ("2026-11-24 12:30", "Ora chiuso. Apre domani alle 09:00."),
        ("2026-11-27 18:00", "Ora chiuso. Apre: lunedì 30 novembre, 09:00."),
        # The Immaculate Conception is a public holiday of Italy, and so is the Monday after Easter.
        ("2026-12-07 18:00", "Ora chiuso. Apre: mercoledì 9 dicembre, 09:00."),
        ("2026-12-08 10:00", "Ora chiuso. Apre domani alle 09:00."),
        ("2026-04-06 10:00", "Ora chiuso. Apre domani alle 09:00."),
        # San Francesco, a holiday again from 2026 (Legge 151/2025), is a Monday in 2027.
        ("2027-10-04 10:00", "Ora chiuso. Apre domani alle 09:00."),
    ],
)
def test_the_sentence_says_whether_it_is_open_and_when_that_changes(now: str, sentence: str) -> None:
    assert opening_sentence(WEEKDAYS, at(now), "it") == sentence


def test_the_hour_is_italy_s_wherever_the_clock_stands() -> None:
    summer, winter = datetime(2026, 7, 6, 7, 30, tzinfo=UTC), datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
    assert opening(WEEKDAYS, summer).is_open and opening(WEEKDAYS, winter).is_open
    assert not opening(WEEKDAYS, datetime(2026, 1, 5, 7, 30, tzinfo=UTC)).is_open


def test_what_says_what_it_does_on_holidays_is_believed() -> None:
    assert opening("Mo-Su,PH 09:00-12:00", at("2026-12-25 10:00")).is_open
    assert opening("24/7", at("2026-12-25 10:00")).is_open
    assert opening_sentence("24/7", at("2026-12-25 10:00"), "it") == "Sempre aperto."


def test_what_never_opens_is_closed_and_promises_nothing() -> None:
    assert opening_sentence("Mo-Fr off", at("2026-11-24 10:00"), "it") == "Ora chiuso."


def test_what_closes_at_midnight_or_later_says_when() -> None:
    assert opening_sentence("Mo-Su 20:00-08:00", at("2026-11-24 23:00"), "it") == "Aperto ora, fino alle 08:00."


@pytest.mark.parametrize("language", sorted(locales()))
def test_the_sentence_is_in_the_language_that_is_asked_for(language: str) -> None:
    moments = ("2026-11-24 10:00", "2026-11-24 08:00", "2026-11-24 18:00", "2026-11-27 18:00")
    said = {opening_sentence(WEEKDAYS, at(now), language) for now in moments}
    assert len(said) == 4
    assert any("09:00" in each for each in said) and any("12:30" in each for each in said)
    if language != "it":
        assert not any("Apre" in each for each in said)


def test_a_day_far_away_is_named_in_the_language() -> None:
    friday = at("2026-11-27 18:00")
    assert opening_sentence(WEEKDAYS, friday, "en") == "Closed now. Opens: Monday 30 November, 09:00."
    assert "الاثنين 30 نوفمبر" in opening_sentence(WEEKDAYS, friday, "ar")


def test_a_week_is_told_in_lines_of_days_that_are_alike() -> None:
    assert week(HOURS, at("2026-11-24 10:00"), "it") == ["lun 09:00–12:30", "mar 14:00–16:00", "mer–ven 09:00–12:30"]
    assert week("24/7", at("2026-11-24 10:00"), "en") == ["Mon–Sun 00:00–24:00"]
    assert week("Mo-Fr 09:00-12:30,14:00-16:00", at("2026-12-09 10:00"), "it") == [
        "lun 09:00–12:30, 14:00–16:00",
        "mer–ven 09:00–12:30, 14:00–16:00",
    ]


@pytest.mark.parametrize("hours", ["lunedì mattina", "Mo-Fr 9-12", "Mo-Fr 25:00-30:00", ""])
def test_what_is_not_in_the_syntax_is_refused_with_a_reason(hours: str) -> None:
    with pytest.raises(ValueError, match="is not in the opening_hours syntax: "):
        parsed(hours)
