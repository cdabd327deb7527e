"""What any agent can do for a caller: take a message, note who calls, and let them go."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from domain.dataset import Change, append, set_once, set_value
from domain.errors import ToolRefused
from domain.playbook import ToolAnswer
from domain.tool_call import Effect
from playbooks.custom.acts import ENDING, Act, act_of
from playbooks.custom.dataset import LONGEST_MESSAGE
from playbooks.prompts import load_tool_descriptions
from tools.business_tool import LangChainTool, Moment, ToolFunction, business_tool

MOST_MESSAGES = 50
"""Messages of one call."""

CallerField = Literal["caller_name", "callback_number"]


def _tidied(text: str) -> str:
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not any(letter.isalnum() for letter in words):
        raise ValueError("holds no words; give the caller's own")
    if len(words) > LONGEST_MESSAGE:
        raise ValueError(f"is longer than {LONGEST_MESSAGE} characters")
    return words


Words = Annotated[str, AfterValidator(_tidied)]


async def take_message(
    message: Annotated[Words, Field(description="What the business is to know, in the caller's words.")],
    moment: Moment,
) -> ToolAnswer:
    """Add a message for the business."""
    known = [item["text"].casefold() for item in moment.dataset["messages"]]
    if message.casefold() in known:
        return _done("this message is noted already", [], unchanged=True)
    if len(known) >= MOST_MESSAGES:
        raise ToolRefused("There is no room for another message in this call.")
    return _done("the message is noted", [append("/messages", {"text": message, "at": moment.now}, same_by=("text",))])


async def note_caller(
    field: Annotated[CallerField, Field(description="Which fact about the caller.")],
    value: Annotated[Words, Field(description="The name or number as the caller said it.")],
    moment: Moment,
) -> ToolAnswer:
    """Note or correct who calls, or the number they want to be reached on."""
    if moment.dataset[field] == value:
        return _done(f"{field} is noted already", [], unchanged=True)
    return _done(f"{field} is now {value!r}", [set_value(f"/{field}", value)])


async def end_call(
    reason: Annotated[Words, Field(description="The caller's words that end the call, such as a goodbye.")],
    moment: Moment,
) -> ToolAnswer:
    """Hang up once our goodbye has been said."""
    if act_of(reason) not in ENDING | {Act.NO, Act.THANKS}:
        raise ToolRefused("The caller has not said goodbye; ask whether there is anything else.")
    return _done("the call ends when the goodbye has been said", [set_once("/ended", reason)])


def build_tools() -> tuple[LangChainTool, ...]:
    """Make the tools, described by the newest `tools` prompt; what each does can be taken back."""
    told = load_tool_descriptions(Path(__file__).parent / "prompts")
    rows: tuple[tuple[ToolFunction, str, set[str]], ...] = (
        (take_message, "message", set()),
        (note_caller, "value", {"field"}),
        (end_call, "reason", set()),
    )
    return tuple(
        business_tool(
            function,
            description=told[function.__name__],
            effect=Effect.REVERSIBLE,
            quoted={words},
            exempt=enums,
            backs={"noted"} if function is not end_call else (),
        )
        for function, words, enums in rows
    )


def _done(message: str, change: Change, **more: bool) -> ToolAnswer:
    return ToolAnswer({"success": True, "message": message, **more}, change)
