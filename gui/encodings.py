"""The ways to read bytes as text that a person is likely to need, by the names they are known by. Knows no Qt."""

from gui.sources import source_label

ENCODINGS = {  # as Python names them
    "cp1252": ("Windows-1252", "Western Europe"),
    "cp1250": ("Windows-1250", "Central Europe"),
    "cp1251": ("Windows-1251", "Cyrillic"),
    "cp1253": ("Windows-1253", "Greek"),
    "cp1254": ("Windows-1254", "Turkish"),
    "cp437": ("DOS 437", "old PCs"),
    "mac_roman": ("Mac Roman", "old Macs"),
    "shift_jis": ("Shift JIS", "Japanese"),
    "gb18030": ("GB 18030", "Chinese"),
    "euc_kr": ("EUC-KR", "Korean"),
    "utf-16": ("UTF-16", "all scripts"),
    "utf-8": ("UTF-8", "damaged signs are marked"),
}


def encoding_label(encoding: str) -> str:
    """cp1252 as Windows-1252; an unusual one as it is called."""
    known = ENCODINGS.get(encoding)
    return known[0] if known else encoding.replace("_", "-").upper()


def not_utf_8(source: str) -> str:
    """What is wrong with a text."""
    return f"{source_label(source)} is not in UTF-8."


def other_encodings(guess: str) -> dict[str, str]:
    """What else it may be: for a menu, by name."""
    return {name: f"{label} ({where})" for name, (label, where) in ENCODINGS.items() if name != guess}
