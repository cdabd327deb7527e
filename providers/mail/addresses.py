"""E-mail addresses, checked by syntax; whether somebody reads there only a letter can tell."""

from dataclasses import dataclass
from email.headerregistry import Address

from email_validator import EmailNotValidError, validate_email

from domain.errors import ConfigError, InvalidInput
from ports.plain_text import require_line


@dataclass(frozen=True)
class Sender:
    """From whom letters come: an address, and the name shown with it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.address.rpartition("@")[2]

    @property
    def header(self) -> Address:
        """As it stands in a header."""
        return Address(display_name=self.name, addr_spec=self.address)


def check_address(given: str, field: str) -> str:
    """Return an address in the form that every server takes: the domain in ASCII (IDNA), nothing else changed.

    Raises:
        InvalidInput: it cannot be one, or has letters before the @ that not every server takes.
    """
    require_line(given, field)
    try:
        checked = validate_email(given, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise InvalidInput(f"{field} must be an e-mail address.", field=field) from None
    return checked.ascii_email or checked.normalized


def build_sender(given: str) -> Sender:
    """Read `desk@clinic.example` or `The Desk <desk@clinic.example>` (ConfigError when it is neither)."""
    name, bracket, address = given.strip().removesuffix(">").rpartition("<")
    try:
        require_line(given, "sender")
        if bool(bracket) is not given.strip().endswith(">"):
            raise InvalidInput("sender must close what it opens.", field="sender")
        return Sender(check_address(address, "sender"), name.strip().strip('"'))
    except InvalidInput as error:
        raise ConfigError("The sender must be an address, or a name and an address in <>.") from error
