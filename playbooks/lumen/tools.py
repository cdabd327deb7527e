"""The five functions of a discovery call; their names, arguments and enums are a public contract."""

import unicodedata
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from domain.dataset import Change, append, set_once, set_value, union
from domain.playbook import ToolAnswer
from domain.tool_call import ConsentMode, Effect
from playbooks.lumen.dataset import (
    LONGEST_DETAILS,
    LONGEST_VALUE,
    MOST_CHANNELS,
    InsightCategory,
    MetricName,
    ProfileField,
    folded,
    same_words,
)
from playbooks.lumen.rules.demo import DEMO_ACTS, DEMO_WORDS
from playbooks.prompts import load_tool_descriptions
from tools.business_tool import LangChainTool, Moment, business_tool


def _tidied(text: str, longest: int) -> str:
    printable = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    words = " ".join(printable.split())
    if not any(letter.isalnum() for letter in words):
        raise ValueError("holds no words; give the prospect's own words")
    if len(words) > longest:
        raise ValueError(f"is {len(words)} characters long; {longest} are enough for a fact")
    return words


def _value(text: str) -> str:
    return _tidied(text, LONGEST_VALUE)


def _details(text: str) -> str:
    return _tidied(text, LONGEST_DETAILS)


def _some(channels: list[str]) -> list[str]:
    if not 0 < len(channels) <= MOST_CHANNELS:
        raise ValueError(f"name 1 to {MOST_CHANNELS} channels")
    return channels


Value = Annotated[str, AfterValidator(_value)]
Details = Annotated[str, AfterValidator(_details)]
Channels = Annotated[list[Value], AfterValidator(_some)]


async def update_profile_field(
    field_to_update: Annotated[ProfileField, Field(description="The fact that was corrected or added to.")],
    new_value: Annotated[Value, Field(description="The new value in the prospect's words.")],
    moment: Moment,
) -> ToolAnswer:
    """Set one field of the prospect's profile."""
    if same_words(moment.dataset.get(field_to_update), new_value):
        return _unchanged(f"{field_to_update} is {new_value!r} already")
    return _done(f"{field_to_update} is now {new_value!r}", [set_value(f"/{field_to_update}", new_value)])


async def log_metric(
    metric_name: Annotated[MetricName, Field(description="Which monthly figure.")],
    value_string: Annotated[Value, Field(description="The amount in the words used, never converted.")],
    moment: Moment,
) -> ToolAnswer:
    """Set a monthly figure to the words used."""
    if same_words(_insights(moment)["metrics"].get(metric_name), value_string):
        return _unchanged(f"{metric_name} is {value_string!r} already")
    path = f"/business_insights/metrics/{metric_name}"
    return _done(f"{metric_name} is now {value_string!r}", [set_value(path, value_string)])


async def record_business_insight(
    category: Annotated[InsightCategory, Field(description="What kind of insight it is.")],
    insight_details: Annotated[Details, Field(description="The insight in the prospect's own words.")],
    moment: Moment,
) -> ToolAnswer:
    """Append an insight."""
    for known in _insights(moment)["insights"]:
        if known["category"] == category and same_words(known["details"], insight_details):
            return _unchanged(f"this {category} is on record already")
    insight = {"category": category, "details": insight_details, "timestamp": moment.now}
    change = append("/business_insights/insights", insight, same_by=("category", "details"))
    return _done(f"recorded a {category}", [change])


async def log_marketing_channels(
    channels: Annotated[Channels, Field(description="The channels the prospect named, in their words.")],
    moment: Moment,
) -> ToolAnswer:
    """Add the channels that are not there yet."""
    known = {folded(channel) for channel in _insights(moment)["marketing_channels"]}
    fresh: dict[str, str] = {}
    for channel in channels:
        fresh.setdefault(folded(channel), channel)
    added = [channel for key, channel in fresh.items() if key not in known]
    if not added:
        return _unchanged("every channel named is on record already")
    return _done(f"added {', '.join(added)}", [union("/business_insights/marketing_channels", added)])


async def initiate_demo_creation(moment: Moment) -> ToolAnswer:
    """Note once that the demo was asked for."""
    if _insights(moment)["demo_creation_initiated"] is not None:
        return _unchanged("the demo is being created already")
    start = {"timestamp": moment.now, "status": "initiated"}
    return _done("demo creation initiated", [set_once("/business_insights/demo_creation_initiated", start)])


def build_tools() -> tuple[LangChainTool, ...]:
    """Make the tools, described by the newest `tools` prompt."""
    told = load_tool_descriptions(Path(__file__).parent / "prompts")
    facts: tuple[tuple[Any, set[str], set[str]], ...] = (
        (update_profile_field, {"field_to_update"}, {"new_value"}),
        (log_metric, {"metric_name"}, {"value_string"}),
        (record_business_insight, {"category"}, set()),
        (log_marketing_channels, set(), {"channels"}),
    )
    demo = business_tool(
        initiate_demo_creation,
        description=told["initiate_demo_creation"],
        effect=Effect.COMMIT,
        consent=ConsentMode.ASK,
        subject=DEMO_WORDS,
        acts=DEMO_ACTS,
    )
    noted = (
        business_tool(
            function, description=told[function.__name__], effect=Effect.REVERSIBLE, exempt=enums, quoted=words
        )
        for function, enums, words in facts
    )
    return (*noted, demo)


def _insights(moment: Moment) -> dict[str, Any]:
    insights: dict[str, Any] = moment.dataset["business_insights"]
    return insights


def _done(message: str, change: Change) -> ToolAnswer:
    return ToolAnswer({"success": True, "message": message}, change)


def _unchanged(message: str) -> ToolAnswer:
    return ToolAnswer({"success": True, "message": message, "unchanged": True})
