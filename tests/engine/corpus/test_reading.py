"""A person's files: whatever is chosen is read as text, or there is one clear sentence why not."""

import os
from pathlib import Path

import pytest

from engine.corpus import listing, reading
from engine.corpus.document import PIECE, in_pieces, word_end
from engine.corpus.notes import Notes
from engine.corpus.place import Place, place_of
from engine.trouble import Trouble
from tests.engine.corpus.documents import read
from tests.engine.taking import taken, told

TEXT = "A lantern. A río. An old – mill.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "my text.txt"


def found(path: Path) -> listing.Found:
    return taken(listing.find(place_of(str(path))))


def test_a_single_character_is_a_text(file: Path) -> None:
    file.write_text("x")
    assert read(file).texts == ["x"]


def test_an_empty_file_is_trouble(file: Path) -> None:
    file.touch()
    with pytest.raises(Trouble, match=r"my text\.txt is empty"):
        found(file)


def test_a_binary_file_is_trouble(file: Path) -> None:
    file.write_bytes(b"\x89PNG\r\n\0\0\0\rIHDR")
    with pytest.raises(Trouble, match="binary"):
        found(file)


def test_a_missing_path_is_trouble(file: Path) -> None:
    with pytest.raises(Trouble, match="nothing at"):
        found(file)


def test_a_word_that_is_no_text_is_told_which_ones_there_are() -> None:
    with pytest.raises(Trouble, match=r"nothing at storeis\. .* stories, facts"):
        taken(listing.find(Place("storeis")))


def test_a_path_that_cannot_be_is_trouble() -> None:
    with pytest.raises(Trouble, match="cannot be read"):
        taken(listing.find(Place("no\0path")))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_trouble_and_not_waited_for(file: Path) -> None:
    os.mkfifo(file)
    with pytest.raises(Trouble, match="neither a file nor a folder"):
        found(file)


def refuse(*_: object, **__: object) -> None:
    raise PermissionError("not yours")


def test_a_file_that_may_not_be_opened_is_trouble(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(TEXT)
    known = found(file)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Trouble, match="cannot be read"):
        found(file)
    with pytest.raises(Trouble, match="cannot be read"):
        list(reading.read(known, Notes()))


def test_a_folder_that_may_not_be_opened_is_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(Trouble, match="cannot be read"):
        found(tmp_path)


def test_a_folder_is_read_to_its_depths_in_the_order_of_paths(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c/d/e.py", "c/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"This is {name}")
    assert read(tmp_path).texts == [f"This is {name}" for name in ("a.txt", "b.md", "c/a.txt", "c/d/e.py")]


def test_hidden_and_binary_files_are_left_out_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / ".secret").write_text("hidden")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("hidden")
    for name in ("b.png", "c.png"):
        (tmp_path / name).write_bytes(b"\0\1\2")
    texts, said, _ = read(tmp_path)
    assert texts == [TEXT]
    assert said == "1 file is hidden and left out. 2 files are no text but binary and left out."


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "sub").mkdir()
    for place in (tmp_path / "sub" / "up", tmp_path / "sub" / "again"):
        place.symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    texts, said, _ = read(tmp_path)
    assert texts == [TEXT]
    assert said == "1 file is not readable and left out."


def test_folders_nested_without_end_are_read_as_deep_as_one_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "DEEPEST", 2)
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    for folder in (deep.parent, deep):
        (folder / "a.txt").write_text(TEXT)
    texts, said, _ = read(tmp_path)
    assert texts == [TEXT]
    assert said == "1 folder is nested too deeply and left out."


def test_a_folder_without_text_is_trouble_that_says_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(b"\0\1\2")
    with pytest.raises(Trouble, match=r"There is no text in .* 1 file is no text but binary"):
        found(tmp_path)


def test_each_file_of_a_folder_is_read_by_its_kind(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,number\none,1\n")
    (tmp_path / "b.jsonl").write_text('{"text": "two"}\n')
    (tmp_path / "c.html").write_text("<p>three</p>")
    (tmp_path / "d.md").write_text("four")
    assert read(tmp_path).texts == ["one", "two", "three", "four"]


@pytest.mark.parametrize("name", ["new\nline.txt", "nothing\udc80.txt", "right\u202eleft.txt", "a#b&c=d %20.txt", " "])
def test_names_may_have_any_characters_and_are_shown_harmlessly(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    try:
        file.write_text(TEXT)
    except OSError:
        pytest.skip("no such name on this system")
    assert read(file).texts == read(tmp_path).texts == [TEXT]
    assert found(file).name.isprintable()
    file.write_bytes(b"\0")
    with pytest.raises(Trouble) as trouble:
        found(file)
    assert trouble.value.message.isprintable()


@pytest.mark.parametrize("change", ["longer", "gone", "same size"])
def test_a_file_that_changed_after_it_was_found_is_trouble(file: Path, change: str) -> None:
    file.write_text(TEXT)
    os.utime(file, (1, 1))
    before = found(file)
    file.unlink() if change == "gone" else file.write_text(TEXT * 2 if change == "longer" else TEXT.swapcase())
    with pytest.raises(Trouble, match="changed while it was read"):
        list(reading.read(before, Notes()))


def test_a_file_that_grows_while_it_is_read_is_trouble(file: Path) -> None:
    file.write_text("some words\n" * 100_000)
    pieces = reading.read(found(file), Notes())
    next(pieces)
    with file.open("a") as more:
        more.write("more")
    with pytest.raises(Trouble, match="changed while it was read"):
        list(pieces)


def test_progress_is_told_in_bytes_of_the_source(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_text("A line of text.\n" * 100_000)
    ats = [piece.at for piece in read(tmp_path).pieces]
    assert ats == sorted(ats)
    assert ats[0] < ats[-1] == found(tmp_path).size == 3_200_000


def test_looking_is_told_and_can_be_broken_off(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.corpus.digests.CHUNK", 2**18)
    file.write_text("A line of text.\n" * 2**17)
    looks, _ = told(listing.find(place_of(str(file))))
    assert [look.done for look in looks] == [part / 8 for part in range(1, 9)]
    assert {look.task for look in looks} == {"Looking at text"}


def test_the_same_text_has_the_same_digest_wherever_it_is(tmp_path: Path) -> None:
    for name, text in (("a", TEXT), ("b", TEXT), ("c", TEXT + "!"), ("d.csv", TEXT)):
        (tmp_path / name).write_text(text)
    a, b, c, table = (found(tmp_path / name).digest for name in ("a", "b", "c", "d.csv"))
    assert a == b
    assert len({a, c, table}) == 3
    assert found(tmp_path / "a").digest != taken(listing.find(Place(str(tmp_path / "a"), encoding="cp1252"))).digest


def test_a_person_s_files_are_not_touched(file: Path) -> None:
    file.write_text(TEXT)
    file.chmod(0o400)
    before = file.stat().st_mtime_ns, sorted(file.parent.iterdir())
    read(file)
    assert (file.stat().st_mtime_ns, sorted(file.parent.iterdir())) == before


def test_pieces_put_together_are_the_text() -> None:
    some = ["words and words " * 30_000, "x" * 600_000, "\n\n \n" * 100_000]
    assert "".join(in_pieces(some)) == "".join(some)
    assert max(map(len, in_pieces(some))) <= PIECE


def test_a_cut_never_parts_a_word_from_its_space() -> None:
    assert word_end("one two  three", 12) == 3  # not within the two spaces
    assert word_end("one\ntwo three", 12) == 4
    assert word_end("onetwothree", 5) == 5
