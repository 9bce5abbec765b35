"""Texts that a tokenizer from a stranger has to cut before it is used: plain ones, odd ones, and long ones."""

EVERY = 61  # of all characters; a prime, so that each script has its turn
FROM_ALL_SCRIPTS = "".join(chr(code) for code in range(0x20, 0x110000, EVERY) if not 0xD800 <= code <= 0xDFFF)

PROBES = (
    "Mira put the lantern on the table, because the room was dark.",
    "Zoë’s café isn't open on Sundays: 12,345.67 €!",
    "  two  spaces,\n\na line,\ta tab ",
    "Съешь ещё этих мягких булок. 敏捷的棕色狐狸。 שלום عالم ภาษาไทย",
    "👩‍👩‍👧 e\u0301 \u202e\u200b",
    "<|endoftext|></s><s>[UNK][CLS]<unk>##",
    "def f(x):\n    return {'a': x ** 2}  # <b>\r\n",
    "\0\x01\x7f\x80\x85\ufeff\uffff",
    " ",
    "a" * 20_000,
    " " * 20_000,
    "ab" * 10_000,
    "x1_" * 5_000,
    FROM_ALL_SCRIPTS,
)
