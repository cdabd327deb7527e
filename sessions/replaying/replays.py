"""Replays as they are asked for, made and shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

import structlog
from typing_extensions import TypedDict

from domain.conversation import Role
from domain.errors import ConfigError, Conflict, InvalidInput, NotFound, ParleyError, place_of
from domain.playbook import Playbook
from domain.session import session_id_of
from ports.replays import NewReplay, Recording, ReplayRecord, ReplayStatus, ReplayStore
from sessions.replaying.difference import totals_of
from sessions.replaying.past import Past
from sessions.replaying.rerun import Means, Told, open_rerun
from sessions.requests import playbook_named, version_given

BROKE = "The replay broke; the service's log says where."

log = structlog.get_logger(__name__)


class ReplayFields(TypedDict, total=False):
    """What a replay may be asked with."""

    from_turn: int | str | None
    model: str | None
    prompt_version: int | None
    key: str | None


@dataclass(frozen=True)
class Replays:
    """Makes and shows replays."""

    store: ReplayStore
    playbooks: Mapping[str, Playbook]
    means: Means

    async def ask(
        self,
        tenant_id: str,
        session_id: str,
        *,
        from_turn: int | str | None = None,
        model: str | None = None,
        prompt_version: int | None = None,
        key: str | None = None,
        queue: bool = True,
    ) -> dict[str, Any]:
        """Keep a replay, to be made in the background if `queue`, and show it.

        Raises:
            NotFound: no such session.
            InvalidInput: no such turn, model or prompt version, or nothing was said in the call yet.
            Conflict: the key has asked for another replay.
        """
        session_id = session_id_of(session_id)
        recording = await self.store.recording(tenant_id, session_id)
        if recording is None:
            raise NotFound("There is no such session.", field="session_id")
        with_version(playbook_named(self.playbooks, recording.facts.playbook), prompt_version)
        if model is not None:
            await self._check_model(model)
        replay_id = str(uuid4() if key is None else uuid5(NAMESPACE_OID, f"{session_id}/{key}"))
        new = NewReplay(tenant_id, replay_id, session_id, _first_seq(recording, from_turn), model, prompt_version)
        record = await self.store.create(new, queue=queue)
        if record.asked != new:
            raise Conflict("This Idempotency-Key has asked for another replay.", field="Idempotency-Key")
        return replay_view(record)

    async def show(self, tenant_id: str, replay_id: str) -> dict[str, Any]:
        """Show a replay with its differences so far (NotFound)."""
        record = await self.store.load(tenant_id, replay_id)
        if record is None:
            raise NotFound("There is no such replay.", field="replay_id")
        return replay_view(record)

    async def make(self, tenant_id: str, replay_id: str, told: Told = lambda _: None) -> None:
        """Make a replay from its first turn to its last; one that was interrupted is made again, and comes to the same.

        Raises:
            ParleyError: a retryable one, when it is to be tried again later.
            Exception: what nobody foresaw, once the replay says that it failed.
        """
        record = await self.store.load(tenant_id, replay_id)
        if record is None or record.status in (ReplayStatus.DONE, ReplayStatus.FAILED):
            return
        await self.store.set_status(tenant_id, replay_id, ReplayStatus.RUNNING, None)
        try:
            await self._rerun(record, told)
        except NotFound:
            log.info("replay_ended_by_erasure", replay_id=replay_id)
        except ParleyError as error:
            if error.retryable:
                raise
            log.warning("replay_failed", replay_id=replay_id, error=place_of(error))
            await self.store.set_status(tenant_id, replay_id, ReplayStatus.FAILED, error.message)
        except Exception:
            await self.store.set_status(tenant_id, replay_id, ReplayStatus.FAILED, BROKE)
            raise
        else:
            await self.store.set_status(tenant_id, replay_id, ReplayStatus.DONE, None)

    async def _rerun(self, record: ReplayRecord, told: Told) -> None:
        asked = record.asked
        recording = await self.store.recording(asked.tenant_id, asked.session_id)
        if recording is None:
            raise NotFound("The session was erased.")
        playbook = with_version(playbook_named(self.playbooks, recording.facts.playbook), asked.prompt_version)
        facts = replace(recording.facts, prompt_version=asked.prompt_version)
        recording = replace(recording, facts=facts)
        opening = open_rerun(record, Past(recording), playbook, self.store, self.means)
        async with opening as rerun:
            await rerun.run(told)

    async def _check_model(self, model: str) -> None:
        try:
            async with self.means.open_model(model):
                pass
        except ConfigError as error:
            raise InvalidInput(error.message, field="model") from error


def with_version(playbook: Playbook, version: int | None) -> Playbook:
    """Make a playbook whose prompts are of a version, where they have it (InvalidInput when none has)."""
    return playbook.with_prompts(version_given(version, playbook))


def _first_seq(recording: Recording, from_turn: int | str | None) -> int:
    """The number of the caller's turn to begin with."""
    spoken = [turn for turn in recording.turns if turn.role is Role.CALLER]
    if not spoken:
        field = "session_id" if from_turn is None else "from_turn"
        raise InvalidInput("No turn of the caller has been finished in this session yet.", field=field)
    if from_turn is None:
        return spoken[0].seq
    for turn in spoken:
        if from_turn in (turn.seq, turn.turn_id):
            return turn.seq
    raise InvalidInput("from_turn must be the seq or turn_id of a finished turn of the caller.", field="from_turn")


def replay_view(record: ReplayRecord) -> dict[str, Any]:
    """Show a replay."""
    asked = record.asked
    return {
        "replay_id": asked.replay_id,
        "session_id": asked.session_id,
        "status": record.status.value,
        "fault": record.fault,
        "from_turn": asked.from_seq,
        "model": asked.model,
        "prompt_version": asked.prompt_version,
        "turns": record.turns,
        "created_at": record.created_at,
        "finished_at": record.finished_at,
        "totals": totals_of(record.differences),
        "differences": record.differences,
    }
