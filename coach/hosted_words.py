"""The words that are true where people sign in: nothing is "on this computer" for them. Pure; the texts are in knowledge/lines/hosted.yaml."""

from typing import Any

from coach.library import Library


def elsewhere(text: str) -> str:
    """A line of the program about the computer it runs on, for somebody who sits at another one."""
    for own, theirs in (("n this computer", "n the server of this page"), ("(this computer)", "(the same server)")):
        text = text.replace(own, theirs)
    return text


def hosted(library: Library) -> Library:
    """The same library with what it says about itself made true."""
    lines = _here(library.lines)
    about = {**lines["routes"]["about"], **library.lines["hosted"]["about"]}
    return library.model_copy(update={"lines": {**lines, "routes": {**lines["routes"], "about": about}}})


def _here(found: Any) -> Any:
    if isinstance(found, str):
        return found.replace(" on this computer", " here")
    if isinstance(found, dict):
        return {name: _here(value) for name, value in found.items()}
    if isinstance(found, list | tuple):
        return type(found)(map(_here, found))
    return found
