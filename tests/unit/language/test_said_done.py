"""Said means done: rows of sentences that claim an act and of sentences that only sound like it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tool_call import Effect
from language.said_done.claims import ClaimKind, Receipt, claims_of, unbacked_claims
from tools.backing import backed_by_name

HERE = Path(__file__).parent


def rows(name: str) -> list[str]:
    return (HERE / f"said_done_{name}.txt").read_text(encoding="utf-8").splitlines()


CLAIMS = [tuple(line.split(": ", 1)) for line in rows("claims")]
MISSED = [tuple(line.split(": ", 1)) for line in rows("missed")]
"""What no list holds and no verb of doing tells: the limit of these checks, in rows."""
NO_CLAIMS = rows("none")

BOOKED = Receipt("book_appointment", frozenset({"booked", "confirmed", "done"}))
NOTED = Receipt("log_call", frozenset({"noted"}))


def kinds_in(sentence: str) -> set[str]:
    return {kind.value for claim in claims_of(sentence) for kind in claim.kinds}


def unbacked(sentence: str, *receipts: Receipt) -> Sequence[str]:
    return ["/".join(sorted(claim.kinds)) for claim in unbacked_claims(sentence, receipts)]


def test_there_are_enough_rows() -> None:
    assert len(CLAIMS) >= 500
    assert len(NO_CLAIMS) >= 590
    assert len({sentence for _, sentence in CLAIMS + MISSED}) == len(CLAIMS + MISSED)


def test_what_is_claimed_is_found_with_its_kind() -> None:
    assert [sentence for kind, sentence in CLAIMS if kind not in kinds_in(sentence)] == []


def test_the_limit_is_known() -> None:
    assert [sentence for _, sentence in MISSED if claims_of(sentence)] == []


def test_what_is_offered_asked_planned_or_denied_is_no_claim() -> None:
    assert [sentence for sentence in NO_CLAIMS if claims_of(sentence)] == []


@pytest.mark.parametrize(
    "change", [str.upper, str.lower, lambda text: text.replace("'", "’"), lambda text: f"  {text} "]
)
def test_capitals_apostrophes_and_spaces_change_nothing(change: object) -> None:
    assert callable(change)
    for kind, sentence in CLAIMS:
        assert kind in kinds_in(change(sentence))
    assert [sentence for sentence in NO_CLAIMS if claims_of(change(sentence))] == []


def test_a_claim_stays_one_beside_other_sentences() -> None:
    for kind, sentence in CLAIMS:
        assert kind in kinds_in(f"Thank you. {sentence} Is there anything else?"), sentence


def test_receipts_back_the_claims_of_their_kind_only() -> None:
    assert unbacked("I've booked you in for Tuesday.", BOOKED) == []
    assert unbacked("Your appointment is confirmed.", BOOKED) == []
    assert unbacked("You're all set.", BOOKED) == []
    assert unbacked("I've sent you an e-mail.", BOOKED) == ["sent"]
    assert unbacked("I've booked it and sent you an e-mail.", BOOKED) == ["sent"]
    assert unbacked("I've booked it and sent you an e-mail.") == ["booked", "sent"]
    assert unbacked("Noted. You're booked.", NOTED) == ["booked"]
    assert unbacked("I've changed your appointment to Friday.", NOTED) == ["moved"]


def test_an_answer_says_more_and_less_than_its_tool() -> None:
    sent = Receipt("book_appointment", BOOKED.backs, {"email_sent": True, "calendar_added": True})
    queued = Receipt("send_email", frozenset({"sent", "done"}), {"email_sent": False})
    assert unbacked("I've sent you a confirmation.", sent) == []
    assert unbacked("I've sent you a confirmation.", queued) == ["sent"]
    assert unbacked("You will get a confirmation.", queued) == []


@pytest.mark.parametrize(
    ("name", "proven"),
    [
        ("book_appointment", {"booked", "confirmed", "done"}),
        ("reschedule_appointment", {"moved", "booked", "confirmed", "done"}),
        ("cancel_appointment", {"cancelled", "confirmed", "done"}),
        ("send_appointment_email", {"sent", "done"}),
        ("transfer_to_human", {"transferred", "done"}),
        ("update_customer_info", {"noted", "changed", "done"}),
        ("log_call_information", {"noted"}),
        ("end_call", {"done"}),
    ],
)
def test_a_tools_name_says_what_its_receipt_proves(name: str, proven: set[str]) -> None:
    assert backed_by_name(name, Effect.COMMIT) == proven
    assert backed_by_name(name, Effect.READ) == set()


def test_every_kind_is_claimed_in_a_row() -> None:
    assert {kind for kind, _ in CLAIMS} == {kind.value for kind in ClaimKind}


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert unbacked_claims(text, [Receipt("all", frozenset(kind.value for kind in ClaimKind))]) == []
