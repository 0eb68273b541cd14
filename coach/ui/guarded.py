"""The one border between the page's own addresses and the program: a sentence, never a traceback."""

from collections.abc import Callable
from typing import Any

from coach.errors import CoachError

BROKEN = "Something went wrong here. Your words are kept; please try again."
Shown = dict[str, Any]


def guarded(act: Callable[..., Shown], *given: Any) -> Shown:
    """What `act` shows; an error is one sentence beside what is there."""
    try:
        return act(*given)
    except CoachError as error:
        return {"fault": str(error)}
    except Exception:  # noqa: BLE001  see above
        return {"fault": BROKEN}
