"""The same sentences in five languages: as many in each, none of them twice, each whole."""

from engine.corpus.world.parallel import SAME


def test_five_languages_have_as_many_sentences() -> None:
    assert list(SAME) == ["English", "German", "French", "Turkish", "Greek"]
    assert {len(sentences) for sentences in SAME.values()} == {5}


def test_each_sentence_is_whole_and_its_own() -> None:
    sentences = [sentence for each in SAME.values() for sentence in each]
    assert len(set(sentences)) == len(sentences)
    assert all(sentence[0].isupper() and sentence[-1] == "." for sentence in sentences)
