"""The twelve languages: their own names, direction of writing, and how people name each in the others."""

import re
from dataclasses import dataclass
from typing import Literal

from core.text import fold


@dataclass(frozen=True, slots=True)
class Language:
    """One language: ISO 639-1 code, its own name, its Italian name, direction, and the names people type for it."""

    code: str
    name: str
    italian: str
    direction: Literal["ltr", "rtl"]
    also: str

    @property
    def names(self) -> set[str]:
        """Folded names, its own first among them."""
        return {fold(name.strip()) for name in (self.name, self.italian, *self.also.split(","))}


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("it", "Italiano", "italiano", "ltr",
                 "italian, italien, italienne, italiana, italisht, італійська, італійською, итальянский, итальянски, "
                 "الإيطالية, ايطالي, إيطالي, الايطاليه, بالايطالية, بالإيطالي, 意大利语, 意大利文, اطالوی, ইতালীয়, ইতালিয়ান, ਇਤਾਲਵੀ"),
        Language("en", "English", "inglese", "ltr",
                 "anglais, anglaise, ingles, inglesa, anglisht, angli, англійська, англійською, английский, английски, "
                 "الإنجليزية, انجليزي, إنجليزي, بالانجليزي, بالإنجليزية, ingliziya, ingliz, engleza, 英语, 英文, انگریزی, "
                 "angrezi, ইংরেজি, ingreji, ਅੰਗਰੇਜ਼ੀ"),
        Language("fr", "Français", "francese", "ltr",
                 "french, frances, francais, frengjisht, французька, французькою, французский, французски, "
                 "الفرنسية, فرنسي, فرنساوي, بالفرنسية, بالفرنسي, français, fransawi, faransiya, 法语, 法文, فرانسیسی, ফরাসি, ਫ਼ਰਾਂਸੀਸੀ"),
        Language("es", "Español", "spagnolo", "ltr",
                 "spanish, espagnol, castellano, spanjisht, іспанська, испанский, الإسبانية, اسباني, بالاسبانية, 西班牙语, ہسپانوی, স্প্যানিশ, ਸਪੈਨਿਸ਼"),
        Language("ar", "العربية", "arabo", "rtl",
                 "arabic, arabe, arab, arabisht, عربي, عربية, بالعربي, بالعربية, العربي, عربى, арабська, арабский, "
                 "3arabi, 3arabiya, arabi, darija, الدارجة, 阿拉伯语, عربی, আরবি, ਅਰਬੀ"),
        Language("sq", "Shqip", "albanese", "ltr",
                 "albanian, albanais, albanes, shqipe, albanska, албанська, албанский, الألبانية, الباني, 阿尔巴尼亚语, البانوی, আলবেনীয়"),
        Language("uk", "Українська", "ucraino", "ltr",
                 "ukrainian, ukrainien, ucraniano, ukrainisht, українською, украинский, украински, الأوكرانية, 乌克兰语, یوکرینی"),
        Language("ru", "Русский", "russo", "ltr",
                 "russian, russe, ruso, rusisht, російська, російською, русски, по-русски, الروسية, روسي, 俄语, روسی, রুশ"),
        Language("zh", "中文", "cinese", "ltr",
                 "chinese, chinois, chino, kinezisht, китайська, китайский, الصينية, صيني, 汉语, 普通话, 中国话, چینی, চীনা, mandarin, mandarino"),
        Language("ur", "اردو", "urdu", "rtl", "ourdou, урду, الأردية, الاردو, 乌尔都语, উর্দু, ਉਰਦੂ, pakistano"),
        Language("bn", "বাংলা", "bengalese", "ltr",
                 "bengali, bangla, bengalí, бенгальська, бенгальский, البنغالية, بنغالي, 孟加拉语, بنگالی, bangladese"),
        Language("pa", "ਪੰਜਾਬੀ", "punjabi", "ltr",
                 "panjabi, pendjabi, пенджабі, панджаби, البنجابية, بنجابي, 旁遮普语, پنجابی, পাঞ্জাবি"),
    )
}


def named_language(text: str) -> str | None:
    """The code of the last language that `text` names, in whatever language it names it; None if it names none.

    The last one: "I don't understand Italian, in English please".
    """
    folded = fold(text)
    found: list[tuple[int, str]] = []
    for code, language in LANGUAGES.items():
        for name in language.names:
            # Arabic glues "in" and "the" to the word, Chinese knows no spaces: no word border is asked of those.
            latin = name.isascii()
            pattern = rf"\b{re.escape(name)}\b" if latin else re.escape(name)
            found += [(match.end(), code) for match in re.finditer(pattern, folded)]
    return max(found)[1] if found else None
