"""Documents that say nearly the same: MinHash with one permutation, and locality-sensitive hashing, in NumPy.

A document is the set of its runs of five words; what is not ASCII counts as letters. Of each set 64 numbers are kept,
such that two sets have as many of them in common as the sets overlap (Broder, 1997; one permutation and its
densification: Shrivastava and Li, 2014).
Documents are compared that agree in all numbers of one of 16 bands: at an overlap of 0.7 that misses one in 80.
"""

import numpy as np

from engine.corpus.spread import Spread

MOST = 32_768  # documents
WORDS = 5  # to a shingle
BINS, BANDS = 64, 16
SAME = 0.7  # overlap (Jaccard) from which on two documents are nearly the same
READ = 20_000  # characters of a document: of a book, the beginning says enough
BATCH = 500_000  # bytes hashed at once
EMPTY = np.uint32(2**32 - 1)
ODD = np.uint64(0x9E3779B97F4A7C15)
POWERS = np.multiply.accumulate(np.full(BINS // BANDS, ODD))
MASKS = np.array([2 ** (8 * length) - 1 for length in range(9)], np.uint64)
LETTERS = bytes(byte if byte >= 128 or chr(byte).isalnum() else 0 for byte in bytes(range(256)).lower())


class NearCopies:
    """Documents go in, signatures of 256 bytes stay: of MOST documents at most, spread over all of them."""

    def __init__(self) -> None:
        self._signed: Spread[np.ndarray] = Spread(MOST)
        self._exactly: set[int] = set()  # hashes of whole texts: exact copies are counted elsewhere
        self._waiting: list[bytes] = []
        self._size = 0

    def add(self, text: str) -> None:
        """One document, or the beginning of a long one."""
        if not self._signed.wants() or hash(text) in self._exactly:
            return
        self._exactly.add(hash(text))
        self._waiting.append(text[:READ].encode("utf-8", "surrogatepass"))
        self._size += len(self._waiting[-1])
        if self._size >= BATCH:
            self._sign()

    def counted(self) -> tuple[int, int]:
        """Documents that were compared, and how many of them are nearly the same as an earlier one."""
        self._sign()
        signatures_DB = np.array(self._signed.kept, np.uint32).reshape(-1, BINS)
        return len(signatures_DB), int(near_copies(signatures_DB).sum())

    def _sign(self) -> None:
        if self._waiting:
            self._signed.kept.extend(signatures(self._waiting))
        self._waiting, self._size = [], 0


def signatures(documents: list[bytes]) -> np.ndarray:
    """signatures_DB of texts in UTF-8: uint32; all EMPTY for less than WORDS words."""
    words_N, document_N = _words(documents)
    shingles_S, document_S = words_N[WORDS - 1 :].copy(), document_N[WORDS - 1 :]
    for back in range(1, WORDS):
        shingles_S *= ODD
        shingles_S += words_N[WORDS - 1 - back : -back or None]
    whole_S = document_S == document_N[: len(document_S)]
    hashed_S = _mixed(shingles_S[whole_S])
    place_S = document_S[whole_S] * BINS + (hashed_S >> np.uint64(58)).astype(np.int64)
    signed = np.full(len(documents) * BINS, EMPTY)
    np.minimum.at(signed, place_S, hashed_S.astype(np.uint32))
    return _filled(signed.reshape(-1, BINS))


def near_copies(signatures_DB: np.ndarray) -> np.ndarray:
    """Which of D documents are nearly the same as the first of a band they fall into: bool."""
    found_D = np.zeros(len(signatures_DB), bool)
    several_D = np.flatnonzero((signatures_DB != EMPTY).any(axis=1))
    for band in np.split(signatures_DB[several_D], BANDS, axis=1):
        keys_D = _mixed(band.astype(np.uint64) @ POWERS)
        _, first, group = np.unique(keys_D, return_index=True, return_inverse=True)
        earlier_D = several_D[first[group]]
        alike = (signatures_DB[several_D] == signatures_DB[earlier_D]).mean(axis=1) >= SAME
        found_D[several_D[alike & (earlier_D < several_D)]] = True
    return found_D


def _words(documents: list[bytes]) -> tuple[np.ndarray, np.ndarray]:
    """A number for each word, of its first and last eight letters, and the document it stands in."""
    text = b"\0".join([document.translate(LETTERS) for document in documents])
    text = b"\0" * 8 + text + b"\0" * 8
    letters = np.frombuffer(text, np.uint8) != 0
    edges = np.flatnonzero(letters[1:] != letters[:-1]) + 1
    starts_N, ends_N = edges[::2], edges[1::2]
    eights = np.ndarray(len(text) - 7, "<u8", text, strides=(1,))  # those that begin at each byte
    length_N = ends_N - starts_N
    mask_N = MASKS[np.minimum(length_N, 8)]
    tails_N = eights[np.maximum(starts_N, ends_N - 8)] & mask_N
    words_N = _mixed((eights[starts_N] & mask_N) * ODD + tails_N + length_N.astype(np.uint64))
    ends_D = np.cumsum([len(document) + 1 for document in documents]) + 8
    counts_D = np.diff(np.searchsorted(starts_N, ends_D), prepend=0)
    return words_N, np.repeat(np.arange(len(documents)), counts_D)


def _filled(signatures_DB: np.ndarray) -> np.ndarray:
    """An empty bin borrows from the next that is not, and tells from how far."""
    twice = np.concatenate([signatures_DB, signatures_DB], axis=1)
    place = np.where(twice != EMPTY, np.arange(2 * BINS), 2 * BINS - 1)
    next_DB = np.minimum.accumulate(place[:, ::-1], axis=1)[:, ::-1][:, :BINS]
    far_DB = (next_DB - np.arange(BINS)).astype(np.uint32)
    borrowed = np.take_along_axis(twice, next_DB, axis=1)
    return np.where(borrowed == EMPTY, EMPTY, borrowed ^ far_DB * np.uint32(0x9E3779B1))


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Each bit of a number decides about each bit of its hash: the end of SplitMix64 (Steele and others, 2014)."""
    mixed = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    hashed: np.ndarray = mixed ^ (mixed >> np.uint64(31))
    return hashed
