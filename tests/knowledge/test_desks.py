import pytest

from core.clock import ITALY
from knowledge.desks import card, cards, distance_km, nearest
from tests.knowledge.made import TERRITORIES, made_desk

from datetime import datetime  # isort: skip

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ITALY)
TRESIVIO = TERRITORIES["sondrio.tresivio"]


def test_a_card_says_all_that_is_known() -> None:
    assert card(made_desk(), "it", NOW, TRESIVIO).splitlines() == [
        "Sportello sportello",
        "Indirizzo: Via Prova 1, Tresivio",
        "Telefono: 000 000 001",
        "E-mail: prova@example.org",
        "Sito: https://example.org/prova",
        "Orari: lun–ven 09:00–12:30",
        "Lingue: Italiano, Français",
        "Aperto ora, fino alle 12:30.",
        "Controllato il: 2026-11-01",
    ]


def test_a_card_says_nothing_of_what_is_not_known() -> None:
    nothing = dict.fromkeys(("comune", "address", "phone", "email", "web", "hours", "position"))
    lines = card(made_desk(**nothing, languages=()), "it", NOW).splitlines()
    assert lines == ["Sportello sportello", "Controllato il: 2026-11-01"]


def test_a_card_says_where_an_appointment_is_needed_and_how_far_it_is() -> None:
    text = card(made_desk(appointment=True), "en", NOW, TRESIVIO, km=1.25)
    assert "By appointment only (su appuntamento)." in text
    assert "Address: Via Prova 1, Tresivio (1.2 km)" in text


def test_three_cards_are_shown_and_more_are_told_of() -> None:
    assert cards([], "it", NOW, {}) == ""
    three = [made_desk(str(number)) for number in range(3)]
    assert cards(three, "it", NOW, TERRITORIES).count("Via Prova 1, Tresivio") == 3
    four = cards([*three, made_desk("3")], "it", NOW, TERRITORIES)
    assert "Sportello 3" not in four
    assert four.endswith("Ce ne sono altri: chiedi a una persona.")


def test_distances_are_those_of_the_map() -> None:
    # Sondrio and Milano, town hall to town hall: 97 km as the crow flies.
    assert distance_km((46.1699, 9.8788), (45.4642, 9.1900)) == pytest.approx(95, abs=2)
    assert distance_km((46.0, 9.0), (46.0, 9.0)) == 0


def test_the_nearest_desk_comes_first_and_one_of_unknown_place_last() -> None:
    far, near, nowhere = made_desk("a", position=(45.0, 9.0)), made_desk("b"), made_desk("c", position=None)
    assert nearest([nowhere, far, near], TRESIVIO.position) == [near, far, nowhere]
    assert nearest([nowhere, far, near], None) == [nowhere, far, near]
