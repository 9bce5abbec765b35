"""What an error that ends a run is in words for a person."""

from traceback import format_exception

from engine.corpus.encoding import UnsureEncoding
from engine.events import EncodingUnsure, Failed
from engine.trouble import Trouble

NO_MEMORY = "There is not enough memory.", "Choose a smaller model, batch or text."
OWN_ERROR = "The engine met an error of its own.", "What was recorded is kept; restart the run."


def failure(error: Exception, step: int, time: float) -> Failed:
    """Failed, or that a person has to say what a text is written in; details only of what nobody expected."""
    match error:
        case UnsureEncoding():
            told = error.message, error.advice, "", error.source, error.encoding, error.preview
            return EncodingUnsure(step, time, *told)
        case Trouble():
            return Failed(step, time, error.message, error.advice)
    words = NO_MEMORY if out_of_memory(error) else OWN_ERROR
    return Failed(step, time, *words, "".join(format_exception(error)))


def out_of_memory(error: Exception) -> bool:
    """Python says so by a type of error; torch by another on a GPU, and only in words on a processor."""
    said = any(words in str(error) for words in ("allocate memory", "not enough memory"))
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError" or said
