"""The head of an EPS file: what it shows and where it came from instead of the hour."""

import re

LONGEST = 200  # characters of a line; the rules allow 255


def described(whole: bytes, title: str, told: str) -> bytes:
    """`title` and `told` may hold anything; what is written is plain ASCII, line by line."""
    lines = [b"%%Title: " + _plain(title)[:LONGEST], *(b"%% " + part for part in _parts(_plain(told)))]
    head, end, rest = whole.partition(b"%%EndComments\n")
    head = re.sub(rb"%%(Title|CreationDate):.*\n", b"", head)
    return head + b"\n".join(lines) + b"\n" + end + rest


def _plain(text: str) -> bytes:
    """ASCII on one line."""
    return text.encode("ascii", "backslashreplace").replace(b"\n", b" ").replace(b"\r", b" ")


def _parts(text: bytes) -> list[bytes]:
    return [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]
