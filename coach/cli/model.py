"""`model status|pull|remove`: the weights of the embedded model and the embedder for search."""

import argparse

from coach import packages
from coach.build import to_terminal
from coach.cli.report import Report
from coach.errors import UserError
from coach.llm import weights
from coach.settings import Settings

ACTIONS = ("status", "pull", "remove")


def run(options: argparse.Namespace, settings: Settings) -> Report:
    """Do one action and say what stands afterwards."""
    if options.action not in ACTIONS:
        raise UserError(f"model takes one of: {', '.join(ACTIONS)}.")
    if options.action == "pull":
        packages.fetch_embedder(settings.locations, progress=lambda done, total: to_terminal("Search", done, total))
        weights.pull(settings.locations, progress=lambda done, total: to_terminal("Language model", done, total))
    freed = weights.remove(settings.locations) if options.action == "remove" else 0
    state = weights.status(settings.locations, settings)
    data = {**state.model_dump(mode="json"), "freed": freed}
    size = f"{state.bytes / 1e6:.0f} of {state.total / 1e6:.0f} MB"
    text = f"Language model: {state.state}, {size}, {state.path}"
    return Report(text=text if not freed else f"Freed {freed / 1e6:.0f} MB. {text}", data=data)
