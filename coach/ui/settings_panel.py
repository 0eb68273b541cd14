"""The panel that says where answers are computed, and changes it. The sentences are in choice.py."""

import os
import time
from typing import Any

import gradio as gr

from coach import settings as settings_module
from coach.errors import CoachError
from coach.llm.endpoint import Endpoint
from coach.ui import choice, translate, words
from coach.ui.desk import Desk
from coach.ui.markup import escape
from coach.ui.ports import Built

SETTLING = 10.0
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class SettingsPanel:
    """Its parts, in the place where it is made."""

    def __init__(self, built: Built) -> None:
        self.coach = built.coach
        self._store, self._preview = built.store, built.preview
        self.settings = built.settings
        self.offers: list[Endpoint] = []
        self._changed = -SETTLING
        now = choice.current(built.settings)
        self.kind = gr.Radio(
            list(choice.KINDS), value=now.kind, label="Answers come from", elem_id="kind", container=False
        )
        with gr.Column(visible=now.kind == "endpoint", elem_id="endpoint") as self.endpoint:
            self.found = gr.Markdown("", elem_id="offers", latex_delimiters=[])
            self.url = gr.Textbox(now.url, label="Address", placeholder="https://host/v1", elem_id="url")
            self.model = gr.Textbox(now.model, label="Model (empty: the endpoint's own)", elem_id="model")
            self.key = gr.Textbox(label="Key (kept, never shown again)", type="password", elem_id="key")
        self.sentence = gr.Markdown(self._sentence(now), elem_id="sentence", latex_delimiters=[])
        with gr.Column(visible=choice.remote_host(now) is not None, elem_id="hiding") as self.hiding:
            self.redact = gr.Checkbox(now.redact, label="Hide names and numbers first", elem_id="redact", container=False)
            self.words = gr.Textbox(now.words, label="Hide these words too, one a line", lines=2, max_lines=6, elem_id="hidden-words")
            self.show = gr.Button("Show what would be sent", elem_id="show-sent")
            self.sent_line = gr.Markdown("", elem_id="sent-line", latex_delimiters=[])
            self.sent = gr.Textbox(label="The exact text for your last message", interactive=False, visible=False, lines=8, max_lines=14, elem_id="sent")
        self.agreed = gr.Checkbox(label=_consent(now), visible=False, elem_id="agreed", container=False)
        with gr.Row(elem_id="settings-do"):
            self.test = gr.Button("Test the connection", elem_id="test", visible=now.kind == "endpoint")
            self.use = gr.Button("Use this", variant="primary", elem_id="use")
        self.result = gr.Markdown("", elem_id="result", latex_delimiters=[])
        gr.Markdown(words.kept(built.settings.key is not None), elem_id="kept", latex_delimiters=[])
        self.offer_in = gr.Textbox(visible="hidden", elem_id="offer-in", show_label=False)
        self.offer_go = gr.Button("offer", visible="hidden", elem_id="offer-go")

    def wire(
        self, page: gr.Blocks, header: gr.Markdown, timer: gr.Timer, conversation: gr.State, desk: Desk
    ) -> None:
        """Connect the parts; `header` and `timer` follow a change of endpoint."""
        fields = [self.kind, self.url, self.model, self.key, self.agreed, self.redact, self.words]
        shown = [self.endpoint, self.sentence, self.agreed, self.test, self.result, self.hiding, self.sent, self.sent_line]
        gr.on([self.kind.change, self.url.change], self._describe, fields, shown, **QUIET)
        gr.on([self.redact.change, self.words.change], self._hide, fields, [self.sentence, self.sent, self.sent_line], **QUIET)
        self.show.click(self._sent, [conversation, *fields], [self.sent, self.sent_line], **QUIET)
        page.load(self._look_around, None, [self.found], **QUIET)
        self.offer_go.click(self._fill, [self.offer_in], [self.url, self.model], **QUIET)
        self.test.click(
            self._test, fields, [self.result], **QUIET, concurrency_id="test", concurrency_limit=2
        )

        def use(conversation: str, *values: Any) -> tuple:
            said, done = self._use(choice.Wanted(*values))
            head = desk.headline(conversation)["header"] if done else gr.skip()
            key = "" if done else gr.skip()
            return _line(said), head, key, gr.Timer(active=True) if done else gr.skip()

        self.use.click(use, [conversation, *fields], [self.result, header, self.key, timer], **QUIET)

    @property
    def just_changed(self) -> bool:
        """Whether the endpoint may still be starting, so that its state is worth a look."""
        return time.monotonic() - self._changed < SETTLING

    def _look_around(self) -> str:
        self.offers = choice.find_offers(os.environ)
        return choice.offered(self.offers)

    def _describe(self, *values: Any) -> tuple:
        wanted = choice.Wanted(*values)
        other = wanted.kind == "endpoint"
        far = choice.remote_host(wanted) is not None
        agree = gr.update(visible=far, value=False, label=_consent(wanted))
        return gr.update(visible=other), self._sentence(wanted), agree, gr.update(visible=other), "", gr.update(visible=far), *_unseen()

    def _hide(self, *values: Any) -> tuple:
        return self._sentence(choice.Wanted(*values)), *_unseen()

    def _sent(self, conversation: str, *values: Any) -> tuple:
        try:
            wanted = choice.settled(choice.Wanted(*values), self.settings, self.offers)
            session = self._store.load(conversation) if conversation else None
            before, text = translate.rewind(session) if session else (None, "")
            preview = self._preview(wanted, before, text, None) if text else None
            shown, line = choice.would_send(preview, bool(text))
        except CoachError as error:
            shown, line = "", str(error)
        return gr.update(value=shown, visible=bool(shown)), _line(line)

    def _fill(self, number: str) -> tuple:
        chosen = self.offers[int(number)] if number.isdigit() and int(number) < len(self.offers) else None
        return (chosen.base_url, chosen.model) if chosen else (gr.skip(), gr.skip())

    def _test(self, *values: Any) -> str:
        try:
            return _line(choice.try_out(choice.settled(choice.Wanted(*values), self.settings, self.offers)))
        except CoachError as error:
            return _line(str(error))

    def _use(self, wanted: choice.Wanted) -> tuple[str, bool]:
        try:
            after = choice.settled(wanted, self.settings, self.offers)
            choice.confirmed(wanted)
            self.coach.use(after)
            self.settings, self._changed = after, time.monotonic()
        except CoachError as error:
            return str(error), False
        try:
            settings_module.save_choice(after)
        except OSError:
            return "In use until the app closes. It could not be saved for the next start.", True
        return "In use now, and kept for the next start.", True

    def _sentence(self, wanted: choice.Wanted) -> str:
        return f'<p class="sentence">{escape(choice.sentence(wanted))}</p>'


def _consent(wanted: choice.Wanted) -> str:
    return f"Yes, send what I write to {choice.remote_host(wanted) or 'this endpoint'}"


def _unseen() -> tuple:
    """A shown text is taken away once it may no longer be what would be sent."""
    return gr.update(value="", visible=False), ""


def _line(text: str) -> str:
    return f'<p class="result">{escape(text)}</p>' if text else ""
