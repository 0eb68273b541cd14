"""Where the model is, now: holds the endpoint, starts the embedded one when its weights are there, fetches what is missing.

All slow work runs in one background thread, so that the page opens at once and serves composed answers meanwhile. Does not
write or check any text.
"""

import contextlib
import threading
from collections.abc import Callable

from coach import packages
from coach.errors import CoachError
from coach.library import Library
from coach.llm import endpoint as endpoints
from coach.llm import weights
from coach.llm.client import Client
from coach.llm.embedded import EmbeddedServer
from coach.llm.endpoint import Endpoint
from coach.llm.wire import Limits
from coach.redaction.redactor import Redactor
from coach.retrieval.embed import MiniLM
from coach.retrieval.index import open_index
from coach.retrieval.search import Search
from coach.settings import Settings

# The composed reply is on the screen already: on a busy computer a late opening is worth less than a calm page.
PATIENCE = Limits(first_token_local=20, total=30)
CLOSING = 10  # seconds to wait for an index that is being opened
PREPARED = "Prepared answers, on this computer"
Progress = Callable[[str, int, int], None]


class Brain:
    """The endpoint in use and the search index, each with its state. Thread-safe.

    `state` is absent, fetching, loading, ready, off or failed; `line` says it in one plain sentence. `progress` is called
    with a label and bytes done and in all, for the terminal. `redactor` gives what hides names from an endpoint elsewhere.
    """

    def __init__(
        self,
        settings: Settings,
        library: Library,
        first_prompt: list[dict[str, str]],
        progress: Progress = lambda label, done, total: None,
        redactor: Callable[[Settings], Redactor | None] = lambda settings: None,
    ) -> None:
        self._redactor = redactor
        self._first_prompt = first_prompt
        self.settings = settings
        self._library = library
        self._progress = progress
        self._lock = threading.Lock()
        self._server = EmbeddedServer()
        self._client: Client | None = None
        self._status: tuple[str, int, int, str] = ("absent", 0, 0, "")
        self._search: Search | None = None
        self._searching = threading.Lock()
        self._closed = threading.Event()

    def start(self, *, wait: bool = False) -> None:
        """Begin to fetch and load whatever the settings ask for; with `wait`, return when that is done or has failed."""
        thread = threading.Thread(target=self._prepare, name="brain", daemon=True)
        thread.start()
        if wait:
            thread.join()

    def close(self) -> None:
        """End the embedded server. An index that is being opened is waited for: it cannot be cut off cleanly."""
        self._closed.set()
        self._server.stop()
        if self._searching.acquire(timeout=CLOSING):
            self._searching.release()

    def client(self) -> Client | None:
        """The client to ask now, or None while there is no model."""
        with self._lock:
            return self._client

    def label(self) -> str:
        """Where answers are computed, for people."""
        client = self.client()
        if client is None:
            return PREPARED
        return client.endpoint.host if client.endpoint.remote else client.endpoint.name

    def status(self) -> tuple[str, int, int, str]:
        """State, bytes there, bytes in all, one line."""
        with self._lock:
            return self._status

    def use(self, settings: Settings) -> None:
        """Compute answers elsewhere from now on; a turn that is under way ends with the old endpoint."""
        with self._lock:
            self.settings = settings
            self._client = None
            self._status = ("loading", 0, 0, "Changing where answers are computed.")
        self.start()

    def search(self) -> Search:
        """Dense search where the embedder is there, else lexical. Builds the lexical index at first use."""
        if (ready := self.search_if_ready()) is not None:
            return ready
        self._open_search()
        return self.search_if_ready()

    def search_if_ready(self) -> Search | None:
        """The search of now, or None while the index is still being built: for what can go on without it."""
        with self._lock:
            return self._search

    def _open_search(self) -> None:
        with self._searching:
            places = self.settings.locations
            with self._lock:
                there = self._search
            embedder = MiniLM(places.embedder) if packages.has_embedder(places) else None
            if there is not None and (there.index.embedder is not None or embedder is None):
                return
            index = open_index(places.index, self._library, embedder)
            with self._lock:
                self._search = Search(self._library, index)

    def _prepare(self) -> None:
        self._prepare_search()
        settings = self.settings
        try:
            if settings.llm == "none":
                self._set("off", 0, 0, "No language model is in use. Answers are prepared ones.")
            elif (remote := endpoints.from_settings(settings)) is not None:
                self._serve(self._client_for(remote, settings), settings, f"Answers are computed by {remote.name}.")
            else:
                self._prepare_embedded(settings)
        except CoachError as error:
            self._set("failed", 0, 0, str(error))

    def _client_for(self, endpoint: Endpoint, settings: Settings) -> Client:
        return Client(endpoint, redactor=self._redactor(settings) if endpoint.remote else None)

    def _prepare_search(self) -> None:
        if self._closed.is_set():
            return
        self._open_search()
        try:
            packages.fetch_embedder(self.settings.locations, progress=lambda done, total: self._fetching("Search", done, total))
            self._open_search()
        except CoachError as error:
            self._set("failed", 0, 0, str(error))

    def _prepare_embedded(self, settings: Settings) -> None:
        places = settings.locations
        if settings.model_path is None:
            weights.pull(places, progress=lambda done, total: self._fetching("Language model", done, total))
        self._set("loading", 0, 0, "The language model is being loaded.")
        client = Client(self._server.start(weights.usable(places, settings)), PATIENCE)
        client.prepare()
        self._warm_up(client)
        self._serve(client, settings, "The language model runs on this computer.")

    def _warm_up(self, client: Client) -> None:
        # The first prompt reads 1.1 GB of weights from the disk: better now, with the fixed examples, than on the first turn.
        with contextlib.suppress(CoachError):
            for _ in client.stream(self._first_prompt, max_tokens=1):
                pass

    def _serve(self, client: Client, settings: Settings, line: str) -> None:
        client.prepare()
        with self._lock:
            if settings is self.settings:
                self._client = client
                self._status = ("ready", 0, 0, line)

    def _fetching(self, label: str, done: int, total: int) -> None:
        self._progress(label, done, total)
        self._set("fetching", done, total, f"{label}: {done // 1_000_000} of {total // 1_000_000} MB")

    def _set(self, state: str, done: int, total: int, line: str) -> None:
        with self._lock:
            self._status = (state, done, total, line)

