"""The bot runs in an environment of its own and has a copy of `fold`: the two must stay the same."""

import importlib.util
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.languages import LANGUAGES
from core.settings import ROOT
from core.text import fold

SAMPLES = {
    "it": "Perché la QUESTURA non risponde? È chiusa… ½",
    "en": "I CAN’T renew my “permesso” – naïve café ﬁle",
    "fr": "Où est l'Œuvre ? À bientôt, ça ira",
    "es": "¿DÓNDE está el Niño? Señora Ñandú",
    "ar": "أُريدُ تَجديدَ الإقامةِ في مُستشفى آخر ـــ ١٢٣ ٱلله",
    "sq": "Ç'farë DUHET për Lejë qëndrimi?",
    "uk": "Її ПОСВІДКА й ґанок № 5",
    "ru": "Ещё один ВИД на жительство, Ёлка, йод",
    "zh": "我的居留許可過期了，ＡＢＣ　１２３",
    "ur": "میرا اقامہ ختم ہو گیا ہے، کیا کروں؟ ۱۲۳",
    "bn": "আমার রেসিডেন্স পারমিট শেষ হয়ে গেছে, SPID নেই ১২৩",
    "pa": "ਮੇਰਾ ਪਰਮਿਟ ਖ਼ਤਮ ਹੋ ਗਿਆ ਹੈ, SPID ਨਹੀਂ ੧੨੩",
}


@pytest.fixture(scope="module")
def bot_fold() -> Callable[[str], str]:
    spec = importlib.util.spec_from_file_location("bot_fold", ROOT / "bot" / "components" / "fold.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    copy: Callable[[str], str] = module.fold
    return copy


def test_there_is_a_sample_of_every_language_that_folding_changes() -> None:
    assert SAMPLES.keys() == LANGUAGES.keys()
    assert all(fold(text) != text for text in SAMPLES.values())


@pytest.mark.parametrize("language", SAMPLES)
def test_the_bot_folds_as_the_services_do(bot_fold: Callable[[str], str], language: str) -> None:
    assert bot_fold(SAMPLES[language]) == fold(SAMPLES[language])


@settings(deadline=None)
@given(text=st.text())
def test_the_bot_folds_any_text_as_the_services_do(bot_fold: Callable[[str], str], text: str) -> None:
    assert bot_fold(text) == fold(text)
