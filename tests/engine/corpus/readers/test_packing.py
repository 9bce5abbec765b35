"""gzip and zstd: what is packed is read as if it were not, and damage and traps do no harm."""

import gzip
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import zstandard

from engine.corpus.notes import Notes
from engine.corpus.readers import packing
from engine.trouble import Trouble
from tests.engine.corpus.documents import read

TEXT = "".join(f"{number} words and {number * number} more\n" for number in range(50_000))
Pack = Callable[[bytes], bytes]
PACKS = [gzip.compress, zstandard.ZstdCompressor().compress]
each_packing = pytest.mark.parametrize("pack", PACKS, ids=["gzip", "zstd"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "packed"


@each_packing
def test_packed_text_is_read_as_if_it_were_not(file: Path, pack: Pack) -> None:
    file.write_bytes(pack(TEXT.encode()))
    texts, said, pieces = read(file)
    assert (texts, said) == ([TEXT], "")
    assert pieces[-1].at == file.stat().st_size


@each_packing
def test_parts_that_follow_each_other_are_all_read(file: Path, pack: Pack) -> None:
    file.write_bytes(pack(b"one\n") + pack(b"two\n") + pack(b"") + pack(b"three\n"))
    assert read(file)[:2] == (["one\ntwo\nthree\n"], "")


@each_packing
@pytest.mark.parametrize("name", ["a.csv.gz", "a.csv.zst"])
def test_the_name_within_the_name_tells_the_kind(tmp_path: Path, pack: Pack, name: str) -> None:
    (tmp_path / name).write_bytes(pack(b"id,text\n1,one\n"))
    assert read(tmp_path / name).texts == ["one"]


@each_packing
def test_a_packed_file_that_is_cut_off_is_read_so_far_and_said(file: Path, pack: Pack) -> None:
    whole = pack(TEXT.encode())
    file.write_bytes(whole[: len(whole) * 2 // 3])
    texts, said, _ = read(file)
    assert TEXT.startswith(texts[0])
    assert len(texts[0]) > 100_000
    assert said == "1 file is damaged, and read up to the damage."


@each_packing
def test_a_packed_file_that_is_damaged_is_read_so_far_and_said(file: Path, pack: Pack) -> None:
    whole = bytearray(pack(TEXT.encode()))
    whole[len(whole) * 2 // 3 :] = b"\x55" * (len(whole) // 3 + 1)
    file.write_bytes(whole)
    texts, said, _ = read(file)
    assert texts[0][:100_000] == TEXT[:100_000]
    assert "damaged, and read up to the damage" in said


@each_packing
def test_a_trap_is_read_only_at_its_beginning(file: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "FREE", 1_000_000)
    file.write_bytes(pack(b"words words words words words\n" * 2_000_000))
    texts, said, _ = read(file)
    assert len(texts[0]) < 40_000_000
    assert said == "1 file is packed suspiciously small, so only the beginning is read."


def test_zstd_is_unpacked_in_chunks_that_can_be_held() -> None:
    packed = zstandard.ZstdCompressor().compress(bytes(300_000_000))
    chunks = packing.unpacked(BytesIO(packed), "zstd", lambda: len(packed), Notes())
    assert max(map(len, chunks)) <= 32 * 2**20 + 2**18


@each_packing
def test_packed_noise_is_binary(file: Path, pack: Pack) -> None:
    file.write_bytes(pack(bytes(1000)))
    with pytest.raises(Trouble, match="binary"):
        read(file)


def test_without_zstandard_it_is_said_what_to_install(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(zstandard.ZstdCompressor().compress(b"text"))
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    with pytest.raises(Trouble, match=r'pip install "lm-terrarium\[data\]"'):
        read(file)
