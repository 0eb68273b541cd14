"""One message understood: facts, route, stage and passages, put together as a Turn. Hears no danger: guardrails do that before."""

import re
from datetime import date

from coach.library import Library
from coach.rehearsal import refused
from coach.retrieval.search import FLOOR, Search
from coach.schema.conversation import Session
from coach.schema.enums import Route
from coach.tools import choices, draft_short, log, meaning, ready
from coach.tools.turn import Picker, Turn
from coach.tools.typed import laid_out
from coach.understand import denied, facts, nearby, need, route, situation, stage, subject, to_send
from coach.understand.asking import asked_part
from coach.understand.gloss import gloss

PASSAGES = 6
_HOW = re.compile(r"\b(?:how|what|where|who|why|when|should|can|could|do|shall) (?:do |should |can |could |would |to |on earth )?(?:i|we|u|you)\b|\bhow to\b", re.IGNORECASE)
_OF_THE_PLAN = re.compile(r"\b(?:plan'?s?|pip|goals?|document|doc|pdf|file|page|section|clause|list|checklist|upload\w*|paste\w*|say|says|said|mean|means|letter|form|paper|deadlines?|dates?|read|it|due|must)\b", re.IGNORECASE)
_NEW_SUBJECT = re.compile(r"\bforget (?:it|that|this|the)\b|\bnever ?mind\b|\b(?:another|different) (?:thing|question|angle|problem)\b|^\W*(?:anyway|moving on)\b", re.IGNORECASE)
_LOG = r"log\b(?! (?:in|on|off|out)\b)"  # a log of what happened; nobody keeps one by logging in
_LISTED = re.compile(rf"\bquestions?\b|\blist\b|\b{_LOG}|\bnotes?\b", re.IGNORECASE)
_TO_KEEP = re.compile(rf"\b(?:{_LOG}|note|record|save|keep|jot|write (?:it |this |that )?down|remember)\b", re.IGNORECASE)
# These have a curated reply of the coach's own, whatever the words around them sound like.
OF_THE_COACH = (
    "vent_only", "angry_post", "told_in_the_open", "odds", "am_i_passing", "fault_or_bullying", "meeting_in_minutes",
    "missed",
)  # fmt: skip
IN_THE_ROOM = ("sleep", "tell_family", "they_ask", "say_sorry", "go_blank", "what_hr_does", "what_to_log", "one_line", "evidence", "bring", "watched", "keep_job", "by_a_thread", "drink", "young", "thanks", "send_or_not", "first_words", "tears", "cut_off", "lose_temper")  # as well, though they name a message or a meeting
# No word of the law or of the plan takes these away. Who asks what to tell the family often tells much around it, and IN_THE_ROOM only
# takes in short questions.
AHEAD_OF_THE_LAW = (*OF_THE_COACH, "tell_family")
GLOSSED = (Route.COACH, Route.BOUNDARY, Route.QUESTIONS, Route.ABOUT, Route.REHEARSE)  # what a gloss is good enough for
ASKED_TO_WRITE = (Route.COACH, Route.CHECK_IN, Route.QUESTIONS, Route.PLAN)  # where a request for words to send is mistaken for another one
# A question of law that names its thing is one, also where something else in it sounds like the plan or an errand.
OVER_WHICH_THE_LAW_GOES = (Route.BOUNDARY, Route.COACH, Route.PLAN, Route.QUESTIONS, Route.OFF_TOPIC, Route.DRAFT)
_A_TEXT = re.compile(r"\b(?:e-?mail\w*|messages?|msg|letter|note|repl(?:y|ies)|respon(?:d|se)|writ(?:e|ing)|wrote|word(?:s|ing)?|draft|text|slack|recap|statement|send|subject|template|shorter|softer|formal|lines?|sentences?|phrase|comments?|box|form|make (?:this|it|that)|add (?:that|this|a)|less)\b", re.IGNORECASE)
SHORT = 25  # words; a longer message may hold a text that is to be looked at


def understand(
    before: Session, text: str, history: list[str], *, library: Library, search: Search, today: date, endpoint: str, home: str, strong: bool = False
) -> Turn:
    """What `text` means after `history` in the conversation `before`."""
    asked_last = before.asked[-1].removeprefix("!") if before.asked and before.asked[-1].startswith("!") else None
    language = situation.language(text, history)
    phrases = library.glossaries.get(language or "")
    read = gloss(text, phrases) if phrases else text
    heard = [gloss(said, phrases) for said in history] if phrases else history
    foreign = language is not None and not phrases
    playing = before.practice is not None and before.practice.on  # what is said to a played manager tells the coach nothing
    found = {} if foreign or playing else facts.find(read, before.known, asked_last, before.dropped)
    known = facts.merge(before.known, found, "" if foreign or playing else read)
    last_route = next((m.route for m in reversed(before.messages) if m.route and m.route is not Route.CRISIS), None)
    last_reply = next((said.text for said in reversed(before.messages) if said.author == "coach"), "")
    whole, read = read, denied.left(read, last_reply)  # what puts the last reply right is not what they ask about
    question = asked_part(read)
    where = route.find(read, heard, search.index, last_route)
    if where in (Route.DRAFT, Route.QUESTIONS, Route.OFF_TOPIC) and question != read:
        where = route.find(question, heard, search.index, last_route)  # what was told around it must not turn it into another thing
    if where is Route.DRAFT and not _A_TEXT.search(read) and last_route is not Route.DRAFT:
        where = Route.COACH  # nobody spoke of a text to send
    if where is Route.CHECK_IN and _HOW.search(question) and ready.kind(where, read) in log.SAVES and not _TO_KEEP.search(read):
        where = Route.COACH  # a question is no entry for the logbook
    if asked_last and asked_last in found and "?" not in text and len(text.split()) < 9:
        where = Route.COACH  # an answer to the coach's own question stays with the coach
    if "?" not in text and any(field in found and getattr(before.known, field) for field in facts.PUT_RIGHT):
        where = Route.COACH  # putting a date right asks for nothing
    own_reply = foreign or (phrases and (where not in GLOSSED or language not in {situation.language(said) for said in history}))
    if own_reply:
        where = Route.COACH  # what the coach cannot read well, and the first message in another language, get its own reply
    named = situation.reply(question, found, known) or situation.reply(read, found, known)
    if (
        (where in (Route.BOUNDARY, Route.OFF_TOPIC, Route.PLAN) and named in AHEAD_OF_THE_LAW)
        or (where in (Route.ABOUT, Route.DRAFT) and named == "brackets")
        or (where is Route.DECLINE and named == "angry_post")
    ):
        where = Route.COACH
    if where is not Route.REHEARSE and named in IN_THE_ROOM and len(question.split()) < SHORT:
        where = Route.COACH
    if to_send.changes(read, to_send.letter_before(before)):
        where = Route.DRAFT  # what is said about the draft on the screen is about that draft
    elif (named not in (*OF_THE_COACH, *IN_THE_ROOM) or named == "thanks") and (
        (where in ASKED_TO_WRITE and to_send.wants(read))
        or (where is Route.BOUNDARY and (to_send.asks_politely(read) or to_send.threatens(read)))
    ):
        where = Route.DRAFT
    if where is Route.DRAFT and draft_short.has_signed(read) and not to_send.wants(read):
        where = Route.COACH  # it is told, and nothing asked for
    if where is Route.PLAN and before.messages and not _OF_THE_PLAN.search(question):
        where = Route.COACH  # nobody spoke of the document
    at_the_signature = where is not Route.BOUNDARY and draft_short.beside_signature(read, library.drafts.short)
    if where is not Route.DECLINE and (to_send.asks_if_fine(read) or at_the_signature):
        where = Route.DRAFT
    if laid_out(text) and not playing:
        where = Route.PLAN  # goals typed as a numbered list
    if meaning.asked(read, library.lines["meanings"]["words"]) and not playing:
        where = Route.COACH  # a word of the plan, whatever else was spoken of before
    if playing or refused.asked(read):
        where = Route.REHEARSE  # a manager who is not played is declined there, whatever else such words are about
    unasked = foreign or playing or (not before.messages and situation.only_news(read))  # who brings the news is met first
    wanted = None if unasked else need.find(read, question, search.index)
    plainly = need.named(read)
    topic = subject.find(read, search, heard) if where is Route.BOUNDARY else None
    if plainly and (where in (Route.QUESTIONS, Route.CHECK_IN) or (where is Route.PLAN and laid_out(text))) and not _LISTED.search(question):
        where = Route.COACH  # what they need is said in plain words, whatever else was spoken of before
    if where is Route.BOUNDARY and topic is None and wanted in (None, "resign_or_wait"):  # leaving has a page of law of its own
        topic = subject.near(read, search)
    elif where is Route.BOUNDARY and last_route is Route.BOUNDARY and wanted and wanted == plainly and wanted not in need.OF_THE_LAW:
        where, topic = Route.COACH, None  # the page was given; what they ask now has its own answer
    elif wanted in need.OF_THE_LAW and where in (Route.COACH, Route.QUESTIONS, Route.PLAN, Route.OFF_TOPIC):
        where = Route.BOUNDARY
    elif where is Route.BOUNDARY and topic is None and wanted not in need.OF_THE_LAW:
        where = Route.COACH  # no subject of the law was named, and what they need has a reply
    law = None if (unasked and where is not Route.BOUNDARY) or own_reply or named in AHEAD_OF_THE_LAW else subject.asked(read)
    if plainly in need.BEFORE_LAW and not (law == "what-is-it-worth" or subject.offered(read)):
        law = None  # what to do about these is known
    if law and where in OVER_WHICH_THE_LAW_GOES and not (where is Route.DRAFT and to_send.wants(read)):
        where, topic, wanted = Route.BOUNDARY, law, None
    region = known.region.value if known.region else None
    if where is Route.BOUNDARY and (topic is None or subject.elsewhere(topic, region)):
        topic = subject.OTHER
    if where is Route.COACH and wanted is None and named is None and not unasked and not own_reply and subject.of_law(question):
        where, topic = Route.BOUNDARY, subject.OTHER
    if wanted is None and where is Route.COACH and before.messages and not situation.asks(read) and not _NEW_SUBJECT.search(read):
        wanted = need.asked_about(library.needs, before.messages[-1].text)  # an answer to the coach's own question goes on with the need
    chosen = None if playing else choices.meant(text, library)
    if chosen or text in (library.lines["choices"]["other"], library.lines["choices"]["not_this"]):
        where, wanted, topic = Route.COACH, chosen if chosen in library.needs else None, None
    if chosen and not wanted and library.by_id[chosen].boundary:
        where, topic = Route.BOUNDARY, chosen
    if wanted in need.BEFORE_LAW and where in (Route.BOUNDARY, Route.QUESTIONS, Route.PLAN):
        where, topic = Route.COACH, None
    near = nearby.find(heard[-1] if named == "missed" and heard else read, search) if where is Route.COACH else nearby.NOTHING
    row, vector = search.look(question, heard)
    passages = search.ranked(row, vector, PASSAGES)
    if chosen and not wanted and not topic:
        passages = [search.whole(chosen), *passages]
    return Turn(
        text=whole, history=history, session=_answered(before), found=found, known=known,
        stage=before.stage if foreign or playing else stage.find(read, heard, found, known, before.stage, search.index), route=where,
        passages=passages, in_scope=bool(chosen) or search.scope(row) >= FLOOR,
        topic=topic, nearby=near.ids, torn=near.torn, strong=strong,
        library=library, picker=Picker(before.id, before.shown), today=today, endpoint=endpoint, home=home,
        question=question, need=wanted, typed=text if phrases else "", language=language,
    )  # fmt: skip


def _answered(session: Session) -> Session:
    return session.model_copy(update={"asked": tuple(name.removeprefix("!") for name in session.asked)})
