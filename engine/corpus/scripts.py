"""Which scripts a text is written in, as the names of its characters in Unicode say."""

from collections import Counter
from collections.abc import Mapping
from unicodedata import category, name

SIGNS, UNPRINTABLE, OTHER = "Digits and signs", "Unprintable", "Other letters"
NAMED = (
    "Latin Greek Cyrillic Armenian Hebrew Arabic Devanagari Bengali Gurmukhi Gujarati Tamil Telugu Kannada Malayalam"
    " Sinhala Thai Lao Tibetan Myanmar Georgian Hangul Ethiopic Khmer Mongolian Hiragana Katakana"
)
SCRIPTS = {script.upper(): script for script in NAMED.split()} | {"CJK": "Han", "IDEOGRAPHIC": "Han"}


def script_of(character: str) -> str:
    """Its name; "" for white space and for what only adds to another character."""
    kind = category(character)
    if character.isspace() or name(character, "").startswith(("COMBINING", "VARIATION")):
        return ""
    if kind[0] == "C":
        return UNPRINTABLE
    if kind[0] not in "LM":
        return SIGNS
    return next((SCRIPTS[word] for word in name(character, "").split() if word in SCRIPTS), OTHER)


def scripts(characters: Mapping[str, int]) -> Counter[str]:
    """How many characters are of each script."""
    found: Counter[str] = Counter()
    for character, count in characters.items():
        found[script_of(character)] += count
    del found[""]
    return found
