"""Where files live. Pure: nothing is created here."""

from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict

ROOT = Path(__file__).resolve().parent.parent


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
    def saved_settings(self) -> Path:
        """Endpoint settings that the page saved, mode 0600."""
        return self.home / "settings.json"

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
