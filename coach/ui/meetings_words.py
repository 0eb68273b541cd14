"""What the meetings part of the page says. Plain words only; never whether a plan is fair, never odds."""

from coach.schema.checklist import CheckInKind, CheckInState
from coach.schema.drafts import DraftKind, MarkKind

SECTIONS = {"questions": "Questions", "letters": "Words to send", "check_ins": "Check-ins", "record": "Record"}
QUESTIONS = "Questions for the meeting"
ORDER = "In the order in which you would ask them. If there is time for five only, the first five are enough."
NONE_TAKEN = "Nothing is on your list yet. Take in what you want to ask, or write your own."
FROM_PLAN = "What your plan leaves open"
FROM_CHAT = "Worth asking without the plan at hand"
NOTHING_OPEN = "I find nothing else open to ask about."
TAKE_FIVE = "Take in the five that matter most"
TAKE_ALL = "Take in all"
ROOM = "In the meeting"
ROOM_HOW = "Tick what you asked and note the answer in their words. It is saved as you type."
ROOM_EMPTY = "Your list is empty. Take in the questions first, then they stand here, large and one below the other."
INTO_PLAN = "Use the answer in your plan"
NOW_IN_PLAN = "In your plan now"
SAVED = "Saved."
TAKEN = "On your list."
LEFT_OUT = "Left out. It stands below again if you want it."
AGREED = "Your plan says it now, with the day of the meeting beside it."
DATED = "Your plan has the date now."
AHEAD = "What is ahead"
WAS = "What was"
PUT_TOLD = "Put it in"
NO_CHECK_INS = "No meeting is planned in your list. Put in the series below, or add one by hand."
WHAT_BECAME = "What became of it?"
AGENDA = "One page to bring"
RECAP = "A recap to send"
BLANKS = "What is not known stands in [brackets]. Nothing is sent from here: copy it into your own mail."
AGREED_LINES = "What was agreed, one line each: who does what, and by when"
OWN_NOTES = "Your own notes, which go into no recap"
SERIES = "A series from your plan"
MORE_SERIES = "Put in a series from your plan"
SERIES_IN = "They are in your list. “Undo” takes all of them out again."
SLOT_IN = "In your list: {when}. Nobody was invited."
TAKE_SLOT = "Put that time into my list"
FINISHED = "Noted as held. Write down what was agreed while it is fresh."
STATUS = "Where things stand, in your own notes"
STATUS_HOW = "Every line is something that you noted, with its day. Nothing is added."
AS_MESSAGE = "The same as a message"
KINDS = {
    CheckInKind.FIRST: "First meeting", CheckInKind.CHECK_IN: "Check-in", CheckInKind.MIDPOINT: "Half-way review", CheckInKind.FINAL: "Last review",
}  # fmt: skip
STATES = {
    CheckInState.PLANNED: "Planned", CheckInState.HELD: "It took place", CheckInState.CANCELLED: "Cancelled", CheckInState.MISSED: "Did not take place",
}  # fmt: skip
BECAME = {
    CheckInState.PLANNED: "Planned again.", CheckInState.HELD: "Noted as held.", CheckInState.CANCELLED: "Noted as cancelled, without a reason.",
    CheckInState.MISSED: "Noted as one that did not take place.",
}  # fmt: skip
OVER = "The meeting is over"
DRAFT = "Start from a draft"
CHOOSE = "Choose what it is for. What nobody knows yet stands in [brackets], and nothing is made up."
MISSING = "What is missing"
WORK_ON = "Work on it below"
OWN_HEAD = "Your own text"
OWN_TEXT = "What you would like to send"
OWN_HOW = "Paste or write it here. I look for words that may cost more than they help. It is not sent to anybody."
LOOK_OVER = "Look it over"
LOOKED = "Worth another look"
LOOKED_CLEAR = "I find nothing to change in it. Read it aloud once before you send it."
STILL_OPEN = "Fill in before you send it:"
CALMER = "Calmer, with the same facts:"
PUT = "Put this in its place"
PUT_IN = "The calmer wording stands in your text now."
LEAVE_AWAY = "It can be left out."
YOURS = "These are suggestions. You know the person who will read it."
PUT_BACK = "Put back what stood here before"
KEPT_HEAD = "What you kept"
KEPT = "Kept, below."
SENT = "I sent this"
OWN_KIND = "Your own text"
LETTERS = {
    DraftKind.ACKNOWLEDGE: "I received the plan", DraftKind.REQUEST_MEETING: "Ask for a meeting", DraftKind.RECAP: "Recap of a meeting",
    DraftKind.CORRECTIONS: "Correct a fact", DraftKind.STATUS: "Weekly status", DraftKind.REBOOK: "A new time", DraftKind.SUPPORT: "Ask for support",
    DraftKind.COLLEAGUES: "To curious colleagues", DraftKind.THANKS: "Thank you",
}  # fmt: skip
MARKS = {
    MarkKind.BLANKET_ADMISSION: "Admits everything", MarkKind.ACCUSATION: "Accuses", MarkKind.ABSOLUTE: "Always or never", MarkKind.THREAT: "Threatens",
    MarkKind.MOTIVE: "Guesses a motive", MarkKind.FEELING_AS_FACT: "Feeling as fact", MarkKind.CONFIDENTIAL: "Confidential",
    MarkKind.MISSING_FACT: "A fact is missing", MarkKind.OVER_APOLOGY: "Too much sorry",
}  # fmt: skip
BINDER = "The record, to read"
BINDER_HOW = "The plan in its own words, your items and what shows them, meetings, promises, feedback and the texts you kept, as one document."
DATA = "Your data, to take along"
DATA_HOW = "Everything that is kept here, conversations and files included. It can be imported again, here or on another computer."
PLACE = "Choose a place that only you can see. The file is not locked."
BRING = "Bring it back"
BRING_HOW = "All of it is read and checked before anything is stored. If something does not fit, nothing changes."
REPLACE = "Put it in place of what is here. A copy of that is made first."
IMPORTED = "It is all here again."
IMPORTED_OVER = "It is all here again. A copy of what was here before is kept."
DELETE_ALL = "Delete everything"
DELETE_HOW = "Conversations, plan, notes, files and the copies of them, all that you wrote here."
DELETE_ASK = "Delete everything for good? This cannot be undone."
DELETE_YES = "Delete all of it"
DELETE_NO = "Keep it"
ERASED = "Everything is deleted."
ERRORS = {
    "not_empty": "There is something here already, so nothing was imported. Tick the box to put the archive in its place.",
    "archive": "Choose the ZIP file first.",
    "moved": "The text was changed meanwhile. Look it over again.",
    "time": "Choose a time with hours and minutes.",
    "minutes": "Write the minutes as a number from 1 to 1440.",
    "measure": "Write how it will be measured first.",
    "item": "Choose the item that this is about.",
}
