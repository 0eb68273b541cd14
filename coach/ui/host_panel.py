"""The settings where people sign in: who computes answers and what is sent is told, not chosen; the words to hide are one's own."""

from typing import Any

import gradio as gr

from coach import settings as settings_module
from coach.errors import CoachError
from coach.ui import choice, translate, words
from coach.ui.desk import Desk
from coach.ui.markup import escape
from coach.ui.ports import Built

QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
OURS = {
    "embedded": "Answers are computed on the same server, by its own model. Nothing you write is sent on.",
    "none": "No language model is used: you get prepared answers. Nothing you write is sent on.",
}
SET = "This is set by whoever runs this page, and cannot be changed here."
SAVED = "Hidden from now on, and kept for the next time."


class HostPanel:
    """Its parts, in the place where it is made. Has the face of SettingsPanel."""

    just_changed = False

    def __init__(self, built: Built) -> None:
        self.coach = built.coach
        self._store, self._preview = built.store, built.preview
        self.settings = built.settings
        gr.Markdown(told(built), elem_id="sentence", latex_delimiters=[])
        far = built.settings.remote_host is not None
        with gr.Column(visible=far, elem_id="hiding"):
            self.words = gr.Textbox(
                "\n".join(self.settings.hidden_words), label="Hide these words too, one a line", lines=2, max_lines=6,
                visible=far and self.settings.redact, elem_id="hidden-words",
            )  # fmt: skip
            self.keep = gr.Button("Hide them", visible=far and self.settings.redact, elem_id="keep-words")
            self.show = gr.Button("Show what would be sent", elem_id="show-sent")
            self.sent_line = gr.Markdown("", elem_id="sent-line", latex_delimiters=[])
            self.sent = gr.Textbox(label="The exact text for your last message", interactive=False, visible=False, lines=8, max_lines=14, elem_id="sent")
        self.result = gr.Markdown("", elem_id="result", latex_delimiters=[])

    def wire(self, page: gr.Blocks, header: gr.Markdown, timer: gr.Timer, conversation: gr.State, desk: Desk) -> None:
        """Connect the parts. Nothing here changes where answers are computed, so header and timer are left alone."""
        self.keep.click(self._keep, [self.words], [self.result, self.sent, self.sent_line], **QUIET)
        self.show.click(self._sent, [conversation], [self.sent, self.sent_line], **QUIET)

    def _keep(self, typed: str) -> tuple:
        try:
            after = self.settings.model_copy(update={"hidden_words": settings_module.check_words(typed or "")})
            settings_module.save_words(after)
            self.coach.use(after)
            self.settings = after
        except CoachError as error:
            return _line(str(error)), *_unseen()
        except OSError:
            return _line("It could not be saved. Please try again."), *_unseen()
        return _line(SAVED), *_unseen()

    def _sent(self, conversation: str) -> tuple:
        try:
            session = self._store.load(conversation) if conversation else None
            before, text = translate.rewind(session) if session else (None, "")
            preview = self._preview(self.settings, before, text, None) if text else None
            shown, line = choice.would_send(preview, bool(text))
        except CoachError as error:
            shown, line = "", str(error)
        return gr.update(value=shown, visible=bool(shown)), _line(line)


def told(built: Built) -> str:
    """Who has what, in a few sentences."""
    settings = built.settings
    host = settings.remote_host
    if host:
        hidden = choice.HIDDEN if settings.redact else choice.NOT_HIDDEN
        where = (
            f"Each message, the conversation so far and what I have understood are sent to <strong>{escape(host)}</strong>; "
            f"whoever runs {escape(host)} can read them. {hidden}"
        )
    elif settings.llm.startswith("http"):
        where = "Answers are computed by another program on the same server. It may send on what you write; this app does not."
    else:
        where = OURS["none" if settings.llm == "none" else "embedded"]
    return f'<p class="sentence">{where}</p><p class="sentence">{words.kept_at(settings.hosting)} {SET}</p>'


def _unseen() -> tuple:
    """A shown text is taken away once it may no longer be what would be sent."""
    return gr.update(value="", visible=False), ""


def _line(text: str) -> str:
    return f'<p class="result">{escape(text)}</p>' if text else ""
