"""One spelling for what people type in many ways; Latin letters for every script."""

import re
import unicodedata

from anyascii import anyascii

# Marks are vowels in the Indic scripts, and decoration in the others.
_INDIC = range(0x0900, 0x0E00)
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": None})


def fold(text: str) -> str:
    """Lower case, compatibility forms, no combining marks outside the Indic scripts, one form for Arabic letters.

    >>> fold("Perché")
    'perche'
    """
    # Folded once more after it is taken apart: the compatibility form of a sign may have a capital (№, ™).
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    kept = (c for c in decomposed if not unicodedata.combining(c) or ord(c) in _INDIC)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_ARABIC)


def romanize(text: str) -> str:
    """`text` in lower-case ASCII, letter by letter.

    >>> romanize("паспорт")
    'pasport'
    """
    return str(anyascii(text)).casefold()


def forbidden_character(text: str) -> str | None:
    """The first character that no message may hold, as U+XXXX: controls (tab and line break are welcome), surrogates.

    Joiners and direction marks stay: Persian, Urdu and the Indic scripts are not written right without them.
    """
    for c in text:
        if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t\r":
            return f"U+{ord(c):04X}"
    return None


# A run that reads from left to right inside a right-to-left text: it begins and ends with a Latin letter or a digit,
# and holds no comma but
# that of a number, so that a list still goes on from the right. Single numbers come right by themselves.
_LTR_RUN = re.compile(
    r"\+?[0-9A-Za-zÀ-ɏ]"
    r"(?:(?:[ ./:@?=&#%'’_~+–-]|(?<=[0-9A-Za-zÀ-ɏ])[()](?=[0-9A-Za-zÀ-ɏ])|(?<=[0-9]),(?=[0-9]))*[0-9A-Za-zÀ-ɏ/])*"
)
_ISOLATE, _POP = "\u2066", "\u2069"


def isolate(text: str) -> str:
    """A right-to-left `text` in which phone numbers, addresses and Latin words keep their own direction.

    Without it the groups of "800 290 290" change places beside Arabic letters (Unicode Bidirectional Algorithm, rule
    W2; the marks are LRI and PDI of UAX #9).
    """
    return _LTR_RUN.sub(lambda run: run[0] if run[0].isdigit() else f"{_ISOLATE}{run[0]}{_POP}", text)
