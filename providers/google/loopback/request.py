"""What Gemini takes as a request, as far as it refuses what it does not know.

Shapes after https://ai.google.dev/api/generate-content and /api/caching#Schema.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from providers.google import headers


class _Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


class FunctionCall(_Wire):
    """A call the model made earlier."""

    name: str
    args: dict[str, Any] = {}
    id: str | None = None


class FunctionResponse(_Wire):
    """What a call came back with."""

    name: str
    response: dict[str, Any]
    id: str | None = None
    parts: list[dict[str, Any]] | None = None


class InlineData(_Wire):
    """Sound, a picture or another file within the request."""

    mime_type: str = Field(min_length=1)
    data: Base64Bytes


class Part(_Wire):
    """One piece of content; exactly one of its data fields is set."""

    text: str | None = None
    function_call: FunctionCall | None = None
    function_response: FunctionResponse | None = None
    inline_data: InlineData | None = None
    file_data: dict[str, Any] | None = None
    thought: bool = False
    thought_signature: str | None = None

    @model_validator(mode="after")
    def _one_datum(self) -> Self:
        data = (self.text, self.function_call, self.function_response, self.inline_data, self.file_data)
        if sum(datum is not None for datum in data) != 1:
            raise ValueError("a part holds exactly one of text, call, response and data")
        return self


class Content(_Wire):
    """One message."""

    role: Literal["user", "model", "function"] = "user"
    parts: list[Part] = Field(min_length=1)


class Schema(_Wire):
    """The subset of OpenAPI's schema that `parameters` may use."""

    type: str | None = None
    format: str | None = None
    title: str | None = None
    description: str | None = None
    nullable: bool | None = None
    default: Any = None
    example: Any = None
    enum: list[str] | None = None
    items: "Schema | None" = None
    any_of: list["Schema"] | None = None
    properties: dict[str, "Schema"] | None = None
    property_ordering: list[str] | None = None
    required: list[str] | None = None
    additional_properties: Any = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    min_properties: int | None = None
    max_properties: int | None = None


class FunctionDeclaration(_Wire):
    """A function the model may call."""

    name: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_.:-]{0,127}$")
    description: str = ""
    parameters: Schema | None = None
    parameters_json_schema: dict[str, Any] | None = None
    behavior: str | None = None


class Tool(_Wire):
    """A set of functions."""

    function_declarations: list[FunctionDeclaration] = []


class GenerationConfig(BaseModel):
    """The options the loopback checks; others are taken as they come."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="allow", frozen=True)

    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    top_k: Annotated[int, Field(ge=1)] | None = None
    max_output_tokens: Annotated[int, Field(ge=1)] | None = None


class GenerateRequest(_Wire):
    """The body of generateContent."""

    contents: list[Content] = Field(min_length=1)
    system_instruction: Content | None = None
    tools: list[Tool] = []
    tool_config: dict[str, Any] | None = None
    safety_settings: list[dict[str, Any]] | None = None
    generation_config: GenerationConfig = GenerationConfig()
    cached_content: str | None = None

    @property
    def functions(self) -> list[FunctionDeclaration]:
        """Every function declared."""
        return [function for tool in self.tools for function in tool.function_declarations]


def problem_of(error: ValidationError) -> str:
    """Name the first field that is wrong, and why."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(step) for step in first["loc"])
    return f"Invalid value at '{place}': {first['msg']}"


def refusal(model: str, request: GenerateRequest, sent: Mapping[str, str]) -> str | None:
    """Say what Gemini refuses in a request that is well formed; None when it takes it."""
    least = int(headers.DEADLINE_FLOOR.total_seconds())
    deadline = sent.get(headers.DEADLINE, str(least))
    if not deadline.isdigit() or int(deadline) < least:
        return f"The deadline of {deadline}s is too short; the least is {least}s."
    if model.startswith("gemini-3") and _unsigned_call(request):
        return "A function call in the history lacks its thought_signature."
    return None


def _unsigned_call(request: GenerateRequest) -> bool:
    """Tell whether a message calls functions and none of its calls is signed."""
    messages = ([part for part in content.parts if part.function_call] for content in request.contents)
    return any(calls and not any(call.thought_signature for call in calls) for calls in messages)
