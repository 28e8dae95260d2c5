"""What a translation must carry over as it is: addresses, phones, numbers."""

import re
import unicodedata
from collections import Counter
from urllib.parse import urlsplit

# Whatever was meant as a web address, well written or not: `http:…`, `scheme:/…`, `www.…`. In ASCII, because Arabic
# and Chinese punctuation follow an address without a space.
_WEB = re.compile(r"""(?<![A-Za-z0-9])(?:https?(?=[:/])|[A-Za-z][A-Za-z0-9+.-]*:/|www\.)[!#-;=?-~]*""")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# Nine digits or more, however they are grouped: 800 290 290 and +39 0342-000000 (Italian ones begin with 0, 3 or 8).
_PHONE = re.compile(r"(?<![0-9])(?:\+[0-9]|[038])(?:[ \u00a0\u202f./-]?[0-9]){8,}")
_THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[.,'’٬ \u00a0\u202f][0-9]{3})+(?![0-9])")
_NUMBER = re.compile(r"[0-9]+")

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")
_URL_CHARACTERS = re.compile(r"(?:[\w.~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", re.ASCII)


def _western_digits(text: str) -> str:
    """Arabic, Bengali, full-width … digits as 0-9."""
    return "".join(c if c.isascii() or not c.isdecimal() else str(unicodedata.decimal(c)) for c in text)


def _trimmed(address: str) -> str:
    """`address` without the punctuation of the sentence around it."""
    address = address.rstrip(".,;:!?'")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".,;:!?'")
    return address


def web_addresses(text: str) -> list[str]:
    """What was meant as a web address, well written or not."""
    return [_trimmed(match[0]) for match in _WEB.finditer(text)]


def is_web_address(address: str) -> bool:
    """Whether `address` is a complete http(s) URL, or a bare `www.` host as people type it."""
    try:
        parts = urlsplit(f"https://{address}" if address.startswith("www.") else address)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return False
    host_is_fine = _HOST.fullmatch(parts.hostname or "") is not None
    return (
        parts.scheme in ("http", "https") and host_is_fine and port_is_fine and bool(_URL_CHARACTERS.fullmatch(address))
    )


def without_addresses(text: str) -> str:
    """`text` without web and e-mail addresses."""
    text = _WEB.sub(lambda match: " " + match[0].removeprefix(_trimmed(match[0])), text)
    return _EMAIL.sub(" ", text)


def facts(text: str) -> Counter[str]:
    """How often each address, phone and number stands in `text`, in one spelling.

    Phones lose the spaces between their groups, thousands their separators; what is left of other numbers are their
    groups of digits, so that 5,50 and 5.50 are the same.
    """
    found = Counter(web_addresses(text))
    found.update(address.casefold() for address in _EMAIL.findall(text))
    rest = _western_digits(without_addresses(text))
    for pattern in (_PHONE, _THOUSANDS, _NUMBER):
        found.update(re.sub(r"[^0-9+]", "", each) for each in pattern.findall(rest))
        rest = pattern.sub(" ", rest)
    return found


def difference(reference: str, translation: str) -> str | None:
    """In words, which facts of `reference` are not in `translation` and the other way round; None if they agree."""
    expected, found = facts(reference), facts(translation)
    sides = {"not in the translation": expected - found, "not in the Italian": found - expected}
    return "; ".join(f"{', '.join(sorted(each.elements()))} {side}" for side, each in sides.items() if each) or None
