"""What fields of the typed tables are: places as they were made, money within what money can be."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, get_origin

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from parsing import values
from parsing.grid import Place


class _AsMade:
    """A place is fixed when its cell is made: the very object is kept, only JSON is built anew."""

    @staticmethod
    def __get_pydantic_core_schema__(source: type[Place], build: GetCoreSchemaHandler) -> CoreSchema:
        texts, number = core_schema.str_schema(), core_schema.int_schema()
        fields = core_schema.tuple_schema([texts, texts, number, number, texts])
        anew = core_schema.no_info_after_validator_function(source._make, fields)
        return core_schema.json_or_python_schema(
            anew,
            core_schema.union_schema([core_schema.is_instance_schema(source), anew], mode="left_to_right"),
        )


class OfCells:
    """What was taken from cells as it stands is not looked through again, only JSON is."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, build: GetCoreSchemaHandler) -> CoreSchema:
        anew = build(source)
        kept = core_schema.is_instance_schema(get_origin(source))
        either = core_schema.union_schema([kept, anew], mode="left_to_right")
        return core_schema.json_or_python_schema(anew, either)


Where = Annotated[Place, _AsMade]
Places = Annotated[dict[str, Where], OfCells]


def _known(amounts: dict[str, Decimal]) -> dict[str, Decimal]:
    return {label: known for label, amount in amounts.items() if (known := values.money(amount)) is not None}


# 元, whole 分, and within what money can be, whoever makes the project: else unknown
Yuan = Annotated[Decimal | None, AfterValidator(lambda amount: amount and values.money(amount))]
Amounts = Annotated[dict[str, Decimal], AfterValidator(_known)]
