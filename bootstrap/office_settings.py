"""Where letters, appointments and rows go: folders of this machine, or the services of a business."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, SecretStr, Tag

from bootstrap.parts import Part, kind_of

SENDER = "The front desk <desk@parley.example>"


def _or_mailbox(given: Any) -> str:
    return kind_of(given, "mailbox")


def _or_ics(given: Any) -> str:
    return kind_of(given, "ics")


def _or_csv(given: Any) -> str:
    return kind_of(given, "csv")


class MailboxMail(Part):
    """A folder of .eml files."""

    kind: Literal["mailbox"] = "mailbox"
    folder: Path | None = Field(default=None, description="None is `mail` in the data directory")
    sender: str = SENDER


class SmtpMail(Part):
    """A mail server."""

    kind: Literal["smtp"]
    sender: str = Field(default=SENDER, description='"Renova Hospitals <desk@renova.example>"')
    host: str
    port: int | None = Field(default=None, ge=1, le=65_535, description="None is the usual one")
    security: Literal["starttls", "tls", "plain"] = "starttls"
    user: str | None = None
    password: SecretStr | None = None


class GmailMail(Part):
    """Gmail, by its API."""

    kind: Literal["gmail"]
    sender: str = SENDER


MailPart = Annotated[
    Annotated[MailboxMail, Tag("mailbox")] | Annotated[SmtpMail, Tag("smtp")] | Annotated[GmailMail, Tag("gmail")],
    Discriminator(_or_mailbox),
]


class FolderCalendar(Part):
    """A folder of .ics files."""

    kind: Literal["ics"] = "ics"
    folder: Path | None = Field(default=None, description="None is `calendar` in the data directory")


class GoogleCalendar(Part):
    """Google Calendar."""

    kind: Literal["google"]
    calendar_id: str = "primary"
    invite: bool = Field(default=False, description="enter patients as guests; needs a user, or delegation")


CalendarPart = Annotated[
    Annotated[FolderCalendar, Tag("ics")] | Annotated[GoogleCalendar, Tag("google")],
    Discriminator(_or_ics),
]


class CsvSheet(Part):
    """A folder of CSV files."""

    kind: Literal["csv"] = "csv"
    folder: Path | None = Field(default=None, description="None is `sheets` in the data directory")


class GoogleSheet(Part):
    """A spreadsheet at Google."""

    kind: Literal["google"]
    spreadsheet_id: str
    spreadsheets: dict[str, str] = Field(
        default_factory=dict,
        description='tenants with a spreadsheet of their own: {"renova": "1AbC..."}; others have tabs of their own',
    )


SheetPart = Annotated[
    Annotated[CsvSheet, Tag("csv")] | Annotated[GoogleSheet, Tag("google")],
    Discriminator(_or_csv),
]


class GooglePart(Part):
    """The account at Google that mail, calendar and sheet use."""

    credentials_file: Path | None = Field(default=None, description="a service account's or an authorised user's JSON")
    credentials_json: SecretStr | None = Field(default=None, description="the same, by itself")
    subject: str | None = Field(default=None, description="on whose behalf a service account with delegation acts")
    base_url: str | None = Field(default=None, description="another address for all of Google's")
