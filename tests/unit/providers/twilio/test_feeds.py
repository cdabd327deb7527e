"""What Twilio tells of a call: read in its own words, none of which is taken for more than it says."""

from datetime import timedelta

import pytest

from domain.errors import InvalidInput
from ports.calls import FINAL, PLACING, STATES, UNKNOWN
from ports.telephony import AnsweredBy
from providers.twilio.amd import Verdict, read_verdict
from providers.twilio.feeds import read_progress
from providers.twilio.ports import CallProgress, CallReference, CallState
from providers.twilio.webhook import Webhook

ABOUT = {"CallSid": "CA1", "From": "+1500", "To": "+1501"}


def progress(**fields: str) -> CallProgress | None:
    """Read a status callback."""
    return read_progress(Webhook(ABOUT | fields, {"tenant": "demo", "session": "s", "key": "k"}))


def test_a_status_callback_is_read() -> None:
    assert progress(CallStatus="completed", SequenceNumber="3", CallDuration="61") == CallProgress(
        CallReference("CA1", "+1500", "+1501", "demo", "s", "k"), CallState.COMPLETED, 3, timedelta(seconds=61)
    )
    failed = progress(CallStatus="failed", ErrorCode="13224", SequenceNumber="x")
    assert failed is not None
    assert (failed.reason, failed.sequence, failed.lasted) == ("13224", None, None)


def test_the_same_entry_has_the_same_key() -> None:
    entries = [
        progress(CallStatus="ringing", SequenceNumber="1"),
        progress(CallStatus="ringing", SequenceNumber="1", Timestamp="later"),
        progress(CallStatus="ringing", SequenceNumber="2"),
        progress(CallStatus="completed", SequenceNumber="1"),
        progress(CallStatus="ringing"),
    ]
    assert [entry.dedupe_key for entry in entries if entry] == [
        *("CA1:ringing:1", "CA1:ringing:1", "CA1:ringing:2", "CA1:completed:1", "CA1:ringing:"),
    ]


def test_a_status_that_is_not_known_is_left_out() -> None:
    assert progress(CallStatus="daydreaming") is None


def test_a_callback_without_its_call_or_status_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Twilio sends this"):
        progress()
    with pytest.raises(InvalidInput):
        read_progress(Webhook({"CallStatus": "ringing"}, {}))


def test_states_are_those_that_calls_are_kept_in() -> None:
    assert {str(state) for state in CallState} == set(STATES) - {PLACING, UNKNOWN}
    assert {str(state) for state in CallState if state.is_final} == FINAL


@pytest.mark.parametrize(
    ("words", "verdict", "may_hang_up"),
    [
        ("human", Verdict(AnsweredBy.HUMAN), False),
        ("machine_start", Verdict(AnsweredBy.MACHINE), True),
        ("machine_end_beep", Verdict(AnsweredBy.MACHINE, greeting_over=True), True),
        ("machine_end_silence", Verdict(AnsweredBy.MACHINE, greeting_over=True), True),
        ("machine_end_other", Verdict(AnsweredBy.MACHINE, greeting_over=True), True),
        ("fax", Verdict(AnsweredBy.FAX), True),
        ("unknown", Verdict(AnsweredBy.UNKNOWN), False),
        ("machine_end_of_the_world", Verdict(AnsweredBy.UNKNOWN), False),
        ("", Verdict(AnsweredBy.UNKNOWN), False),
    ],
)
def test_nobody_who_may_be_a_person_is_hung_up_on(words: str, verdict: Verdict, may_hang_up: bool) -> None:
    assert read_verdict(words) == verdict
    assert read_verdict(words).may_hang_up is may_hang_up
