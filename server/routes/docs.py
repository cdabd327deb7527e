"""The browsable form of the contract."""

from fastapi import APIRouter
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

TAGS = [
    {"name": "sessions", "description": "Everything said in one call or chat."},
    {"name": "turns", "description": "One utterance of either side, and what came of it."},
    {"name": "record", "description": "What a session has learnt, done and spent."},
    {"name": "events", "description": "What happens in a session, numbered and in order."},
    {"name": "consents", "description": "Gated calls that wait for a yes or a no."},
    {"name": "replays", "description": "Recorded calls, run again in a fork."},
    {"name": "voice", "description": "Calls from browsers and apps."},
    {"name": "calls", "description": "Telephone calls that are placed, and where they stand."},
    {"name": "auth", "description": "Tokens and API keys."},
    {"name": "operations", "description": "Health and metrics."},
]

_SOURCES = "https://cdn.jsdelivr.net"
_POLICY = (
    f"default-src 'none'; script-src {_SOURCES} 'unsafe-inline'; style-src {_SOURCES} 'unsafe-inline'; "
    "img-src 'self' data: https://fastapi.tiangolo.com; connect-src 'self'; frame-ancestors 'none'"
)


@router.get("/docs")
async def show_docs() -> HTMLResponse:
    """Show the OpenAPI document in a browser; the viewer itself comes from a public address."""
    page = get_swagger_ui_html(openapi_url="/openapi.json", title="Parley")
    page.headers["Content-Security-Policy"] = _POLICY
    return page
