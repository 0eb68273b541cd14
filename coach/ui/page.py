"""The page: its parts and its wiring. What a part shows comes from desk.py; nothing is decided here."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from coach.errors import CoachError
from coach.ui import render, shell, words
from coach.ui.desk import Desk, Shown
from coach.ui.host_panel import HostPanel
from coach.ui.markup import escape
from coach.ui.ports import Built
from coach.ui.private import prepare
from coach.ui.settings_panel import SettingsPanel

HERE = Path(__file__).parent
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def build_ui(built: Built) -> gr.Blocks:
    """Make the page for a built coach."""
    prepare(built.settings)
    with gr.Blocks(title="PIP Coach", analytics_enabled=False, delete_cache=(60, 300)) as page:
        _Page(built, page)
    page.queue(max_size=64, default_concurrency_limit=8, api_open=False)
    page.routers = shell.routers(built)  # server.py serves them beside the page
    return page


def look(*, hosted: bool = False) -> dict[str, Any]:
    """Theme, style and script, for mounting. System fonts; nothing is loaded from elsewhere. `hosted`: people sign in."""
    fonts = {"font": ["system-ui", "sans-serif"], "font_mono": ["ui-monospace", "monospace"]}
    scripts, styles = (
        "".join((HERE / name).read_text(encoding="utf-8") for name in names)
        for names in (shell.SCRIPTS, shell.STYLES)
    )
    told = "document.documentElement.dataset.hosted = 'yes';" if hosted else ""
    head = f"<style>{styles}</style><script>{told}{scripts}</script>"
    return {
        "theme": gr.themes.Base(**fonts),
        "head": head,
    }  # not css=: Gradio rewrites selectors and breaks :is()


class _Page:
    def __init__(self, built: Built, page: gr.Blocks) -> None:
        self.hosting = built.settings.hosting
        self.coach = built.coach
        self.desk = Desk(built)
        self.parts: dict[str, Any] = {}
        with gr.Column(elem_id="shell"):
            with gr.Row(elem_id="top"):
                _text(words.BRAND, "brand")
                _text(shell.switch(), "switch")
                self.parts["header"] = _text(render.header(None, self.desk.where), "where")
                _text(words.tools(signed_in=self.hosting is not None), "tools")
            with gr.Column(elem_id="side"):
                self._side(built.who)
            with gr.Column(elem_id="main"):
                self._main(built)
            for part in shell.PARTS:
                with gr.Column(elem_id=f"{part.name}-view", elem_classes=["view"]):
                    _text("", f"{part.name}-place")  # its script draws here
            with gr.Column(elem_id="help-panel"):
                _text(words.HELP_HEAD, "help-head")
                self.parts["help"] = _text("", "help")
            with gr.Column(elem_id="settings-panel"):
                _text(words.SETTINGS_HEAD, "settings-head")
                self.settings_panel = HostPanel(built) if self.hosting else SettingsPanel(built)
        self._wire(page)

    def _side(self, who: str) -> None:
        _text(words.SIDE_HEAD, "side-head")
        self.parts["conversations"] = _text("", "conversations")
        _text(words.PLAN_SIDE, "plan-side")
        _text(words.FACTS_HEAD, "facts-head")
        self.parts["facts"] = _text("", "facts")
        _text(words.side_foot(self.hosting, who), "side-foot")

    def _main(self, built: Built) -> None:
        self.arrival = _text("", "arrival")
        with gr.Column(elem_id="scroll"):
            _text(words.note(built.settings.remote_host, built.settings.redact, self.hosting), "note")
            self.parts["log"] = _text("", "log-source")
        with gr.Column(elem_id="composer"):
            self.parts["status"] = _text("", "status")
            self.parts["fault"] = _text("", "fault")
            self.banner = gr.Markdown(words.EDITING, elem_id="banner", visible=False, latex_delimiters=[])
            with gr.Row(elem_id="entry"):
                _text(words.ADD_PLAN, "entry-add")
                self.parts["box"] = gr.Textbox(
                    label="Your message",
                    placeholder="Write in your own words",
                    show_label=False,
                    lines=1,
                    max_lines=9,
                    container=False,
                    elem_id="box",
                )
                self.send = gr.Button("Send", elem_id="send", variant="primary")
                self.stop = gr.Button("Stop", elem_id="stop", visible=False)
            _text(words.FOOT, "foot")

    def _wire(self, page: gr.Blocks) -> None:
        self.parts["conversation"] = conversation = gr.State("")
        self.parts["editing"] = editing = gr.State(None)
        box, out = self.parts["box"], [*self.parts.values(), self.banner, self.send, self.stop]
        turn = {**QUIET, "outputs": out, "concurrency_id": "turn", "concurrency_limit": 4}
        gr.on([box.submit, self.send.click], self._send, [box, conversation, editing], **turn)
        said, go = _channel("say")
        go.click(self._say, [said, conversation], **turn, trigger_mode="once")
        acted, act = _channel("act")
        act.click(self._act, [acted, conversation, editing, box], out, **QUIET, trigger_mode="multiple")
        self.stop.click(self._stop, [conversation], out, **QUIET, concurrency_limit=None)
        page.load(self._arrive, None, out, **QUIET)
        timer = gr.Timer(2.0)
        watched = [self.arrival, timer, self.parts["header"]]
        gr.on([timer.tick, page.load], self._model, [conversation], watched, **QUIET)
        self.settings_panel.wire(page, self.parts["header"], timer, conversation, self.desk)

    def _arrive(self, request: gr.Request) -> dict:
        return self._show(self.desk.arrive(request.query_params.get("c", "")))

    def _send(self, text: str, conversation: str, editing: str | None) -> Iterator[dict]:
        yield from map(self._show, self.desk.send(text or "", conversation, editing))

    def _say(self, raw: str, conversation: str) -> Iterator[dict]:
        asked = _read(raw)
        turn = (
            self.desk.retry(conversation)
            if asked["do"] == "retry"
            else self.desk.say(asked["value"], conversation)
        )
        yield from map(self._show, turn)

    def _stop(self, conversation: str) -> dict:
        return self._show(self.desk.stop(conversation))

    def _act(self, raw: str, conversation: str, editing: str | None, box: str) -> dict:
        asked = _read(raw)
        value, text = asked["value"], asked["text"]
        actions = {
            "new": lambda: self.desk.start(),
            "open": lambda: self.desk.open(value),
            "rename": lambda: self.desk.rename(value, text, conversation),
            "delete": lambda: self.desk.delete(value, conversation),
            "set-fact": lambda: self.desk.set_fact(conversation, value, text),
            "drop-fact": lambda: self.desk.drop_fact(conversation, value),
            "edit": lambda: self.desk.edit(conversation, box or ""),
            "cancel-edit": lambda: self.desk.cancel_edit(editing),
        }
        try:
            return self._show(actions[asked["do"]]() if asked["do"] in actions else {})
        except CoachError as error:
            return self._show({"fault": render.fault(str(error))})

    def _model(self, conversation: str) -> tuple[str, Any, str]:
        state, done, total, line = self.coach.model_status()
        arriving = state in ("absent", "fetching", "loading")
        bar = f'<progress value="{done}" max="{total}"></progress>' if arriving and total else ""
        said = line and state not in ("ready", "off")
        text = f'<label class="arrival">{bar}<span>{escape(line)}</span></label>' if said else ""
        head = self.desk.headline(conversation)["header"]
        return text, gr.Timer(active=arriving or self.settings_panel.just_changed), head

    def _show(self, shown: Shown) -> dict:
        updates = {self.parts[name]: value for name, value in shown.items() if name != "working"}
        if "working" in shown:
            updates[self.send] = gr.update(visible=not shown["working"])
            updates[self.stop] = gr.update(visible=shown["working"])
        if "editing" in shown:
            updates[self.banner] = gr.update(visible=shown["editing"] is not None)
        return updates or {self.parts["status"]: gr.skip()}


def _text(value: str, name: str) -> gr.Markdown:
    return gr.Markdown(value, elem_id=name, latex_delimiters=[], sanitize_html=True, container=False)


def _channel(name: str) -> tuple[gr.Textbox, gr.Button]:
    """How page.js hands over what was clicked: a hidden box with JSON and a hidden button."""
    box = gr.Textbox(visible="hidden", elem_id=f"{name}-in", show_label=False)
    return box, gr.Button(name, visible="hidden", elem_id=f"{name}-go")


def _read(raw: str) -> dict[str, str]:
    try:
        asked = json.loads(raw or "{}")
    except ValueError:
        asked = {}
    return {
        name: str(asked.get(name, "")) if isinstance(asked, dict) else "" for name in ("do", "value", "text")
    }
