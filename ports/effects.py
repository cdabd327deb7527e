"""What all outside effects have in common: the id made from a key, and the answer that was lost."""

from base64 import b32hexencode
from hashlib import sha256

from domain.errors import ProviderUnavailable


class OutcomeUnknown(ProviderUnavailable):
    """The request left and its answer did not come: it may have been done.

    Any other ProviderError says that it was not.
    """


def effect_id(key: str) -> str:
    """Make the id under which services know an effect: 32 of the characters 0-9 and a-v, the same for the same key.

    They are 160 bits of the key's SHA-256 in base32hex (RFC 4648, 7), which all of them take: as the id of an event, as
    the left side of a Message-ID, as the name of a file.
    """
    return b32hexencode(sha256(key.encode("utf-8", "surrogatepass")).digest()[:20]).decode().lower()
