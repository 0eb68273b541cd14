"""A check-in that was cancelled or did not take place: a plain note, a free slot to suggest, a line to send. Pure."""

from datetime import date

from coach.checklist.words import day
from coach.meetings import words
from coach.meetings.ahead import ahead
from coach.meetings.series import free_slot
from coach.meetings.words import fill, when, whole
from coach.schema.checklist import CheckIn, CheckInState, Checklist
from coach.schema.meeting_words import MeetingBook
from coach.schema.meetings import Letter, Rebooking


def rebook(checklist: Checklist, check_in: CheckIn, today: date, book: MeetingBook) -> Rebooking:
    """What to do after this one. The slot is a suggestion and not kept: nobody has agreed to it yet."""
    says = book.missed
    plan = checklist.plan.extraction.plan if checklist.plan else None
    slot = free_slot(check_in, checklist.check_ins, today=today, end=plan.end_date if plan else None)
    following = next((one for one in ahead(checklist, today) if one.at > check_in.at), None)
    cancelled = check_in.state is CheckInState.CANCELLED
    said = [fill(says.cancelled if cancelled else says.missed, day=day(check_in.at))]
    said.append(fill(says.slot, when=when(slot.at)) if slot else says.no_slot)
    if following:
        said.append(fill(says.next, when=when(following.at)))
    parts = [
        fill(says.greeting, who=whole(check_in.who) or words.manager(checklist)),
        fill(says.opening_cancelled if cancelled else says.opening_missed, day=day(check_in.at)),
        fill(says.offer, when=when(slot.at)) if slot else says.offer_open,
        says.close,
        fill(says.sign_off, name=words.my_name(checklist)),
    ]
    letter = Letter(subject=fill(says.subject, day=day(check_in.at)), text="\n\n".join(parts))
    return Rebooking(check_in=check_in, slot=slot, next=following, said=" ".join(said), letter=letter)
