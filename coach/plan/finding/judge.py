"""Is this an improvement plan for one employee? Says why not, in a sentence for the person."""

import re

from coach.plan.finding.walk import Unit, is_blank
from coach.schema.knowledge import Record
from coach.schema.plan import Document, Plan

_I = re.IGNORECASE
NO_GOAL = "I could not find a goal in this file. You can add each one by hand, in the plan's own words."
NO_PLAN = "I could not find an improvement plan in this file."
_PLAN = re.compile(r"\b(?:performance improvement (?:plan|form|notice)|improvement (?:plan|notice|period|form)|\bpip\b|opportunity (?:to|period)|corrective action|performance plan|support plan|action plan|capability|plan of assistance|(?<!exceeds )(?<!meets )(?<!exceeded )(?<!met )(?<!above )(?<!below )expectations?|verbeterplan|work improvement)\b", _I)  # fmt: skip
_EMPLOYER_WIDE = re.compile(r"\b(?:council|committee|residents|customers and staff|shareholders|the service|board of|strateg(?:y|ic plan)|fiscal year|annual report|department(?:s|al)? (?:plan|strategy)|stakeholder consultation|programme board|service plan|project (?:plan|recovery|rescue|sponsor|team)|steering (?:group|committee)|work ?streams?|product launch)\b", _I)  # fmt: skip
_REVIEW = re.compile(r"\b(?:annual (?:performance )?(?:review|appraisal)|yearly (?:performance )?review|year-?end review|overall rating|performance (?:appraisal|review) (?:20\d\d|form|summary)|rating scale|appraisal form|job description|employment contract|offer of employment|payslip|curriculum vitae|newsletter|invoice|policy document)\b", _I)  # fmt: skip
_INVITES = re.compile(r"\binvit(?:ation|e you|ed) to (?:attend )?(?:an? |the )?(?:\w+ ){0,3}(?:meeting|hearing|interview)\b|\bno decision has (?:yet )?been (?:made|taken)\b", _I)
_TO_ONE = re.compile(r"\byou(?:r)?\b", _I)


class Verdict(Record):
    """Whether it is a plan, and what to tell the person where something is odd."""

    is_plan: bool
    reason: str | None = None


def judge(document: Document, plan: Plan, units: list[Unit]) -> Verdict:
    """Weigh the signs; none of them decides alone."""
    text = document.text
    head = text[:400]
    blanks = len(re.findall(r"_{4,}|\.{6,}|\[[^\]\n]{3,60}\]|<[^>\n]{3,40}>", text))
    filled = sum(len(unit.text.split()) for unit in units if not is_blank(unit.text))
    missing = _missing_attachment(text) if not plan.goals else None
    score = 1.5 * bool(_PLAN.search(text)) + 0.8 * bool(_PLAN.search(head))
    score += 0.8 * bool(plan.employee) + 0.6 * bool(plan.manager) + 0.6 * bool(plan.consequences) + 0.4 * bool(plan.check_ins) + 0.5 * (plan.signature != "none")
    score += min(1.0, 0.3 * len(plan.goals)) + 0.5 * (len(_TO_ONE.findall(text)) > 3)
    score -= 0.5 * min(3, len(_EMPLOYER_WIDE.findall(text))) * (plan.employee is None)
    score -= 1.6 * bool(_REVIEW.search(text)) * (not re.search(r"improvement plan|\bpip\b", text, _I) or not plan.goals or bool(_REVIEW.search(head)))
    score -= 3.0 * bool(_INVITES.search(head) or (not plan.goals and _INVITES.search(text)))
    if plan.employee is None and len(_TO_ONE.findall(text)) < 3 and blanks < 4:
        score -= 1.2
    if score < 2.2 or (not plan.goals and plan.employee is None and missing is None and blanks < 4):
        return Verdict(is_plan=False, reason=_why_not(text, plan))
    if missing:
        return Verdict(is_plan=True, reason=f"The goals are not in this file. It says: \u201c{missing}\u201d Ask for that part and add it.")
    if not plan.goals and blanks >= 4 and filled < 400:
        return Verdict(is_plan=True, reason="This looks like a blank form. Nobody has filled in goals yet.")
    if not plan.goals:
        return Verdict(is_plan=True, reason=NO_GOAL)
    return Verdict(is_plan=True)


def _missing_attachment(text: str) -> str | None:
    match = re.search(r"[^.\n]*\b(?:goals?|objectives?|expectations?|targets?|requirements?|improvements?|actions?)\b[^.\n]*\b(?:attached|attachment|appendix|annex|enclos\w+|separate (?:sheet|document|page)|schedule)\b[^.\n]*\.?|[^.\n]*\b(?:see|in) (?:the )?(?:attached|attachment|appendix|annex|separate)\b[^.\n]*\.?", text, _I)
    return re.sub(r"\s+", " ", match[0]).strip() if match else None


def _why_not(text: str, plan: Plan) -> str:
    if _EMPLOYER_WIDE.search(text) and plan.employee is None:
        return "This looks like a plan for an organisation, not for one employee."
    if _REVIEW.search(text):
        return "This looks like a review or another work document, not an improvement plan."
    return NO_PLAN
