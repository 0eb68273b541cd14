"""What the plan part of the page says. Plain words only; never whether a plan is fair, never odds."""

from coach.schema.checklist import PromiseState, Status
from coach.schema.plan import Missing, Signature

ADD = "Add your plan"
ADD_NEW = "Add a changed version"
VIEW = "Your plan"
CONFIRM = "Confirm"
STATUSES = {
    Status.NOT_STARTED: "Not started",
    Status.IN_PROGRESS: "In progress",
    Status.AT_RISK: "At risk",
    Status.DONE: "Done",
    Status.CONFIRMED: "Confirmed by your manager",
}
PROMISES = {
    PromiseState.OPEN: "Open",
    PromiseState.KEPT: "Kept",
    PromiseState.LATE: "Late",
    PromiseState.MISSED: "Missed",
}
GAPS = {
    Missing.MEASURE: ("The plan does not say how this is measured.", "How will you decide that this is met, and who decides?"),
    Missing.DEADLINE: ("The plan gives no date for this.", "By when should this be done?"),
    Missing.VAGUE: ("The wording can be read in several ways.", "What would this look like in a normal week? Can you give me an example?"),
}
SIGNATURE = {
    Signature.RECEIPT: "The plan says that signing confirms you received or read it.",
    Signature.AGREEMENT: "The plan says that signing means you agree with it.",
    Signature.NONE: "The plan does not say what signing means. Ask: “Does my signature mean that I received this, or that I agree with it?”",
}
KINDS = {
    "pdf": "PDF", "docx": "Word document", "text": "Text", "markdown": "Text", "email": "E-mail", "html": "Web page", "image": "Picture",
}  # fmt: skip
CHANGES = {
    "reworded": "Reworded", "deadline": "Date moved", "measure": "Measured otherwise", "target": "Other target",
    "evidence_source": "Judged by other evidence",
}  # fmt: skip
FIELDS = {
    "start_date": "First day", "end_date": "Last day", "duration_days": "Length in days", "manager": "Manager",
    "check_ins": "Check-ins", "consequences": "If it is not met", "signature": "What signing means", "response_window": "Time to respond",
}  # fmt: skip
NEXT = {"deadline": "Due", "promise": "Promised to you", "check_in": "Check-in", "plan_end": "Last day of the plan"}
TOO_LARGE = "This file is larger than 10 MB, which is more than I can read. Save only the pages of the plan, or paste its text."
FOLDER = "I can read one file at a time. Please drop the file itself."
UNREACHED = "The coach does not answer. What you typed is still here."
OTHERS = "This plan is open in another page or program as well. Both may change it; nothing is overwritten unseen."
CHANGED = "Something was changed in another window. This page shows the newest."
SAVED = "Saved."
CONFIRMED = "Your plan is here now. Go one item at a time."
REVISED = "The changed plan is in. What you had noted is still there."
ERASED = "The plan and everything noted with it are deleted."
ERRORS = {
    "field": "This cannot be changed here. Load the page again.",
    "title": "Write a few words first.",
    "day": "Choose a date with day, month and year.",
    "period": "The last day of the plan is before its first day. Change the other date first.",
    "minutes": "Write the minutes as a number, such as 45.",
    "gone": "This is no longer there. Load the page again.",
    "merge": "There is no goal before this one to put it together with.",
    "split": "Choose where the second goal begins.",
    "draft": "This review is no longer open. Add the plan again; nothing that you confirmed is lost.",
    "empty": "Keep or add at least one goal, then confirm.",
    "request": "This request is not complete. Load the page again.",
    "long": "That is more text than fits here. Please make it shorter.",
}
