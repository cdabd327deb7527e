"""A LangChain tool with a policy: typed arguments in, an answer and a dataset change out."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from langchain_core.tools import InjectedToolArg, StructuredTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import BaseModel, ValidationError

from domain.errors import InvalidInput
from domain.playbook import CallMoment, ToolAnswer
from domain.tool_call import ConsentMode, Effect, ToolPolicy
from tools.backing import backed_by_name

Moment = Annotated[CallMoment, InjectedToolArg]
"""The type of the argument that Parley fills in and the model never sees."""

ToolFunction = Callable[..., Awaitable[ToolAnswer]]


@dataclass(frozen=True)
class LangChainTool:
    """A LangChain StructuredTool under one of our policies."""

    tool: StructuredTool
    policy: ToolPolicy
    exempt: frozenset[str] = frozenset()
    quoted: frozenset[str] = frozenset()
    backs: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name in the public contract."""
        return self.tool.name

    @property
    def description(self) -> str:
        """What the model is told."""
        return self.tool.description

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """JSON Schema of the arguments the model may give."""
        return dict(convert_to_openai_tool(self.tool)["function"]["parameters"])

    @cached_property
    def _schema(self) -> type[BaseModel]:
        schema = self.tool.tool_call_schema
        if isinstance(schema, type) and issubclass(schema, BaseModel):
            return schema
        raise TypeError(f"{self.name}: arguments need a pydantic schema")

    def validate(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Read the arguments by the schema; unknown arguments are refused too.

        Raises:
            InvalidInput: naming the first argument that is wrong and why.
        """
        known = self._schema.model_fields
        for name in arguments:
            if name not in known:
                raise InvalidInput(f"{self.name} takes no argument {name!r}", field=name)
        try:
            return self._schema.model_validate(dict(arguments)).model_dump(mode="json")
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            field = ".".join(str(part) for part in first["loc"])
            raise InvalidInput(f"{field}: {first['msg']}", field=field) from error

    async def run(self, arguments: Mapping[str, Any], moment: CallMoment) -> ToolAnswer:
        """Run the tool through LangChain, so that traces and Studio show it.

        Raises:
            ToolRefused: a business rule said no.
        """
        answer = await self.tool.ainvoke({**arguments, "moment": moment})
        if not isinstance(answer, ToolAnswer):
            raise TypeError(f"{self.name} must return a ToolAnswer, not {type(answer).__name__}")
        return answer


def business_tool(
    function: ToolFunction,
    *,
    description: str,
    effect: Effect,
    consent: ConsentMode | None = None,
    subject: Collection[str] = (),
    acts: Collection[str] = (),
    exempt: Collection[str] = (),
    quoted: Collection[str] = (),
    backs: Collection[str] | None = None,
) -> LangChainTool:
    """Make a tool from an async function whose last argument is `moment: Moment`.

    A gated tool names its act for the check of consent: `subject` by its nouns, `acts` by its verbs. `backs` names the
    claims that its receipt proves (`booked`, `sent`, ...); unless given, they are read off its name and effect.
    """
    tool = StructuredTool.from_function(coroutine=function, name=function.__name__, description=description)
    policy = ToolPolicy(effect=effect, consent=consent, subject=tuple(subject), acts=tuple(acts))
    proves = backed_by_name(function.__name__, effect) if backs is None else frozenset(backs)
    return LangChainTool(tool, policy, frozenset(exempt), frozenset(quoted), proves)
