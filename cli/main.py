"""The `parley` command and its verbs."""

import sys

import typer

from cli.bench import bench
from cli.call import call
from cli.demo.verb import demo
from cli.doctor import doctor
from cli.eval_case import eval_case
from cli.evals import evals
from cli.ledger import verify_ledger
from cli.models import models
from cli.outbox import outbox, worker
from cli.replay import replay
from cli.serve import serve
from cli.studio import studio
from cli.token import api_key, encryption_key, token
from cli.webhooks import webhooks
from domain.errors import ConfigError, ParleyError

app = typer.Typer(
    name="parley",
    help="The durable turn engine behind phone agents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve)
app.command("demo")(demo)
app.command("call")(call)
app.command("doctor")(doctor)
app.command("studio")(studio)
app.command("evals")(evals)
app.command("eval-case")(eval_case)
app.command("token")(token)
app.command("api-key")(api_key)
app.command("encryption-key")(encryption_key)
app.command("replay")(replay)
app.command("worker")(worker)
app.command("verify-ledger")(verify_ledger)
app.add_typer(webhooks, name="webhook")
app.add_typer(outbox, name="outbox")
app.add_typer(bench, name="bench")
app.add_typer(models, name="models")


def run() -> None:
    """Run the verb; a foreseen error is one sentence and exit status 2 (settings) or 1."""
    try:
        app(prog_name="parley")
    except ConfigError as error:
        fail(error, 2)
    except ParleyError as error:
        fail(error, 1)


def fail(error: ParleyError, status: int) -> None:
    """Say what is wrong, and leave."""
    print(f"parley: {error.message}", file=sys.stderr)
    raise SystemExit(status)


if __name__ == "__main__":
    run()
