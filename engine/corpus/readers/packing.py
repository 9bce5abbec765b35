"""gzip and zstd, unpacked as they are read; what is damaged or a trap is read as far as it goes, and said."""

import zlib
from collections.abc import Callable, Iterator
from gzip import BadGzipFile, GzipFile
from typing import BinaryIO

from engine.corpus.left_out import missing
from engine.corpus.notes import Notes

CHUNK = 2**20  # bytes
SIP = 1024  # bytes of zstd, of which each four may unpack to 128 KB
WINDOW = 2**27  # bytes a zstd file may want to look back
FREE = 256 * 2**20  # bytes that may be unpacked before anybody asks how much they were packed
PACKED_AT_MOST = 300  # times; text rarely more than 20
UNPACKED_AT_MOST = 200 * 10**9  # bytes


def unpacked(file: BinaryIO, packing: str, at: Callable[[], int], notes: Notes) -> Iterator[bytes]:
    """Chunks of at most 32 MB; `at` tells how many packed bytes were read. LeftOut where zstandard is missing."""
    chunks = _gunzipped(file, notes) if packing == "gzip" else _unpacked_zstd(file, notes)
    done = 0
    for chunk in chunks:
        done += len(chunk)
        if done > UNPACKED_AT_MOST or (done > FREE and done > PACKED_AT_MOST * at()):
            notes.add("file", "files", "packed suspiciously small, so only the beginning is read")
            return
        yield chunk


def _gunzipped(file: BinaryIO, notes: Notes) -> Iterator[bytes]:
    try:
        with GzipFile(fileobj=file) as unpacker:
            while chunk := unpacker.read1(CHUNK):
                yield chunk
    except (BadGzipFile, EOFError, zlib.error):
        _damaged(notes)


def _unpacked_zstd(file: BinaryIO, notes: Notes) -> Iterator[bytes]:
    try:
        from zstandard import ZstdDecompressor, ZstdError
    except ImportError as error:
        raise missing("packed with zstd", "data") from error
    maker = ZstdDecompressor(max_window_size=WINDOW)
    unpacker = maker.decompressobj()
    chunk, whole = file.read(SIP), False
    try:
        while chunk:
            if unpacker.eof:  # several frames may follow each other
                unpacker = maker.decompressobj()
            yield unpacker.decompress(chunk)
            chunk, whole = unpacker.unused_data or file.read(SIP), unpacker.eof
    except ZstdError:
        whole = False
    if not whole:
        _damaged(notes)


def _damaged(notes: Notes) -> None:
    notes.add("file", "files", "damaged, and read up to the damage")
