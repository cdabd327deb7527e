"""Personal values on their way to and from the tables: sealed where there is a key, as they are where there is none.

Whatever quotes a caller is marked as `personal`, as a parameter of its own or at any depth of a JSON value. A sealed
value is a text that begins with a mark nobody types, in a text column or in the place of the JSON value.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

import orjson
from psycopg.types.json import Json, Jsonb

from ports.cipher import Cipher
from ports.database import Blind, JsonParameter, Personal

MARK = "\x01sealed:"
_TEXT, _JSON = "t", "j"


def bind(params: Mapping[str, Any], tenant_id: str, cipher: Cipher | None) -> dict[str, Any]:
    """Make parameters that psycopg can send; what is personal is sealed for this tenant."""
    seal = _sealer(tenant_id, cipher)
    return {
        name: _blinded(value, tenant_id, cipher) if isinstance(value, Blind) else _bound(value, seal)
        for name, value in params.items()
    }


def _blinded(value: Blind, tenant_id: str, cipher: Cipher | None) -> Any:
    """Digest a value to find rows by (without a key it is a plain SHA-256)."""
    if value.value is None:
        return [] if value.every else None
    data, bound_to = str(value.value).encode(), tenant_id.encode()
    digests = cipher.blind(data, bound_to) if cipher else [sha256(bound_to + b"\0" + data).digest()]
    return digests if value.every else digests[0]


def opened(value: Any, tenant_id: str, cipher: Cipher) -> Any:
    """Open everything sealed in a row or a JSON value.

    Raises:
        ConfigError: no configured key opens it.
    """
    match value:
        case str() if value.startswith(MARK):
            kind, data = value[len(MARK)], b64decode(value[len(MARK) + 1 :])
            plain = cipher.open(data, tenant_id.encode())
            return orjson.loads(plain) if kind == _JSON else plain.decode()
        case bytes() | memoryview() if bytes(value[: len(MARK)]) == MARK.encode():
            return cipher.open(bytes(value[len(MARK) :]), tenant_id.encode())
        case dict():
            return {key: opened(item, tenant_id, cipher) for key, item in value.items()}
        case list():
            return [opened(item, tenant_id, cipher) for item in value]
        case _:
            return value


_Seal = Callable[[Any], Any]


def _bound(value: Any, seal: _Seal) -> Any:
    match value:
        case Personal():
            return seal(value.value)
        case JsonParameter(inner, ordered):
            return (Json if ordered else Jsonb)(inner, dumps=_dumps(seal))
        case _:
            return value


def _dumps(seal: _Seal) -> Callable[[Any], bytes]:
    def sealed(item: Any) -> Any:
        if isinstance(item, Personal):
            return seal(item.value)
        raise TypeError(f"{type(item).__name__} is no JSON value")

    return lambda value: orjson.dumps(value, default=sealed, option=orjson.OPT_PASSTHROUGH_DATACLASS)


def _sealer(tenant_id: str, cipher: Cipher | None) -> _Seal:
    if cipher is None:
        return lambda value: value
    bound_to = tenant_id.encode()

    def seal(value: Any) -> Any:
        match value:
            case None:
                return None
            case bytes():
                return MARK.encode() + cipher.seal(value, bound_to)
            case str():
                return MARK + _TEXT + b64encode(cipher.seal(value.encode(), bound_to)).decode()
            case _:
                data = orjson.dumps(value)
                return MARK + _JSON + b64encode(cipher.seal(data, bound_to)).decode()

    return seal
