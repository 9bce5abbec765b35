"""A language is guessed where the commonest words say it, and not where they do not."""

import pytest

from engine.corpus.languages import COMMON, language
from engine.corpus.world import told
from engine.corpus.world.parallel import SAME

TEXTS = {
    "Spanish": "La panadería del puerto abre antes de que salga el sol, y mi abuela guarda las cartas en una caja.",
    "Italian": "Il panificio del porto apre prima che sorga il sole, e mia nonna conserva le lettere in una scatola.",
    "Portuguese": "A padaria do porto abre antes de o sol nascer, e a minha avó não guarda as cartas em uma caixa.",
    "Dutch": "De bakkerij bij de haven gaat open voor het licht is, en mijn oma bewaart haar brieven in een doos.",
    "Swedish": "Bageriet vid hamnen öppnar innan solen är uppe, och min mormor har sina brev i en låda av plåt.",
    "Danish or Norwegian": "Bageriet ved havnen åbner, før solen er oppe, og min mormor har ikke brevene i en kasse.",
    "Polish": "Piekarnia jest już otwarta, a moja babcia mówi, że nie trzyma listów po to, aby je czytać.",
    "Indonesian": "Toko roti di pelabuhan itu sudah buka, dan nenek saya menyimpan surat yang lama dengan rapi.",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in SAME if name in COMMON])
def test_the_same_sentences_are_told_apart(name: str) -> None:
    assert language("\n".join(SAME[name]))[0] == name


@pytest.mark.parametrize("name", TEXTS)
def test_one_sentence_is_often_enough(name: str) -> None:
    assert language(TEXTS[name])[0] == name


def test_the_built_in_stories_are_english() -> None:
    assert {language(piece.text)[0] for _, piece in zip(range(50), told("stories", 1), strict=False)} == {"English"}


@pytest.mark.parametrize(
    "text", ["", "Kalevala, Ouagadougou, Llanfairpwll", "x = [i for i in y]\nprint(x, y)", "abc of"]
)
def test_what_is_no_sentence_has_no_language(text: str) -> None:
    assert language(text)[0] == ""


def test_only_latin_letters_are_counted() -> None:
    assert language("Ο φούρνος στο λιμάνι: it is the oven at the port") == ("English", 20)
