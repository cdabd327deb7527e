"""What a discovery call can learn about a prospect."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from domain.dataset import DatasetModel

ProfileField = Literal[
    "user_name", "job_title", "company_name", "company_description", "company_size", "company_sector"
]
MetricName = Literal["monthly_website_visitors", "monthly_inbound_calls", "monthly_form_submissions"]
InsightCategory = Literal["CHALLENGE", "GOAL", "MOTIVATION", "STRENGTH"]

LONGEST_VALUE = 300
"""Characters of a profile value, a figure or a channel."""
LONGEST_DETAILS = 2_000
"""Characters of an insight."""
MOST_CHANNELS = 20
"""Channels named in one turn."""

DEMO_PROFILE = {
    "user_name": "Scott",
    "job_title": "Head of Marketing",
    "company_name": "Quick Fit Windows",
    "company_description": (
        "a residential and commercial emergency window repair company based in Gloucestershire, England"
    ),
    "company_size": "20 to 50 people",
    "company_sector": "window repairs",
}
"""The prospect of the demo tenant."""


def folded(text: str) -> str:
    """Bring a value to the form it is compared in: any case, any spacing."""
    return " ".join(text.casefold().split())


def same_words(left: object, right: object) -> bool:
    """Whether two values are texts that say the same in any case and spacing."""
    return isinstance(left, str) and isinstance(right, str) and folded(left) == folded(right)


class Part(BaseModel):
    """A part of the dataset; unknown keys are an error."""

    model_config = ConfigDict(extra="forbid")


class Insight(Part):
    """The why behind the interest, in the prospect's words; `timestamp` in epoch seconds."""

    category: InsightCategory
    details: str
    timestamp: float


class DemoCreation(Part):
    """The demo was asked for; `timestamp` in epoch seconds."""

    timestamp: float
    status: Literal["initiated"] = "initiated"


class BusinessInsights(Part):
    """How the prospect's business finds customers and what it wants."""

    marketing_channels: list[str] = Field(default_factory=list)
    insights: list[Insight] = Field(default_factory=list)
    metrics: dict[MetricName, str] = Field(default_factory=dict)
    demo_creation_initiated: DemoCreation | None = None

    @field_validator("marketing_channels")
    @classmethod
    def _once_each(cls, channels: list[str]) -> list[str]:
        """Keep the first mention of each channel, whatever its case."""
        first: dict[str, str] = {}
        for channel in channels:
            first.setdefault(folded(channel), channel.strip())
        return list(first.values())


class LumenDataset(DatasetModel):
    """The dataset of a call; null is not known yet."""

    user_name: str | None = None
    job_title: str | None = None
    company_name: str | None = None
    company_description: str | None = None
    company_size: str | None = None
    company_sector: str | None = None
    business_insights: BusinessInsights = Field(default_factory=BusinessInsights)
