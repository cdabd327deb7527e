"""Everything that a serving process runs, opened in order and closed the other way round."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bootstrap.settings import Settings
    from server.app import Application
    from server.face import Face
    from sessions.service import Parley


@dataclass(frozen=True)
class Serving:
    """The service, its face and the application that shows it."""

    parley: "Parley"
    face: "Face"
    app: "Application"
    stt: str
    voice: str
    """Recogniser and voice in force, by name."""


@asynccontextmanager
async def open_serving(settings: "Settings") -> AsyncIterator[Serving]:
    """Run the service with all its doors.

    Raises:
        ConfigError: a setting cannot work.
        Unavailable: the database takes no connection.
    """
    from bootstrap.activity import open_voice_activity
    from bootstrap.service import open_running
    from bootstrap.telephony import open_telephony
    from bootstrap.voice import open_voice
    from server.app import Mounted, create_app
    from server.build import build_face
    from server.call.call import CallPorts
    from server.call.desk import CallDesk

    async with (
        open_running(settings) as running,
        open_voice(settings) as voice,
        open_voice_activity(settings.activity) as activity,
    ):
        ports = CallPorts(running.parley, voice, activity, running.stt, running.ahead)
        desk = CallDesk(ports, settings.server.media_streams)
        async with open_telephony(settings, running.parley, running.calls, desk) as phones:
            face = build_face(
                settings,
                running.parley,
                running.keys,
                version=version("parley"),
                desk=desk,
                outbound=phones.outbound,
            )
            routes = phones.routes
            mounted = Mounted((routes.router,), (routes.guarded,)) if routes else Mounted()
            app = create_app(face, cors_origins=settings.server.cors_origins, mounted=mounted)
            yield Serving(running.parley, face, app, running.stt.name, voice.name)
