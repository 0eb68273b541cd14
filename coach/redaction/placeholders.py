"""Which placeholder stands for what: the same name gets the same one as long as the program runs. In memory only."""

import threading

from coach.redaction.fold import Folded, plain
from coach.redaction.names import PARTICLES, parts
from coach.schema.redaction import Kind

NAMES = (Kind.PERSON, Kind.NAME)


class _Somebody:
    """One person or employer: all parts of the name that were seen, and the placeholder of each form."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.fullest: tuple[str, ...] = ()
        self.forms: dict[str, str] = {}


class Placeholders:
    """Gives them out. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._people: list[_Somebody] = []
        self._firms: list[_Somebody] = []
        self._others: dict[tuple[Kind, str], str] = {}
        self._counted: dict[Kind, int] = {}

    def of(self, surface: str, kind: Kind) -> str:
        """The placeholder of one piece of text, such as "[Person 1]" or, where they were first met by the whole name, "[Person 1 first name]"."""
        with self._lock:
            if kind in (*NAMES, Kind.EMPLOYER) and not any(map(str.isdigit, surface)) and (pieces := _pieces(surface)):
                return self._name(pieces, plain(surface), kind)
            key = (kind, plain(surface))
            if key not in self._others:
                self._others[key] = f"[{self._label(kind)}]"
            return self._others[key]

    def _name(self, pieces: tuple[str, ...], form: str, kind: Kind) -> str:
        who = next((one for one in self._candidates(kind) if _same(pieces, one.fullest)), None)
        if who is None:
            who = _Somebody(self._label(kind))
            (self._firms if kind is Kind.EMPLOYER else self._people).append(who)
        if len(pieces) > len(who.fullest):
            who.fullest = pieces
        if form not in who.forms:
            who.forms[form] = f"[{who.label}{self._form(pieces, who)}]"
        return who.forms[form]

    def _candidates(self, kind: Kind) -> list[_Somebody]:
        """Who a name may belong to: "Prosser" is a person before it is short for "Prosser & Sons"."""
        return self._firms if kind is Kind.EMPLOYER else self._people if kind is Kind.PERSON else [*self._people, *self._firms]

    def _form(self, pieces: tuple[str, ...], who: _Somebody) -> str:
        """What tells this way of writing the name from the first one, which is the placeholder without anything."""
        if not who.forms:
            return ""
        if who in self._firms:
            wanted = "short name" if len(pieces) < len(who.fullest) else ""
        else:
            wanted = {who.fullest: "full name", who.fullest[:1]: "first name", who.fullest[-1:]: "last name"}.get(pieces, "")
        taken = set(who.forms.values())
        return f" {wanted}" if wanted and f"[{who.label} {wanted}]" not in taken else f" name {len(taken) + 1}"

    def _label(self, kind: Kind) -> str:
        number = self._counted[kind] = self._counted.get(kind, 0) + 1
        return kind.value if kind is Kind.EMPLOYER and number == 1 else f"{kind.value} {number}"


def _pieces(surface: str) -> tuple[str, ...]:
    return tuple(piece for word in Folded(surface).words for piece in parts(word.low) if piece not in PARTICLES)


def _same(pieces: tuple[str, ...], fullest: tuple[str, ...]) -> bool:
    few, many = sorted((set(pieces), set(fullest)), key=len)
    return bool(few) and few <= many
