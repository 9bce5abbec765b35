"""A guess at the language of a text in Latin letters: by its commonest words, and none where they are not there."""

import re
from collections import Counter
from collections.abc import Set

WORD = re.compile(r"[^\W\d_]+")
BEYOND_LATIN = "\u0250"  # letters before it are Latin
LEAST_WORDS, LEAST_SHARE, MARGIN = 4, 0.1, 1.3  # different ones, to be sure; times the second likeliest
COMMON = {  # no single letters: programs are full of them
    "English": "the of and to in is was that it he she for on with his her they at be this had not are but from we",
    "German": "der die das und ist nicht ein eine einer den mit von sich auf dem des im war es wir ich wenn als ihre",
    "French": "le la les et est des un une du de que qui dans pas pour ne il elle sur au ce nous sont avec était plus",
    "Spanish": "el la los las es de que en un una por con no se del su para al lo como más está son nos pero muy",
    "Italian": "il la che di un una non per sono gli nel della dei del con si le lo ha al alla anche era più questo",
    "Portuguese": "de que em um uma não para com da na se por mais foi dos ao são seu ele ela muito também isso pela",
    "Dutch": "de het een en van is niet in op dat te ik zijn met voor er aan was hij ze wij maar om ook naar",
    "Swedish": "och att det en ett som på är av för med den inte jag har om var de men vi till från hon när",
    "Danish or Norwegian": "og at det en et som på er av af for med den ikke jeg har om var de men vi til fra hun når",
    "Polish": "na się nie do to że jest jak za po co tak od ale przez był dla są czy go już ich tylko przed",
    "Turkish": "ve bir bu da de için ile çok olarak daha gibi ne kadar değil en olan sonra önce neden her var yok ki",
    "Indonesian": "yang dan di itu dengan untuk dari ini tidak pada adalah ke akan juga dia kami ada oleh saya orang",
}
LANGUAGES = {  # of each word
    word: tuple(name for name, words in COMMON.items() if word in words.split())
    for word in " ".join(COMMON.values()).split()
}


def language(text: str) -> tuple[str, int]:
    """Its name, or "" where it is none of these; and how many Latin letters say so."""
    words = [word for word in WORD.findall(text.lower()) if word[0] < BEYOND_LATIN]
    return _likeliest(set(words)), sum(map(len, words))


def _likeliest(words: Set[str]) -> str:
    found = Counter(name for word in words for name in LANGUAGES.get(word, ()))
    (first, most), (_, second) = (*found.most_common(2), ("", 0), ("", 0))[:2]
    sure = most >= max(LEAST_WORDS, LEAST_SHARE * len(words)) and most >= MARGIN * second
    return first if sure else ""
