import pytest

from knowledge.readability import gulpease


def test_the_index_is_the_formula_of_its_authors() -> None:
    # 1 sentence, 8 words, 51 letters.
    text = "La domanda presentata allo sportello viene respinta subito."
    assert gulpease(text) == pytest.approx(89 + (300 * 1 - 10 * 51) / 8)


def test_short_words_and_short_sentences_read_more_easily() -> None:
    easy = "Il comune dà la carta. Porta il passaporto e una foto con te. La carta arriva a casa per posta."
    hard = (
        "L'amministrazione comunale provvede al rilascio del documento d'identità elettronico previa presentazione "
        "della documentazione attestante la regolarità della permanenza sul territorio nazionale."
    )
    assert gulpease(easy) > 75
    assert gulpease(hard) < 45


def test_a_line_of_a_list_is_a_sentence() -> None:
    one_line = "Porta con te il passaporto, la ricevuta della posta, quattro fotografie"
    lines = "Porta con te:\n- il passaporto\n- la ricevuta della posta\n- quattro fotografie"
    assert gulpease(lines) > gulpease(one_line) + 15


@pytest.mark.parametrize(
    "extra",
    ["https://www.esempioesempioesempio.it/pagina/lunga", "www.esempio.it", "800 290 290", "60", "info@esempio.it"],
)
def test_addresses_and_numbers_are_not_words(extra: str) -> None:
    assert gulpease(f"Guarda qui {extra} per la tua domanda di oggi") == gulpease(
        "Guarda qui per la tua domanda di oggi"
    )


def test_the_index_stays_between_0_and_100() -> None:
    assert gulpease("Sì. No. Va. Sì.") == 100
    assert gulpease("Precipitevolissimevolmente incontrovertibilmente sovramagnificentissimamente") == 0


@pytest.mark.parametrize("text", ["", "\n", "112", "- 1522\n- https://x.it"])
def test_a_text_without_words_is_hard_for_nobody(text: str) -> None:
    assert gulpease(text) == 100
