import pytest

from knowledge.facts import difference, facts, is_web_address, web_addresses, without_addresses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chiama il 112 o il 1522, 24 ore su 24.", ["112", "1522", "24", "24"]),
        ("الرقم ١١٢ و ۱۵۲۲", ["112", "1522"]),
        ("১১২ 或者 １５２２", ["112", "1522"]),
        ("Costa 5,50 euro", ["5", "50"]),
        ("D.Lgs. 286/1998, art. 18-bis, 2018-2020", ["18", "1998", "2018", "2020", "286"]),
        ("Paghi 1.000 euro o 12 345,60", ["1000", "12345", "60"]),
        ("Verde 800 290 290, 0342-000000, +39 02.0000.0000", ["+390200000000", "0342000000", "800290290"]),
        ("Scrivi a Info@Esempio.it.", ["info@esempio.it"]),
        ("Vedi https://x.it/a1, poi (www.1522.eu).", ["https://x.it/a1", "www.1522.eu"]),
        ("Niente di niente", []),
    ],
)
def test_the_facts_of_a_text_in_one_spelling(text: str, found: list[str]) -> None:
    assert sorted(facts(text).elements()) == found


@pytest.mark.parametrize(
    ("italian", "translation"),
    [
        ("Paghi 1.000 euro", "You pay €1,000"),
        ("Paghi 5,50 euro", "You pay 5.50 euro"),
        ("Chiama 800 290 290", "اتصل بالرقم ٨٠٠٢٩٠٢٩٠"),
        ("dal 2018 al 2020", "2018-2020"),
        ("Vai su https://x.it/a.", "اذهب إلى https://x.it/a،"),
        ("https://x.it/a_(b)", "请看（https://x.it/a_(b)）。"),
    ],
)
def test_what_differs_in_writing_only_agrees(italian: str, translation: str) -> None:
    assert difference(italian, translation) is None


@pytest.mark.parametrize(
    ("italian", "translation", "told"),
    [
        ("Chiama il 112", "Call 113", "112 not in the translation; 113 not in the Italian"),
        ("112 e 112", "112", "112 not in the translation"),
        (
            "Chiama 800 290 290",
            "Call 290 800 290",
            "800290290 not in the translation; 290800290 not in the Italian",
        ),
        (
            "https://x.it/a",
            "https://x.it/b",
            "https://x.it/a not in the translation; https://x.it/b not in the Italian",
        ),
        ("Scrivi", "Write to a@b.it", "a@b.it not in the Italian"),
        ("1.000", "100", "1000 not in the translation; 100 not in the Italian"),
    ],
)
def test_what_differs_is_told_by_side(italian: str, translation: str, told: str) -> None:
    assert difference(italian, translation) == told


@pytest.mark.parametrize(
    "address",
    [
        "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:1998-07-25;286~art5",
        "http://x.it",
        "https://x.it:8080/a%20b#c",
        "www.1522.eu",
    ],
)
def test_a_web_address_is_found_whole_and_fine(address: str) -> None:
    assert web_addresses(f"(Guarda {address}, oggi) o «{address}»؟") == [address, address]
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "htp://x.it",
        "http:/x.it",
        "https//x.it",
        "https:x.it",
        "https://",
        "https://x",
        "https://x..it",
        "https://-x.it",
        "https://x.it:99999",
        "https://x.it:0",
        "https://x.it/%zz",
        "https://[x",
        "ftp://x.it",
        "www.1522",
        "www.",
    ],
)
def test_a_web_address_that_is_wrong_is_seen(address: str) -> None:
    assert len(web_addresses(f"Guarda {address} oggi")) == 1
    assert not is_web_address(address)


def test_addresses_can_be_taken_out() -> None:
    assert without_addresses("Vai su https://x.it/a o www.x.it o a@b.it.").split() == ["Vai", "su", "o", "o", "."]
    assert without_addresses("Il portale http e la e/o").split() == ["Il", "portale", "http", "e", "la", "e/o"]
