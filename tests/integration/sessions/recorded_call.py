"""A call of thirty turns with everything in it that a replay must come to again, and how it is replayed."""

from collections.abc import Sequence
from typing import Any, Literal

from bootstrap.replays import build_replays
from bootstrap.settings import Settings
from domain.errors import Fault, ProviderUnavailable
from domain.turn import TurnResult
from ports.chat_model import ChatAnswer, ChatModel, ChatRequest
from ports.records import TurnReceipt
from providers.postgres.database import Database
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from sessions.replaying.replays import Replays
from sessions.service import Parley

QUESTION = "Shall I go ahead and create the demo for you?"
CALL = [
    ("lumen", "Hello, this is Lumen. How many visitors do you get?"),
    ("User", "um we get we get 500 visitors a month"),
    ("lumen", "And calls?"),
    ("User", "about 90 calls a month"),
    ("lumen", QUESTION),
    ("User", "yeah maybe, we mostly use Google"),
    ("lumen", "Where do your customers find you?"),
    ("User", "sorry I meant 600 visitors a month"),
    ("User", "our company size is 20 people"),
    ("User", "   "),
    ("lumen", QUESTION),
    ("User", "no, please don't create it"),
    ("lumen", "That is fine."),
    ("User", "hello are you there"),
    ("lumen", "I am. What is your company called?"),
    ("User", "we are called uh Riverbank Glazing"),
    ("User", "and we get 600 visitors a month as I said"),
    ("lumen", "Do you advertise?"),
    ("User", "a leaflet now and then"),
    ("lumen", QUESTION),
    ("User", "perhaps when my partner is back"),
    ("lumen", "Of course. What does a customer bring you?"),
    ("User", "it depends on the season really"),
    ("lumen", QUESTION),
    ("User", "yes, go ahead please"),
    ("lumen", "It is on its way."),
    ("User", "yes do it"),
    ("User", "and 95 calls a month by the way"),
    ("lumen", "Thank you. Goodbye."),
    ("User", "goodbye"),
]
CALLER_TURNS = [seq for seq, (speaker, _) in enumerate(CALL, start=1) if speaker == "User"]

FACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "500 visitors": ("log_metric", {"metric_name": "monthly_website_visitors", "value_string": "500"}),
    "600 visitors": ("log_metric", {"metric_name": "monthly_website_visitors", "value_string": "600"}),
    "90 calls": ("log_metric", {"metric_name": "monthly_inbound_calls", "value_string": "90"}),
    "95 calls": ("log_metric", {"metric_name": "monthly_inbound_calls", "value_string": "95"}),
    "20 people": ("update_profile_field", {"field_to_update": "company_size", "new_value": "20 people"}),
    "Riverbank": ("update_profile_field", {"field_to_update": "company_name", "new_value": "Riverbank Glazing"}),
    "Google": ("log_marketing_channels", {"channels": ["Google"]}),
    "leaflet": ("log_marketing_channels", {"channels": ["a leaflet", "carrier pigeons"]}),
    "maybe": ("initiate_demo_creation", {}),
    "perhaps": ("initiate_demo_creation", {}),
    "go ahead": ("initiate_demo_creation", {}),
    "do it": ("initiate_demo_creation", {}),
}


def newest(request: ChatRequest) -> str:
    """The words that a question is about."""
    return request.messages[0].content.rsplit('"newest_turn": "')[1].removesuffix('"}')


def attentive(name: str = "scripted:model") -> ScriptedChatModel:
    """A model that finds what there is to find, invents a pigeon, cleans little, and is away for a turn."""

    def script(request: ChatRequest) -> ChatAnswer:
        words = newest(request)
        if "are you there" in words:
            raise ProviderUnavailable("scripted", Fault.TIMEOUT)
        if request.purpose == "clean":
            return says(words.replace("um we get ", ""))
        return calls(*(fact for sign, fact in FACTS.items() if sign in words))

    return ScriptedChatModel(script, name=name)


Decision = Literal["grant", "refuse"]


async def say(parley: Parley, session_id: str, lines: Sequence[tuple[str, str]], *, first: int = 1) -> list[TurnResult]:
    """Let lines of the call be said; `first` is the seq of the first one, after which its turn is named."""
    results: list[TurnResult] = []
    for seq, (speaker, words) in enumerate(lines, start=first):
        result = await parley.process_turn(session_id, speaker=speaker, raw_text=words, turn_id=f"turn-{seq}")
        assert not isinstance(result, TurnReceipt)
        results.append(result)
    return results


async def play(parley: Parley, *, by_person: Decision | None = None) -> str:
    """Let the whole call be said; a person decides the second held call, unless the caller does."""
    session_id = str((await parley.create_session("lumen"))["session_id"])
    asked = next(seq for seq, (_, words) in enumerate(CALL) if words.startswith("perhaps")) + 1
    await say(parley, session_id, CALL[:asked])
    if by_person is not None:
        (held,) = (await parley.get_session_state(session_id))["held_consents"]
        await parley.decide_consent(session_id, held["consent_id"], by_person, "maria")
    await say(parley, session_id, CALL[asked:], first=asked + 1)
    return session_id


async def replayed(replays: Replays, session_id: str, **asked: Any) -> dict[str, Any]:
    """Make a replay and show it."""
    made = await replays.ask("demo", session_id, queue=False, **asked)
    await replays.make("demo", made["replay_id"])
    shown = await replays.show("demo", made["replay_id"])
    assert (shown["status"], shown["fault"]) == ("done", None)
    return shown


def replays_on(database: Database, model: ChatModel | None = None) -> Replays:
    """The replays of a database where this model is the one in force, under its name."""
    return build_replays(database, Settings(), model=model)


def differing(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """The turns of a replay that are not the same."""
    return [each for each in shown["differences"] if not each["same"]]


async def everything(database: Database) -> list[Any]:
    """All that a replay must leave alone."""
    statements = (
        "SELECT * FROM sessions",
        "SELECT * FROM turns ORDER BY seq",
        "SELECT * FROM tool_calls WHERE fork = '' ORDER BY seq, ordinal",
        "SELECT * FROM events ORDER BY n",
        "SELECT * FROM dataset_versions ORDER BY version",
        "SELECT * FROM consents",
        "SELECT * FROM consent_ledger",
        "SELECT * FROM checkpoints",
        "SELECT * FROM outbox",
    )
    return [await database.run("demo", statement) for statement in statements]
