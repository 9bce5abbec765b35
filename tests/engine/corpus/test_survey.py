"""The first way through a text: counted, remembered if it is short, and the same again the second time."""

from collections.abc import Iterator

import numpy as np
import pytest

from engine.corpus.document import Piece
from engine.corpus.notes import Notes
from engine.corpus.source import Source
from engine.corpus.survey import survey
from engine.trouble import Trouble
from tests.engine.corpus.given import joined, source, surveyed
from tests.engine.taking import taken, told

TEXTS = ["One.", "Two ä.", "One.", "Four\ud800 is odd."]


def test_every_document_has_its_size_and_copies_have_one_digest():
    one = surveyed(TEXTS)
    assert one.sizes_D.tolist() == [4, 6, 4, 13]
    assert one.digests_D[0] == one.digests_D[2]
    assert len(set(one.digests_D.tolist())) == 3
    assert one.bytes == sum(len(text.encode("utf-8", "surrogatepass")) for text in TEXTS)


def test_how_a_document_is_cut_into_pieces_does_not_matter(monkeypatch: pytest.MonkeyPatch):
    text = "some words and more words " * 300
    whole = surveyed([text])
    monkeypatch.setattr("engine.corpus.document.PIECE", 500)
    cut = surveyed([text])
    assert whole.digests_D == cut.digests_D
    assert whole.sizes_D == cut.sizes_D
    assert joined(piece for _, piece in cut.pieces()) == [text]


def test_nats_are_those_of_the_documents():
    def read(_: Notes) -> Iterator[Piece]:
        yield Piece("First ", True, 6, 3.5)
        yield Piece("document", False, 14)
        yield Piece("Second", True, 20)

    one = taken(survey(Source("s", "", "", 20, (), read)))
    np.testing.assert_array_equal(one.nats_D, [3.5, np.nan])


@pytest.mark.parametrize("room", [0, 1000, 10**6])  # nine short texts take more than 1,000 bytes
def test_what_there_is_no_room_for_is_read_again_and_the_rest_remembered(room: int):
    texts, times = [f"Text {number}" for number in range(9)], []
    given = source(texts)

    def read(notes: Notes) -> Iterator[Piece]:
        times.append(notes)
        return given.read(notes)

    one = taken(survey(given._replace(read=read), room))
    for _ in range(2):
        assert joined(piece for _, piece in one.pieces()) == texts
    assert len(times) == (1 if room == 10**6 else 3)
    assert bool(one.remembered) == (room == 10**6)
    assert one.remembered <= room


@pytest.mark.parametrize("then", [["One."], ["One.", "Two."], ["One.", "Two.", "Three"], ["One.", "Two!", "Thre"]])
def test_a_text_that_changes_under_way_is_noticed(then: list[str]):
    texts = ["One.", "Two."]
    one = taken(survey(source(texts)._replace(read=lambda _: source(texts).read(Notes())), room=0))
    texts[:] = then
    if then == ["One.", "Two."]:
        assert len(list(one.pieces())) == 2
        return
    with pytest.raises(Trouble, match="changed while it was read"):
        list(one.pieces())


def test_no_text_at_all_is_trouble():
    with pytest.raises(Trouble, match="holds no text"):
        surveyed([])


def test_progress_is_the_share_of_what_is_read():
    progress, _ = told(survey(source(["a" * 50, "b" * 50])))
    assert [one.done for one in progress] == [0.5, 1.0]
