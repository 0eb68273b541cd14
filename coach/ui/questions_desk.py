"""The questions for a meeting: take in, leave out, order, answer, and let an answer flow into the plan. Knows no request."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from coach.checklist import words as checklist_words
from coach.documents import files
from coach.errors import UserError
from coach.schema.checklist import Checklist, Item, Question
from coach.schema.questions import MeetingQuestion
from coach.tools import questions_export
from coach.tools.known import latest
from coach.tools.question_list import listed, suggested
from coach.tools.questions import FIRST, questions, to_track
from coach.tools.standing import standing
from coach.ui import meetings_words as words
from coach.ui import plan_forms as forms
from coach.ui import plan_words, questions_render
from coach.ui.fields import number, pairs, texts
from coach.ui.guarded import Shown
from coach.ui.plan_review import day
from coach.ui.ports import Built

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf", "md": "text/markdown; charset=utf-8",
}  # fmt: skip
LONGEST = 300  # characters of a question of one's own


class QuestionsDesk:
    """The hands of the section Questions, and of its view for the meeting itself."""

    def __init__(self, built: Built, now: Callable[[], datetime]) -> None:
        self._store = built.store
        self._coach = built.coach
        self._now = now
        self.acts: dict[str, Callable[[Mapping[str, Any]], Shown]] = {
            "take": self._take, "take-first": self._take_first, "take-all": self._take_all, "own": self._own, "move": self._move,
            "leave-out": self._leave_out, "tick": self._tick, "answer": self._answer, "measure": self._measure, "deadline": self._deadline,
        }  # fmt: skip

    def view(self, checklist: Checklist) -> Shown:
        """The list, and the view for the meeting."""
        found = self._found(checklist)
        return {
            "questions": questions_render.section(checklist, found, suggested(found, checklist.questions)),
            "room": questions_render.room(checklist, found, self._now().date()),
        }

    def file(self, checklist: Checklist, form: str) -> tuple[bytes, str, str] | None:
        """The list as a file; None where there is no such form."""
        book = self._coach.library.questions
        shown = listed(checklist.questions, self._found(checklist))
        name = checklist.plan.extraction.document.name if checklist.plan else ""
        if form not in files.FORMS:
            return None
        written = files.write(questions_export.to_paper(shown, book, name=name, kept=checklist.questions), form, self._now().astimezone())
        return written.data, KINDS[form], f"questions-{self._now():%Y-%m-%d}.{form}"

    def _found(self, checklist: Checklist) -> tuple[MeetingQuestion, ...]:
        read = checklist.plan.extraction if checklist.plan else None
        return questions(standing(checklist), latest(self._store), today=self._now().date(), book=self._coach.library.questions, read=read)

    def _take(self, asked: Mapping[str, Any]) -> Shown:
        checklist = self._store.plans.load()
        text = str(asked.get("text", ""))
        wanted = [one for one in suggested(self._found(checklist), checklist.questions) if one.text == text]
        if not wanted:
            raise UserError(plan_words.ERRORS["gone"])
        return self._keep(checklist, wanted)

    def _take_first(self, asked: Mapping[str, Any]) -> Shown:
        checklist = self._store.plans.load()
        return self._keep(checklist, suggested(self._found(checklist), checklist.questions)[:FIRST])

    def _take_all(self, asked: Mapping[str, Any]) -> Shown:
        checklist = self._store.plans.load()
        return self._keep(checklist, suggested(self._found(checklist), checklist.questions))

    def _keep(self, checklist: Checklist, wanted: tuple[MeetingQuestion, ...] | list[MeetingQuestion]) -> Shown:
        start = _end(checklist)
        records = [to_track(one, checklist).model_copy(update={"priority": start + n}) for n, one in enumerate(wanted)]
        if len(records) == 1:
            self._store.plans.add(records[0])
        elif records:
            self._store.plans.add_all(records, f"{len(records)} questions added")
        return {"said": words.TAKEN}

    def _own(self, asked: Mapping[str, Any]) -> Shown:
        text = " ".join(texts(asked).get("text", "").split())
        if not text:
            raise UserError(plan_words.ERRORS["title"])
        if len(text) > LONGEST:
            raise UserError(plan_words.ERRORS["long"])
        self._store.plans.add(Question(text=text, priority=_end(self._store.plans.load())))
        return {"said": words.TAKEN}

    def _move(self, asked: Mapping[str, Any]) -> Shown:
        ids = [one.id for one in self._store.plans.load().questions]
        at = next((n for n, id in enumerate(ids) if id == asked.get("id")), None)
        if at is None:
            raise UserError(plan_words.ERRORS["gone"])
        to = max(0, min(len(ids) - 1, at + (-1 if asked.get("way") == "up" else 1)))
        ids.insert(to, ids.pop(at))
        self._store.plans.arrange(ids, Question)
        edge = {0: "down", len(ids) - 1: "up"}.get(to)  # at the edge only the other arrow is left to hold the focus
        return {"focus": f"move-{asked.get('id')}-{edge or asked.get('way')}", "said": ""}

    def _leave_out(self, asked: Mapping[str, Any]) -> Shown:
        stored = self._question(asked)
        self._store.plans.remove(stored.model_copy(update={"version": number(asked.get("version"))}))
        return {"said": words.LEFT_OUT}

    def _tick(self, asked: Mapping[str, Any]) -> Shown:
        self._store.plans.change(self._question(asked), ticked=str(asked.get("on")) == "true")
        return {"said": ""}

    def _answer(self, asked: Mapping[str, Any]) -> Shown:
        stored = self._question(asked)
        was, now = pairs(asked).get("answer", (stored.answer, stored.answer))
        if len(now) > forms.LONGEST:
            raise UserError(plan_words.ERRORS["long"])
        seen = stored.model_copy(update={"answer": was, "version": number(asked.get("version"))})
        day_one = {"answered_on": self._now().date()} if now.strip() and stored.answered_on is None else {}
        after = self._store.plans.change(seen, typing=True, answer=now, **day_one)
        return {"kept": {"id": after.id, "version": after.version, "fields": {"answer": now}}}

    def _measure(self, asked: Mapping[str, Any]) -> Shown:
        fields = texts(asked)
        measure = fields.get("measure", "").replace("\r\n", "\n").strip()
        if not measure:
            raise UserError(words.ERRORS["measure"])
        if len(measure) > forms.LONGEST:
            raise UserError(plan_words.ERRORS["long"])
        met = day(fields.get("met_on", ""))
        if met is None:
            raise UserError(plan_words.ERRORS["day"])
        item = self._item(asked, fields)
        seen = item.model_copy(update={"measure": str(asked["measure"]) or None}) if "measure" in asked else item
        source = {"measure_source": f"meeting of {checklist_words.day(met)}"}
        self._change(seen, asked, {**forms.following(item, {"measure": measure}, self._now().date()), **source})
        return {"said": words.AGREED}

    def _deadline(self, asked: Mapping[str, Any]) -> Shown:
        fields = texts(asked)
        by = day(fields.get("deadline", ""))
        if by is None:
            raise UserError(plan_words.ERRORS["day"])
        item = self._item(asked, fields)
        seen = item.model_copy(update={"deadline": day(str(asked["deadline"]))}) if "deadline" in asked else item
        self._change(seen, asked, forms.following(item, {"deadline": by}, self._now().date()))
        return {"said": words.DATED}

    def _change(self, seen: Item, asked: Mapping[str, Any], changes: dict[str, Any]) -> None:
        version = {"version": number(asked["itemVersion"])} if "itemVersion" in asked else {}
        self._store.plans.change(seen.model_copy(update=version), **changes)

    def _item(self, asked: Mapping[str, Any], fields: Mapping[str, str]) -> Item:
        wanted = str(asked.get("item") or fields.get("item") or "")
        if not wanted:
            raise UserError(words.ERRORS["item"])
        found = forms.find(self._store.plans.load(), "item", wanted)
        if not isinstance(found, Item):
            raise UserError(plan_words.ERRORS["gone"])
        return found

    def _question(self, asked: Mapping[str, Any]) -> Question:
        found = next((one for one in self._store.plans.load().questions if one.id == asked.get("id")), None)
        if found is None:
            raise UserError(plan_words.ERRORS["gone"])
        return found


def _end(checklist: Checklist) -> int:
    return max((one.priority for one in checklist.questions), default=-1) + 1
