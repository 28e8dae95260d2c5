"""One spelling for what people type in many ways."""

import unicodedata

# Marks are vowels in the Indic scripts, and decoration in the others.
_INDIC = range(0x0900, 0x0E00)
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": None})


def fold(text: str) -> str:
    """Lower case, compatibility forms, no combining marks outside the Indic scripts, one form for Arabic letters."""
    # Folded once more after it is taken apart: the compatibility form of a sign may have a capital (№, ™).
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    kept = (c for c in decomposed if not unicodedata.combining(c) or ord(c) in _INDIC)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_ARABIC)
