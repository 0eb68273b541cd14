"""A capable model may say the manager's next lines; the curated ones stand wherever it is late, away or breaks a rule.

What is said is decided before, in coach/rehearsal; this only asks for other words and shows them or not. A small model is
not asked: a person waits for the manager's answer, and the curated lines are there at once.
"""

import threading
from collections.abc import Callable

from coach.errors import EndpointError
from coach.llm.client import Client
from coach.llm.queue import FairQueue, Place
from coach.prompts import Prompt
from coach.rehearsal import voice
from coach.schema.enums import Strength
from coach.schema.manager import ManagerBook
from coach.schema.rehearsal import Scene

FIRST_WORDS, WHOLE = 3.0, 6.0  # seconds that a person waits for the manager at most
TOKENS = 160
CONVERSATION = "rehearsal"  # under this name the page's rehearsals wait for their turn


class Voice:
    """Asks for words; safe to use from several threads. `client` is called for each line, as the endpoint may change."""

    def __init__(self, client: Callable[[], Client | None], queue: FairQueue | Place, prompt: Prompt, book: ManagerBook, patience: tuple[float, float] = (FIRST_WORDS, WHOLE)) -> None:
        self._client = client
        self._queue = queue
        self._prompt = prompt
        self._book = book
        self._patience = patience

    def say(self, scene: Scene, conversation: str = CONVERSATION) -> Scene:
        """The scene with the manager's last lines in the model's words, as far as they pass; never raises for the model's sake."""
        client = self._client()
        if client is None or client.endpoint.strength is not Strength.CAPABLE or not scene.lines or not voice.voiceable(scene.lines[-1], scene.ended):
            return scene
        return voice.take(scene, self._asked(client, scene, conversation))[0]

    def _asked(self, client: Client, scene: Scene, conversation: str) -> str:
        """What the model wrote, or "" where it was too late or had a fault."""
        stop = threading.Event()
        first, whole = (threading.Timer(seconds, stop.set) for seconds in self._patience)
        for timer in (first, whole):
            timer.daemon = True
            timer.start()
        text = ""
        try:
            with self._queue.turn(conversation, stop_event=stop):
                for piece in client.stream(voice.messages(self._prompt, scene, self._book), max_tokens=TOKENS, stop_event=stop):
                    first.cancel()
                    text += piece
        except EndpointError:
            return ""
        finally:
            first.cancel()
            whole.cancel()
        return "" if stop.is_set() else text
