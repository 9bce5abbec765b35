"""Words as people mistype them: two letters swapped, one left out, one doubled, or the key beside it."""

ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
BESIDE = {key: row[place - 1] if place else row[1] for row in ROWS for place, key in enumerate(row)}


def mistyped(word: str, way: float, place: float) -> str:
    """Never the word itself, and never nothing; `way` and `place` are random numbers, 0 to 1."""
    at = int(place * len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    doubled = before + 2 * letter + after
    ways = doubled, before + after, before + after[:1] + letter + after[1:], before + beside(letter) + after
    wrong = ways[int(way * len(ways))]
    return wrong if wrong and wrong != word else doubled


def beside(letter: str) -> str:
    """The key to its left, or to its right where the row begins; itself where the keyboard does not have it."""
    key = BESIDE.get(letter.lower(), letter)
    return key.upper() if letter.isupper() else key
