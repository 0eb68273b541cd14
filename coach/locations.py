"""Where files live. Pure: nothing is created here."""

from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import BaseModel, ConfigDict

ROOT = Path(__file__).resolve().parent.parent
LOCAL_TIME = Path("/etc/localtime")  # on Linux and macOS a link to the machine's own time zone


class Locations(BaseModel):
    """Folders of one run.

    `home` holds what the person wrote (COACH_HOME); `cache` holds weights and index (COACH_CACHE), can be deleted at any
    time and lies outside `home`; `knowledge` and `prompts` are read only.
    """

    model_config = ConfigDict(frozen=True)

    home: Path
    cache: Path
    knowledge: Path = ROOT / "knowledge"
    prompts: Path = ROOT / "prompts"

    @property
    def database(self) -> Path:
        """The SQLite file, the truth."""
        return self.home / "coach.db"

    @property
    def backups(self) -> Path:
        """Folder of the copies of that file."""
        return self.home / "backups"

    @property
    def key_file(self) -> Path:
        """The key of all that is kept, under the person's passphrase; there only where one was set."""
        return self.home / "coach.key"

    @property
    def key_copy(self) -> Path:
        """The same file once more, beside the copies: they cannot be opened without it."""
        return self.backups / "coach.key"

    @property
    def saved_settings(self) -> Path:
        """Endpoint settings that the page saved, mode 0600."""
        return self.home / "settings.json"

    @property
    def accounts(self) -> Path:
        """Who may sign in, and who is signed in; only where people do."""
        return self.home / "accounts.db"

    @property
    def people(self) -> Path:
        """One folder for each person who signs in."""
        return self.home / "people"

    def of_person(self, id: str) -> "Locations":
        """The same with the folder of one person, by the id of their account."""
        return self.model_copy(update={"home": self.people / id})

    @property
    def weights(self) -> Path:
        """The joined and verified model file."""
        return self.cache / "model" / "coach.gguf"

    @property
    def embedder(self) -> Path:
        """Folder of the three embedder files."""
        return self.cache / "embedder"

    @property
    def index(self) -> Path:
        """Folder of the Chroma index and its manifest."""
        return self.cache / "index"

    @property
    def uploads(self) -> Path:
        """Gradio's temporary folder, private."""
        return self.cache / "uploads"


def find(home: str | None, cache: str | None) -> Locations:
    """Fill in the platform's own folders where nothing is set."""
    return Locations(
        home=Path(home) if home else Path(platformdirs.user_data_dir("pip-coach", appauthor=False)),
        cache=Path(cache) if cache else Path(platformdirs.user_cache_dir("pip-coach", appauthor=False)),
    )


def time_zone(named: str | None, link: Path = LOCAL_TIME) -> str:
    """The machine's time zone, such as "Europe/London": `named` (TZ) or what `link` leads to; UTC where neither says it."""
    found = link.resolve().as_posix().rpartition("/zoneinfo/")[2] if link.is_symlink() else ""
    for name in ((named or "").removeprefix(":"), found):
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            continue
        return name
    return "UTC"
