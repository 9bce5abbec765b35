"""Bytes become characters as they say themselves, or as a person says; nothing is guessed in silence."""

from pathlib import Path

import pytest

from engine.corpus.encoding import UnsureEncoding, guess, require_known
from engine.corpus.place import chosen
from engine.trouble import Trouble
from tests.engine.corpus.documents import read

TEXT = "A lantern. A río. An old – mill.\n"
GERMAN = "Die alte Mühle am Fluß hört man schon von weitem, über die Brücke führt ein schmaler Weg.\n"
RUSSIAN = "Старая мельница стоит у моря, и каждый вечер там горит фонарь.\n"
FRENCH = "Il était une fois une forêt où les élèves mangeaient des gâteaux à Noël, très vite.\n"
SWEDISH = "Det är en vacker dag på ön, och året är långt för den som vill ha smör.\n"
POLISH = "Jego pies jest już stary, ale nie boi się nocy, bo tak jak ty śpi przy nas do rana, od zawsze.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "my text.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_marked_and_plain_unicode_is_understood_without_a_word(file: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("e") else ""
    file.write_bytes((mark + TEXT).encode(encoding))
    assert read(file)[:2] == ([TEXT], "")


@pytest.mark.parametrize(("text", "encoding"), [(GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (TEXT, "cp1252")])
def test_what_is_no_utf_8_is_guessed_and_asked(file: Path, text: str, encoding: str) -> None:
    file.write_bytes(text.encode(encoding))
    with pytest.raises(UnsureEncoding) as unsure:
        read(file)
    assert (unsure.value.source, unsure.value.encoding) == (str(file), encoding)
    assert unsure.value.preview == text
    assert chosen(str(file), encoding=encoding) in unsure.value.advice


@pytest.mark.parametrize(
    ("text", "encoding"), [(FRENCH, "cp1252"), (SWEDISH, "cp1252"), (GERMAN, "cp1252"), (POLISH, "cp1250")]
)
def test_among_readings_of_the_same_bytes_the_words_decide(text: str, encoding: str) -> None:
    assert guess(text.encode(encoding) * 60) == encoding


def test_what_a_person_says_is_done(file: Path) -> None:
    file.write_bytes(TEXT.encode("cp1252"))
    assert read(file, encoding="cp1252")[:2] == ([TEXT], "")
    assert read(file, encoding="cp437").texts != [TEXT]


def test_one_foreign_sign_far_inside_is_asked_about(file: Path) -> None:
    file.write_bytes(b"plain words\n" * 300_000 + "schön\n".encode("cp1252") + b"plain words\n" * 10_000)
    with pytest.raises(UnsureEncoding, match="schön"):
        read(file)


def test_text_that_is_mostly_utf_8_is_broken_and_not_foreign(file: Path) -> None:
    file.write_bytes(RUSSIAN.encode() + b"\xff\n" + RUSSIAN.encode())
    with pytest.raises(UnsureEncoding) as unsure:
        read(file)
    assert unsure.value.encoding == "utf-8"
    texts, said, _ = read(file, encoding="utf-8")
    assert texts == [f"{RUSSIAN}\ufffd\n{RUSSIAN}"]
    assert said == "1 sign is not valid in utf-8 and replaced by \ufffd."


def test_a_text_that_ends_within_a_sign_is_read_and_said(file: Path) -> None:
    file.write_bytes("Eine schöne Mühle".encode()[:-1] + "ü".encode()[:1])
    texts, said, _ = read(file)
    assert texts == ["Eine schöne Mühl"]
    assert "cut off within its last sign" in said


def test_a_foreign_sign_at_the_very_end_is_not_lost(file: Path) -> None:
    file.write_bytes(b"caf\xe9")
    with pytest.raises(UnsureEncoding):
        read(file)


def test_broken_utf_16_is_repaired_and_said(file: Path) -> None:
    file.write_bytes("\ufeffA text".encode("utf-16-le") + b"\x00\xd8x")
    texts, said, _ = read(file)
    assert texts[0].startswith("A text\ufffd")
    assert "not valid in utf-16" in said


def test_unmarked_utf_16_can_be_chosen(file: Path) -> None:
    file.write_bytes(TEXT.encode("utf-16-le"))
    with pytest.raises(Trouble, match="binary"):
        read(file)
    assert read(file, encoding="utf-16-le").texts == [TEXT]


def test_noise_is_binary_and_not_asked_about(file: Path) -> None:
    file.write_bytes(bytes(range(1, 256)) * 100)
    with pytest.raises(Trouble, match="binary") as trouble:
        read(file)
    assert not isinstance(trouble.value, UnsureEncoding)


def test_a_zero_byte_within_a_text_is_replaced_and_counted(file: Path) -> None:
    file.write_bytes(b"words and words\n" * 1000 + b"ze\0ro\0\n")
    texts, said, _ = read(file)
    assert texts[0].endswith("ze\ufffdro\ufffd\n")
    assert said == "2 zero bytes are in the text and replaced by \ufffd."


def test_in_a_folder_an_encoding_is_for_those_that_are_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(GERMAN.encode("cp1252"))
    (tmp_path / "b").write_bytes(RUSSIAN.encode())
    with pytest.raises(UnsureEncoding) as unsure:
        read(tmp_path)
    assert unsure.value.source == str(tmp_path)
    assert read(tmp_path, encoding="cp1252")[:2] == ([GERMAN, RUSSIAN], "")


def test_mixed_line_ends_become_one_kind_and_are_said(file: Path) -> None:
    file.write_bytes(b"one\r\ntwo\rthree\nfour")
    texts, said, _ = read(file)
    assert texts == ["one\ntwo\nthree\nfour"]
    assert said == "1 file is written with line ends of several kinds, which became one."


def test_one_kind_of_line_ends_is_nothing_to_speak_of(file: Path) -> None:
    file.write_bytes(b"one\r\ntwo\r\n")
    assert read(file)[:2] == (["one\ntwo\n"], "")


@pytest.mark.parametrize("name", ["nonsense", "zlib", "rot13", "base64", "", "\0"])
def test_what_is_no_encoding_of_text_is_trouble(name: str) -> None:
    with pytest.raises(Trouble, match="no encoding of text"):
        require_known(name)


def test_several_names_of_one_encoding_are_all_known() -> None:
    for name in ("utf-8", "UTF8", "latin-1", "cp1252", "shift_jis", "utf-16-le"):
        require_known(name)


def test_noise_has_no_encoding() -> None:
    assert guess(bytes(range(1, 256)) * 10) == ""
