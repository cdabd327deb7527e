"""Keys: read, changed, lost."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ConfigError
from ports.database import JsonParameter, personal
from providers.encryption.aes import build_cipher, new_key
from providers.postgres.personal import MARK, bind, opened

OLD, NEW = new_key("old"), new_key("new")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_what_is_sealed_opens_where_it_was_bound(data: bytes, bound_to: bytes) -> None:
    cipher = build_cipher(NEW)
    assert cipher.open(cipher.seal(data, bound_to), bound_to) == data
    with pytest.raises(ConfigError, match="does not open"):
        cipher.open(cipher.seal(data, bound_to), bound_to + b"x")


def test_a_new_key_seals_and_the_old_one_opens() -> None:
    before = build_cipher(OLD).seal(b"words", b"")
    after = build_cipher(f"{NEW},{OLD}")
    assert after.open(before, b"") == b"words"
    assert b"new" in after.seal(b"words", b"")
    with pytest.raises(ConfigError, match="'old', which PARLEY_ENCRYPTION__KEYS does not have"):
        build_cipher(NEW).open(before, b"")


@pytest.mark.parametrize("setting", ["", "a", "a:", "a:eA==", "a:???", "twice", "a b:eA=="])
def test_a_key_that_cannot_be_used_is_named_and_not_shown(setting: str) -> None:
    with pytest.raises(ConfigError, match="PARLEY_ENCRYPTION__KEYS") as refused:
        build_cipher(f"{NEW},{NEW}" if setting == "twice" else setting)
    assert NEW.partition(":")[2] not in refused.value.message


@given(JSON)
def test_a_personal_value_comes_back_as_it_was(value: object) -> None:
    cipher = build_cipher(NEW)
    params = {"plain": "x", "value": JsonParameter({"kept": 1, "inner": personal(value)})}
    sealed = bind(params, "demo", cipher)["value"]
    text = sealed.dumps(sealed.obj).decode()
    read = orjson.loads(text)
    assert value is None or read["inner"].startswith(MARK)
    assert opened(read, "demo", cipher) == {"kept": 1, "inner": value}


def test_without_a_key_values_stay_as_they_are() -> None:
    params = {"words": personal("hello"), "sound": personal(b"\0"), "none": personal(None)}
    assert bind(params, "demo", None) == {"words": "hello", "sound": b"\0", "none": None}
