"""What a document of the built-in world tells, exactly: −ln of the chance that it is written, by whichever choices."""

from functools import cache
from math import log

from engine.corpus.world import arithmetic, dialogues, facts, languages, programs
from engine.corpus.world.grammar import Plot, grammar
from engine.corpus.world.recognizer import Recognizer, State


def surprise(name: str, text: str) -> float:
    """In nats; ValueError if the rules cannot give the text. For a look at some documents: it is slow."""
    match name:
        case "stories":
            return _one_of(_plots(name, text.split("\n")))
        case "facts":
            return _several(facts.STATEMENTS, [_fact(line) for line in text.split("\n")])
        case "arithmetic":
            return _several(arithmetic.EXERCISES, [_plots(name, [line]) for line in text.split("\n")])
        case "programs":
            return _several(programs.PROGRAMS, [_program(part) for part in text.split("\n\n")])
        case "dialogues":
            return _dialogue(text.split("\n"))
    return _several(languages.SENTENCES, [_sentence(name, line) for line in text.split("\n")])


def _one_of(chance: float) -> float:
    if chance <= 0:
        raise ValueError("The rules do not give this text")
    return -log(chance)


def _several(limits: tuple[int, int], chances: list[float]) -> float:
    return log(limits[1] - limits[0] + 1) + sum(_one_of(chance) for chance in chances)


def _plots(name: str, scenes: list[str], prose: bool = True) -> float:
    """Any of the plots of a folder."""
    known = grammar(name)
    return sum(Recognizer(known, prose).plot(plot, scenes, {}) for plot in known.plots) / len(known.plots)


def _program(text: str) -> float:
    lines = [line for line in text.split("\n") if not line.startswith("# ")]
    return _plots("programs", ["\n".join(lines)], prose=False)


def _fact(text: str) -> float:
    known = Recognizer(grammar("facts"))
    about = (fact for fact in facts.table() if fact.subject in text)
    return sum(fact.chance * known.plot(fact.plot, [text], dict(fact.cast)) for fact in about)


def _sentence(language: str, text: str) -> float:
    known, place = _language(), languages.LANGUAGES.index(language)
    said = [sentence.said[place] for sentence in languages.sentences()]
    states = [known.told(each, text, [State(0, {}, 1.0)]) for each in said]
    return sum(state.chance for each in states for state in each) / len(said)


@cache
def _language() -> Recognizer:
    return Recognizer(languages.words())


Line = tuple[str, str]  # who speaks, and what


def _dialogue(lines: list[str]) -> float:
    """Two lines belong together, what one child says and what the other answers."""
    spoken: list[Line] = [line.partition(": ")[::2] for line in lines]
    children = len(_talk().grammar.banks["child"])
    opening, *talk, closing = zip(spoken[::2], spoken[1::2], strict=True)
    chances = [1 / children, 1 / (children - 1), _exchange("opening", *opening), _exchange("closing", *closing)]
    questions = [_question(*lines) for lines in talk]
    return sum(_one_of(chance) for chance in chances) + _several(dialogues.QUESTIONS, questions)


def _question(first: Line, second: Line) -> float:
    """Either of the two may have asked."""
    about = (fact for fact in facts.table() if fact.subject in first[1])
    return sum(_exchange("", first, second, fact) for fact in about) / 2


def _exchange(title: str, first: Line, second: Line, fact: facts.Fact | None = None) -> float:
    """The chance that a plot, or a question about a fact, sounds like this."""
    things = _talk().grammar.banks["child"]
    cast = {
        role: next(thing for thing in things if thing[""].plain == name)
        for role, (name, _) in zip(("asker", "teller"), (first, second), strict=True)
    }
    plot = _exchanges()[fact.plot.title if fact else title]
    chance = _talk().plot(plot, [first[1], second[1]], {**fact.cast, **cast} if fact else cast)
    return chance * fact.chance if fact else chance


@cache
def _talk() -> Recognizer:
    return Recognizer(grammar("facts", "dialogues"))


@cache
def _exchanges() -> dict[str, Plot]:
    return {plot.title: plot for plot in grammar("dialogues").plots}
