"""`import` and `restore`: bring back what was taken along, or a copy that was made on this computer."""

import argparse
from datetime import UTC, datetime

from coach import build as build_module
from coach import passphrase
from coach.binder import archive
from coach.cli.plan import read_bytes
from coach.cli.report import Report
from coach.errors import UserError
from coach.settings import Settings
from coach.store import backup
from coach.store.restore import NONE, restore


def bring_in(options: argparse.Namespace, settings: Settings) -> Report:
    """Import an archive that `export data` made; all of it, or nothing."""
    if options.file.is_file() and options.file.stat().st_size > archive.LARGEST:
        raise UserError(archive.TOO_LARGE)
    kept = archive.unpack(read_bytes(options.file))
    built = build_module.build(settings.model_copy(update={"llm": "none"}))
    try:
        copy = built.store.bring_in(kept, replace=options.replace)
    finally:
        built.close()
    counts = {"conversations": len(kept.talks), "plans": len(kept.plans), "files": len(kept.files)}
    counts |= {name: len(getattr(kept.checklist, name)) for name in archive.KINDS}
    before = f" What was here before is kept as {copy}: restore brings it back." if copy else ""
    return Report(
        text=f"Imported {options.file.name}: {_said(counts)}.{before}", data={"imported": counts, "copy": copy}
    )


def bring_back(options: argparse.Namespace, settings: Settings) -> Report:
    """List the copies, or put one in place."""
    places = settings.locations
    if options.name is None:
        found = backup.listed(places.backups)
        lines = [f"{copy.name}  {copy.made:%Y-%m-%d %H:%M} UTC  {copy.size / 1e6:.1f} MB" for copy in found]
        return Report(text="\n".join(lines) or NONE, data={"copies": [copy.model_dump(mode="json") for copy in found]})
    key = passphrase.unlock(settings).key
    name, aside = restore(places.database, places.backups, options.name, datetime.now(UTC), key)
    before = f" What was here before is kept as {aside}." if aside else ""
    return Report(text=f"Restored {name}.{before}", data={"restored": name, "before": aside})


def _said(counts: dict[str, int]) -> str:
    found = [f"{count} {_one(name) if count == 1 else _many(name)}" for name, count in counts.items() if count]
    return ", ".join(found) or "nothing was in it"


def _many(name: str) -> str:
    return {"log": "log entries", "feedback": "pieces of feedback"}.get(name, name.replace("_", "-"))


def _one(name: str) -> str:
    return {"log": "log entry", "feedback": "piece of feedback"}.get(name, name.replace("_", "-").removesuffix("s"))
