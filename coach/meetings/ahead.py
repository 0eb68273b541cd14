"""The check-ins that are still to come. Pure; today is passed in."""

from datetime import date

from coach.schema.checklist import CheckIn, CheckInState, Checklist


def ahead(checklist: Checklist, today: date) -> list[CheckIn]:
    """Planned for today or later, the next one first."""
    planned = [
        one
        for one in checklist.check_ins
        if one.state is CheckInState.PLANNED and one.at.date() >= today
    ]
    return sorted(planned, key=lambda one: (one.at, one.id))
