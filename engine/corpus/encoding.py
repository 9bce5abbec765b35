"""How bytes become characters: by their mark, else as strict UTF-8, else as a person says who was shown a guess."""

import codecs
from collections.abc import Iterable, Iterator
from io import IncrementalNewlineDecoder

from engine.corpus.languages import language
from engine.corpus.left_out import LeftOut, binary
from engine.corpus.notes import Notes
from engine.corpus.place import Place, chosen, shown
from engine.trouble import Trouble

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 256 * 1024  # bytes a guess is made from
PREVIEW, QUOTED = 300, 100  # characters, shown beside the question and within it
BEFORE = 40  # bytes of plain text shown before the first that is not
REPLACED, NUL = "\ufffd", "\0"
USUAL = ("cp1252", "cp1250", "cp1251")  # where several mean the same, the name people know
WEST, ELSEWHERE = "cp1252", {"Polish": "cp1250", "Turkish": "cp1254"}  # of the languages told by their words
WORDS = 1000  # bytes each side of the first foreign one that tell a language


class UnsureEncoding(Trouble):
    """A text is no UTF-8. A person should look at the preview and say what it is."""

    def __init__(self, place: Place, name: str, encoding: str, preview: str) -> None:
        answer = shown(chosen(place.source, encoding=encoding))
        words = shown(" ".join(preview.split()))[:QUOTED]
        super().__init__(
            f"{name} is not in UTF-8. Read as {encoding} it says: “{words}”.",
            f"If that looks right, choose {answer}; else name another encoding.",
        )
        self.source = place.source
        self.encoding = encoding
        self.preview = preview


def mark_of(start: bytes) -> str:
    """The encoding that the first bytes tell; "" if they tell none."""
    return next((encoding for mark, encoding in BYTE_ORDER_MARKS if start.startswith(mark)), "")


def require_known(encoding: str) -> None:
    """Trouble for a name that is no encoding of text."""
    try:
        "".encode(encoding)
        codecs.getincrementaldecoder(encoding)
    except (LookupError, UnicodeError, ValueError) as error:
        advice = "Choose utf-8, cp1252, shift_jis or another that Python knows."
        raise Trouble(f"“{shown(encoding)}” is no encoding of text.", advice) from error


def decoded(chunks: Iterable[bytes], place: Place, name: str, notes: Notes) -> Iterator[str]:
    """Characters with plain line ends, from the bytes of a file.

    As its mark says, or the person, and what does not fit is replaced and counted; else as strict UTF-8. UnsureEncoding
    where that fails, LeftOut where it is no text at all.
    """
    try:
        for text in _decoded(chunks, place.encoding, notes):
            if NUL in text:
                notes.add("zero byte", "zero bytes", f"in the text and replaced by {REPLACED}", text.count(NUL))
                text = text.replace(NUL, REPLACED)
            yield text
    except UnicodeDecodeError as error:
        start = max(0, error.start - SAMPLE // 2)
        raise unsure(place, name, error.object[start : start + SAMPLE]) from error


def is_utf_8(chunks: Iterable[bytes]) -> bool:
    """Whether it needs no other encoding."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def unsure(place: Place, name: str, sample: bytes) -> UnsureEncoding | LeftOut:
    """What to ask a person about bytes that are no UTF-8, or that there is nothing to ask."""
    encoding = guess(sample)
    if not encoding:
        return binary()
    foreign = first_foreign(sample)
    start = max(sample.rfind(b"\n", 0, foreign) + 1, foreign - BEFORE)
    preview = sample[start : start + 4 * PREVIEW].decode(encoding, "replace")[:PREVIEW]
    return UnsureEncoding(place, name, encoding, preview)


def guess(sample: bytes) -> str:
    """The likeliest encoding of bytes that are no UTF-8; "" if they are hardly text.

    UTF-8 itself where most of what is not ASCII is valid: then something is broken, not foreign.
    """
    text = sample.decode("utf-8", "replace")
    if text.count(REPLACED) < sum(sign > "\x7f" for sign in text) / 2:
        return "utf-8"
    from charset_normalizer import from_bytes  # not before it is needed: it takes a while to import

    found = from_bytes(sample)
    best = found.best()
    if best is None:
        return ""
    if (spoken := usual_of_words(sample)) in {name for match in found for name in match.could_be_from_charset}:
        return spoken
    alike = best.could_be_from_charset  # the same characters in each
    return next((usual for usual in USUAL if usual in alike), best.encoding)


def usual_of_words(sample: bytes) -> str:
    """What the language of a text is usually written in: its common words are much the same in all; "" if unknown."""
    at = first_foreign(sample)
    name, _ = language(sample[max(0, at - WORDS) : at + WORDS].decode(WEST, "replace"))
    return ELSEWHERE.get(name, WEST) if name else ""


def first_foreign(sample: bytes) -> int:
    """Where the first byte is that is not ASCII."""
    return next((at for at, byte in enumerate(sample) if byte > 0x7F), 0)


def _decoded(chunks: Iterable[bytes], encoding: str, notes: Notes) -> Iterator[str]:
    decoder: _Decoder | None = None
    for chunk in chunks:
        decoder = decoder or _Decoder(mark_of(chunk) or encoding, notes)
        yield decoder.text(chunk)
    if decoder:
        yield decoder.end()


class _Decoder:
    """Strict without an encoding, lenient with one."""

    def __init__(self, encoding: str, notes: Notes) -> None:
        self._encoding, self._notes = encoding, notes
        made = codecs.getincrementaldecoder(encoding or "utf-8")("replace" if encoding else "strict")
        self._decoder = IncrementalNewlineDecoder(made, translate=True)
        self._foreign = False  # whether anything but ASCII was understood

    def text(self, chunk: bytes, final: bool = False) -> str:
        text = self._decoder.decode(chunk, final)
        self._foreign = self._foreign or not text.isascii()
        if self._encoding and (broken := text.count(REPLACED)):
            self._notes.add("sign", "signs", f"not valid in {self._encoding} and replaced by {REPLACED}", broken)
        return text

    def end(self) -> str:
        if isinstance(self._decoder.newlines, tuple):
            self._notes.add("file", "files", "written with line ends of several kinds, which became one")
        try:
            return self.text(b"", final=True)
        except UnicodeDecodeError:
            if not self._foreign:
                raise
            self._notes.add("file", "files", "cut off within its last sign, which is left out")
            return ""
