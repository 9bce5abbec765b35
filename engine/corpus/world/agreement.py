"""Noun phrases in English, German and French: articles, cases, genders, adjectives and elisions as they must be."""

from typing import NamedTuple

VOWELS = "aeiouâàéèêëîïôœûh"  # every French h in our banks is mute
GENDERS = {"der": "masculine", "die": "feminine", "das": "neuter"}
DEFINITE = {"masculine": ("der", "den", "dem"), "feminine": ("die", "die", "der"), "neuter": ("das", "das", "dem")}
AFTER_EIN = {"masculine": ("", "en", "em"), "feminine": ("e", "e", "er"), "neuter": ("", "", "em")}
PRONOUN = {"masculine": "er", "feminine": "sie", "neuter": "es"}
WEAK = {"masculine": ("e", "en", "en"), "feminine": ("e", "e", "en"), "neuter": ("e", "e", "en")}  # after der
MIXED = {"masculine": ("er", "en", "en"), "feminine": ("e", "e", "en"), "neuter": ("es", "es", "en")}  # after ein


class Noun(NamedTuple):
    """`dog`, `der Hund`, `un chien`: the articles tell the genders."""

    english: str
    german: str
    french: str


class Adjective(NamedTuple):
    """`small`, `klein`, `petit, petite, before`: before or after the French noun."""

    english: str
    german: str
    french: str


def phrase(noun: Noun, adjective: Adjective | None = None) -> dict[str, str]:
    """All forms by name: each is called as it would be for a dog, `the`, `den`, `einem`, `du`; see the README."""
    return _english(noun, adjective) | _german(noun, adjective) | _french(noun, adjective)


def _english(noun: Noun, adjective: Adjective | None) -> dict[str, str]:
    words = f"{adjective.english} {noun.english}" if adjective else noun.english
    article = "an" if words[0] in "aeiou" else "a"
    how = {"how": adjective.english, "the_one": f"the {noun.english}"} if adjective else {}
    return {"": words, "bare": words, "the": f"the {words}", "a": f"{article} {words}", **how}


def _german(noun: Noun, adjective: Adjective | None) -> dict[str, str]:
    article, name = noun.german.split(" ")
    gender = GENDERS[article]
    stem = adjective.german.removesuffix("e") if adjective else ""
    forms = {"er": PRONOUN[gender], "welcher": article, "welchen": DEFINITE[gender][1]}
    forms |= {"wie": adjective.german, "der_eine": noun.german} if adjective else {}
    for case, the, a in zip(range(3), ("der", "den", "dem"), ("ein", "einen", "einem"), strict=True):
        weak, mixed = (f"{stem}{endings[gender][case]} " if adjective else "" for endings in (WEAK, MIXED))
        forms[the] = f"{DEFINITE[gender][case]} {weak}{name}"
        forms[f"{a}_rest"] = f"{AFTER_EIN[gender][case]} {mixed}{name}"  # after mein, sein, ihr, kein
        forms[a] = f"ein{forms[f'{a}_rest']}"
    return forms


def _french(noun: Noun, adjective: Adjective | None) -> dict[str, str]:
    article, _, name = noun.french.partition(" ")
    feminine = article == "une"
    words = _french_words(name, feminine, adjective)
    elided = words[0] in VOWELS
    the, of, to = ("la", "de la", "à la") if feminine else ("le", "du", "au")
    forms = {
        "le": f"l'{words}" if elided else f"{the} {words}",
        "du": f"de l'{words}" if elided else f"{of} {words}",
        "au": f"à l'{words}" if elided else f"{to} {words}",
        "un": f"{article} {words}",
        "de": f"d'{words}" if elided else f"de {words}",  # after a no, or an amount
        "mon": f"{'ma' if feminine and not elided else 'mon'} {words}",
        "son": f"{'sa' if feminine and not elided else 'son'} {words}",
        "il": "elle" if feminine else "il",
    }
    if adjective:
        alone = _french(noun, None)
        forms |= {"comment": _agreeing(adjective, feminine), "le_un": alone["le"]}
    return forms


def _french_words(name: str, feminine: bool, adjective: Adjective | None) -> str:
    if adjective is None:
        return name
    words = (_agreeing(adjective, feminine), name)
    return " ".join(words if adjective.french.endswith(", before") else reversed(words))


def _agreeing(adjective: Adjective, feminine: bool) -> str:
    return adjective.french.split(", ")[feminine]
