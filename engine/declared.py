"""How a choice is declared: once, for the form, the command line, the validation and the record."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.trouble import Trouble


class Knob(NamedTuple):
    """How a person may set one field."""

    name: str
    kind: type
    default: Any
    help: str
    label: str
    group: str
    unit: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]  # empty: any value in the range
    log: bool  # the slider moves by factors, not by amounts
    live: bool  # may be turned while training
    advanced: bool  # folded away at first
    lowest: str  # what the lowest value means, where that is no amount: "off", "auto"
    when: Mapping[str, tuple[str, ...]]  # it means something only while each of these fields has one of these values

    def matters(self, values: Mapping[str, Any]) -> bool:
        """Whether it decides anything beside these values of the other fields."""
        return all(values[name] in some for name, some in self.when.items())


def knob(
    default: Any,
    help: str,  # noqa: A002 - the word a reader looks for
    low: float | None = None,
    high: float | None = None,
    **looks: Any,
) -> Any:
    """Declare a field: `looks` are the remaining fields of Knob."""
    return Field(default, ge=low, le=high, description=help, json_schema_extra=looks)


class Declared(BaseModel):
    """Frozen values, each declared by `knob`."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def __init__(self, **values: Any) -> None:
        """Raises Trouble with one clear sentence for a value that cannot be."""
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise plainly(error, type(self)) from error


def knobs(owner: type[Declared]) -> Iterator[Knob]:
    """The knobs of `owner`, in the order they are declared."""
    for name, field in owner.model_fields.items():
        kind: Any = field.annotation
        choices = get_args(kind) if get_origin(kind) is Literal else ()
        looks: dict[str, Any] = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        bounds = {type(rule).__name__: rule for rule in field.metadata}
        low, high = bounds.get("Ge"), bounds.get("Le")
        yield Knob(
            name=name,
            kind=str if choices else kind,
            default=field.default,
            help=field.description or "",
            label=looks.get("label", name.replace("_", " ").capitalize()),
            group=looks.get("group", ""),
            unit=looks.get("unit", ""),
            low=getattr(low, "ge", None),
            high=getattr(high, "le", None),
            choices=choices,
            log=looks.get("log", False),
            live=looks.get("live", False),
            advanced=looks.get("advanced", False),
            lowest=looks.get("lowest", ""),
            when=looks.get("when", {}),
        )


def plainly(error: ValidationError, owner: type[Declared]) -> Trouble:
    """The first thing wrong, named as the form names it."""
    first = error.errors()[0]
    labels = {knob.name: knob.label for knob in knobs(owner)}
    where = labels.get(str(first["loc"][0]), str(first["loc"][0])) if first["loc"] else ""
    message = first["msg"].removeprefix("Value error, ").removeprefix("Input ").removesuffix(".") + "."
    return Trouble(f"{where} {message}" if where else message, "Choose another value.")
