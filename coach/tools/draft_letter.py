"""A message to send as its parts, read from the text in which it stands and written again. Pure."""

import re
from dataclasses import dataclass

_GREETING = r"(?:Hello|Hi|Hey|Dear|Good day|Good morning) [^\n]{1,60},"
_CLOSE = r"(?:Kind regards|Best regards|With kind regards|Best wishes|All the best|Yours sincerely|Regards|Thank you|Thanks|Best)"
_FULL = re.compile(rf"(?:^|\n\n)(?:Subject: (?P<subject>[^\n]+)\n\n)?(?P<greeting>{_GREETING})\n+(?P<body>(?:(?!\n{_GREETING}\n)[\s\S])+?)\n+(?P<close>{_CLOSE}),[\n ](?P<name>[^\n]+)(?=\n|$)")
_CHAT = re.compile(rf"(?:^|\n\n)(?P<greeting>{_GREETING})\n(?P<body>(?:[^\n]+\n)+?)(?P<name>[^\n.?!]{{1,40}})(?=\n\n|$)")
_SENTENCE = re.compile(r"(?<=[.?!\u201d])\s+(?=[A-Z\[\u201c\"])")


@dataclass(frozen=True)
class Message:
    """A message: paragraphs are lines joined by single line breaks, `close` is "" in a chat window."""

    greeting: str
    body: tuple[str, ...]
    name: str
    subject: str = ""
    close: str = ""

    @property
    def text(self) -> str:
        """As it is copied."""
        if not self.close:
            return "\n".join([self.greeting, *self.body, self.name])
        head = [f"Subject: {self.subject}"] if self.subject else []
        return "\n\n".join([*head, self.greeting, *self.body, f"{self.close},\n{self.name}"])

    @property
    def lines(self) -> int:
        """Lines without the subject and the empty ones."""
        return sum(1 for line in self.text.split("\n") if line.strip() and not line.startswith("Subject: "))


def read(reply: str) -> Message | None:
    """The message that stands in a reply; None where there is none."""
    if found := _FULL.search(reply):
        return Message(found["greeting"], _paragraphs(found["body"]), found["name"].strip(), found["subject"] or "", found["close"])
    if found := _CHAT.search(reply):
        return Message(found["greeting"], tuple(found["body"].strip().split("\n")), found["name"].strip())
    return None


def _paragraphs(body: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in body.strip().split("\n\n") if part.strip())


def pieces(paragraph: str) -> list[str]:
    """The sentences of a paragraph, each entry of a list on its own."""
    return [one for line in paragraph.split("\n") for one in ([line] if line.startswith("- ") else _SENTENCE.split(line)) if one.strip()]


def joined(parts: list[str]) -> str:
    """The pieces as a paragraph again."""
    text = ""
    for part in parts:
        gap = "\n" if part.startswith("- ") or text.rpartition("\n")[2].startswith("- ") else " "
        text += (gap if text else "") + part
    return text
