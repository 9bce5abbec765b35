"""A person's files: whatever is chosen is read as text, or there is one clear sentence why not."""

import os
from pathlib import Path

import pytest

from engine.corpus import listing, reading
from engine.corpus.document import Collected, in_pieces, word_end
from engine.trouble import Trouble
from tests.engine.taking import taken, told

TEXT = "A lantern. A río. An old – mill.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "my text.txt"


def read(path: Path) -> Collected:
    return taken(reading.read(taken(listing.find(path))))


def texts(path: Path) -> list[str]:
    return [document.text for document in read(path).documents]


def warnings(path: Path) -> str:
    found = taken(listing.find(path))
    return " ".join((*found.warnings, *taken(reading.read(found)).warnings))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_marked_and_plain_unicode_is_understood_without_a_word(file: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("e") else ""
    file.write_bytes((mark + TEXT).encode(encoding))
    assert texts(file) == [TEXT]
    assert not warnings(file)


def test_invalid_utf_8_is_read_as_windows_1252_and_said(file: Path) -> None:
    file.write_bytes(TEXT.encode("cp1252"))
    assert texts(file) == [TEXT]
    assert warnings(file) == "The text is in no valid UTF-8, read as Windows-1252."


def test_what_is_not_windows_1252_either_is_latin_1(file: Path) -> None:
    file.write_bytes(b"caf\xe9 \x81")
    assert texts(file) == ["café \x81"]
    assert "Latin-1" in warnings(file)


def test_broken_utf_16_is_repaired_and_said(file: Path) -> None:
    file.write_bytes("\ufeffA text".encode("utf-16-le") + b"\x00\xd8x")
    assert texts(file)[0].startswith("A text\ufffd")
    assert "broken UTF-16" in warnings(file)


def test_mixed_line_ends_become_one_kind_and_are_said(file: Path) -> None:
    file.write_bytes(b"one\r\ntwo\rthree\nfour")
    assert texts(file) == ["one\ntwo\nthree\nfour"]
    assert "line ends of several kinds" in warnings(file)


def test_one_kind_of_line_ends_is_nothing_to_speak_of(file: Path) -> None:
    file.write_bytes(b"one\r\ntwo\r\n")
    assert texts(file) == ["one\ntwo\n"]
    assert not warnings(file)


def test_a_single_character_is_a_text(file: Path) -> None:
    file.write_text("x")
    assert texts(file) == ["x"]


def test_an_empty_file_is_trouble(file: Path) -> None:
    file.touch()
    with pytest.raises(Trouble, match=r"my text\.txt is empty"):
        taken(listing.find(file))


def test_only_white_space_is_trouble(file: Path) -> None:
    file.write_text(" \n\n ")
    with pytest.raises(Trouble, match="holds no text"):
        read(file)


def test_a_binary_file_is_trouble(file: Path) -> None:
    file.write_bytes(b"\x89PNG\r\n\0\0\0\rIHDR")
    with pytest.raises(Trouble, match="binary"):
        taken(listing.find(file))


def test_a_missing_path_is_trouble(file: Path) -> None:
    with pytest.raises(Trouble, match="nothing at"):
        taken(listing.find(file))


def test_a_path_that_cannot_be_is_trouble() -> None:
    with pytest.raises(Trouble, match="cannot be read"):
        taken(listing.find(Path("no\0path")))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_trouble_and_not_waited_for(file: Path) -> None:
    os.mkfifo(file)
    with pytest.raises(Trouble, match="neither a file nor a folder"):
        taken(listing.find(file))


def refuse(*_: object, **__: object) -> None:
    raise PermissionError("not yours")


def test_a_file_that_may_not_be_opened_is_trouble(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(TEXT)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Trouble, match="cannot be read"):
        taken(listing.find(file))


def test_a_folder_that_may_not_be_opened_is_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(Trouble, match="cannot be read"):
        taken(listing.find(tmp_path))


def test_a_folder_is_read_to_its_depths_in_the_order_of_paths(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c/d/e.py", "c/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"This is {name}")
    assert texts(tmp_path) == [f"This is {name}" for name in ("a.txt", "b.md", "c/a.txt", "c/d/e.py")]


def test_hidden_and_binary_files_are_left_out_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / ".secret").write_text("hidden")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("hidden")
    for name in ("b.png", "c.png"):
        (tmp_path / name).write_bytes(b"\0\1\2")
    assert texts(tmp_path) == [TEXT]
    assert warnings(tmp_path) == "Files left out: 1 is hidden, 2 are no text but binary."


def test_how_many_files_were_unusual_is_said(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_bytes(f"{name} é".encode("latin-1" if name != "c" else "utf-8"))
    assert warnings(tmp_path) == "2 of 3 files are in no valid UTF-8, read as Windows-1252."


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "sub").mkdir()
    for place in (tmp_path / "sub" / "up", tmp_path / "sub" / "again"):
        place.symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    assert texts(tmp_path) == [TEXT]
    assert "1 is not readable" in warnings(tmp_path)


def test_a_folder_without_text_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(b"\0\1\2")
    with pytest.raises(Trouble, match="There is no text in"):
        taken(listing.find(tmp_path))


def test_lines_of_separators_part_documents(file: Path) -> None:
    file.write_text(
        "one\n<|endoftext|>\ntwo <|endoftext|> still two\n<|endoftext|>\n\n<|endoftext|>\nthree\n<|endoftext|>"
    )
    assert texts(file) == ["one\n", "two <|endoftext|> still two\n", "three\n"]


def test_a_long_text_comes_in_pieces_that_end_with_lines(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"This is line {number} of a text.\n" for number in range(40_000)]
    file.write_text("".join(lines))
    [document] = read(file).documents
    assert len(document.pieces) > 3
    assert all(piece.endswith("\n") for piece in document.pieces)
    assert document.text == "".join(lines)


def test_a_long_line_is_cut_before_words(file: Path) -> None:
    file.write_text("all of this is one line " * 40_000)
    [document] = read(file).documents
    assert len(document.pieces) > 3
    assert all(piece.startswith(" ") for piece in document.pieces[1:])
    assert document.text == file.read_text()


def test_of_too_much_text_the_beginning_is_read_and_progress_is_told(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "READ_AT_MOST", 2 * 2**20)
    monkeypatch.setattr(listing, "CHUNK", 2**18)
    file.write_text("A line of text.\n" * 300_000)
    looked, found = told(listing.find(file))
    progress, collected = told(reading.read(found))
    assert found.size == 2 * 2**20
    assert found.warnings == ("Only the first 2 MB are read; the rest is left out.",)
    assert 1.5 * 2**20 < collected.documents[0].size <= 2.5 * 2**20
    assert len(looked) == 8
    assert len(progress) > 5
    done = [one.done for one in progress]
    assert done == sorted(done)


def test_files_beyond_the_limit_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "READ_AT_MOST", 30)
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name * 20)
    assert [file.name for file in taken(listing.find(tmp_path)).files] == ["a", "b"]


def test_the_same_text_has_the_same_digest_wherever_it_is(tmp_path: Path) -> None:
    for name, text in (("a", TEXT), ("b", TEXT), ("c", TEXT + "!")):
        (tmp_path / name).write_text(text)
    a, b, c = (taken(listing.find(tmp_path / name)).digest for name in "abc")
    assert a == b != c


def test_a_person_s_files_are_not_touched(file: Path) -> None:
    file.write_text(TEXT)
    file.chmod(0o400)
    before = file.stat().st_mtime_ns, sorted(file.parent.iterdir())
    read(file)
    assert (file.stat().st_mtime_ns, sorted(file.parent.iterdir())) == before


def test_pieces_put_together_are_the_text() -> None:
    some = ["words and words " * 30_000, "x" * 600_000, "\n\n \n" * 100_000]
    assert "".join(in_pieces(some)) == "".join(some)


def test_a_cut_never_parts_a_word_from_its_space() -> None:
    assert word_end("one two  three", 12) == 3  # not within the two spaces
    assert word_end("one\ntwo three", 12) == 4
    assert word_end("onetwothree", 5) == 5
