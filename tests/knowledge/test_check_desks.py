from datetime import date

import pytest

from knowledge.check_desks import check_desks
from tests.knowledge.made import TODAY, made_base, made_desk, made_topics

PLACE = "sondrio/desks/sportello.yml"


def found(**changes: object) -> list[str]:
    base = made_base(topics=made_topics("prova"), desks=(made_desk(**changes),))
    return [str(finding) for finding in check_desks(base, TODAY)]


def test_a_desk_without_a_fault_gives_no_finding() -> None:
    assert found() == []


def test_of_a_desk_little_may_be_known() -> None:
    nothing = dict.fromkeys(("comune", "address", "phone", "email", "web", "hours", "position"))
    assert found(**nothing, languages=(), topics=()) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"comune": "tirano"}, "`comune`: there is no `tirano` in sondrio/territory.yml"),
        ({"languages": ("it", "xx")}, "`languages`: `xx` is not known"),
        ({"topics": ("prova", "altro")}, "`topics`: `altro` is no topic"),
        ({"phone": "zero"}, "`phone`: `zero` is no phone number; write digits in groups, like +39 0342 000 000"),
        ({"email": "prova@"}, "`email`: `prova@` is no e-mail address"),
        ({"web": "http://example.org"}, "`web`: `http://example.org` is no web address that begins with https://"),
        ({"checked_on": date(2026, 11, 25)}, "says that it was checked on 2026-11-25, which is in the future"),
        (
            {"checked_on": date(2025, 11, 23)},
            "was checked on 2025-11-23, more than a year ago: look whether it is still true",
        ),
    ],
)
def test_what_is_wrong_with_a_desk_is_found(changes: dict[str, object], reason: str) -> None:
    assert found(**changes) == [f"{PLACE}: {reason}"]


def test_hours_that_cannot_be_read_are_found() -> None:
    (finding,) = found(hours="lun-ven 9-12")
    assert finding.startswith(f"{PLACE}: `hours`: `lun-ven 9-12` is not in the opening_hours syntax")


def test_a_desk_belongs_to_an_ambito() -> None:
    reasons = found(territory="lombardia", comune=None)
    assert reasons == ["lombardia/desks/sportello.yml: a desk belongs to an ambito; lombardia is none"]
