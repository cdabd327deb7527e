"""The ready sales call: as text it leads to exactly the dataset it promises; its audio is complete."""

from pathlib import Path
from typing import Any

import yaml

import playbooks.lumen.scenarios.sales_call as sales_call
from domain.conversation import Role, Utterance
from domain.dataset import Dataset, fold
from domain.playbook import CallMoment, Conversation
from language.cleaning.cleaner import clean
from playbooks.lumen.playbook import PLAYBOOK

FOLDER = Path(sales_call.__path__[0])
SHEET: dict[str, Any] = yaml.safe_load((FOLDER / "call.yaml").read_text(encoding="utf-8"))
RATE = 8_000
SILENCE = 0xFF


async def play() -> tuple[Dataset, list[str]]:
    """Send the call's text through the built-in cleaner, the rules and the tools."""
    dataset = PLAYBOOK.new_dataset(PLAYBOOK.demo_profile, now=0.0)
    history: list[Utterance] = []
    called: list[str] = []
    for seq, turn in enumerate(SHEET["turns"], start=1):
        role = PLAYBOOK.role_of(turn["speaker"])
        assert role is not None
        text = turn["raw_text"]
        if role is Role.CALLER:
            text = clean(text, terms=PLAYBOOK.context.terms, history=[past.text for past in history]).text
            conversation = Conversation(turn["raw_text"], text, tuple(history[-10:]), dataset, PLAYBOOK.context)
            for call in PLAYBOOK.analyst(conversation):
                tool = PLAYBOOK.tool(call.name)
                assert tool is not None
                answer = await tool.run(tool.validate(call.arguments), CallMoment("s", str(seq), float(seq), dataset))
                dataset, _ = fold(dataset, answer.change, now=float(seq))
                called.append(call.name)
        history.append(Utterance(seq, role, turn["speaker"], text))
    return dataset, called


def without_times(dataset: Dataset) -> Dataset:
    insights = dataset["business_insights"]
    plain = {key: value for key, value in dataset.items() if key not in {"created_at", "updated_at"}}
    demo = {"status": insights["demo_creation_initiated"]["status"]}
    told = [{"category": item["category"], "details": item["details"]} for item in insights["insights"]]
    return {**plain, "business_insights": {**insights, "insights": told, "demo_creation_initiated": demo}}


async def test_the_text_leads_to_the_expected_dataset() -> None:
    dataset, called = await play()
    assert without_times(dataset) == SHEET["expected"]
    assert {tool.name for tool in PLAYBOOK.tools} == set(called)


def test_the_call_has_two_sides_and_garbled_words() -> None:
    speakers = [turn["speaker"] for turn in SHEET["turns"]]
    assert len(speakers) >= 16
    assert set(speakers) == {"User", "Lumen"}
    garbled = [turn for turn in SHEET["turns"] if turn.get("spoken", turn["raw_text"]) != turn["raw_text"]]
    assert {turn["speaker"] for turn in garbled} == {"User"}


def test_every_turn_has_its_audio_of_speech_between_silences() -> None:
    sizes = []
    for turn in SHEET["turns"]:
        audio = (FOLDER / turn["audio"]).read_bytes()
        quiet = RATE // 10
        assert len(audio) > RATE // 2
        assert set(audio[:quiet] + audio[-quiet:]) <= {SILENCE, 0x7F}
        assert len(set(audio)) > 100
        sizes.append(len(audio))
    assert sum(sizes) < 1_200_000
    assert {path.name for path in (FOLDER / "audio").iterdir()} == {Path(turn["audio"]).name for turn in SHEET["turns"]}


def test_every_fact_to_look_for_holds_in_the_expected_dataset() -> None:
    for fact in SHEET["facts"]:
        told = _texts_at(fact["pointer"])
        assert any(accepted.casefold() in text.casefold() for text in told for accepted in fact["accepted"]), fact


def _texts_at(pointer: str) -> list[str]:
    """The texts a fact may stand in; a category after `insights` picks the insights of it."""
    node: Any = SHEET["expected"]
    for key in pointer.strip("/").split("/"):
        if isinstance(node, list):
            return [item["details"] for item in node if item["category"] == key]
        node = node[key]
    return [str(item) for item in node] if isinstance(node, list) else [str(node)]
