"""From the kind of a file to the module that reads it. Imports only what the file needs."""

from collections.abc import Callable

from coach.plan.reading.draft import Draft
from coach.plan.reading.sniff import decode, sniff


def parse(data: bytes, name: str, slow: Callable[[], None]) -> Draft:
    """Read one file; `slow` is called before pictures are read."""
    kind = sniff(data, name)
    if kind == "pdf":
        from coach.plan.reading import pdf

        return pdf.draft(data, slow)
    if kind == "docx":
        from coach.plan.reading import word

        return word.draft(data)
    if kind == "image":
        from coach.plan.reading import image

        return image.draft(data, slow)
    if kind == "email":
        from coach.plan.reading import mail

        return mail.draft(data)
    if kind == "html":
        from coach.plan.reading import web

        return web.draft(decode(data))
    if kind == "markdown":
        from coach.plan.reading import markdown

        return markdown.draft(decode(data))
    from coach.plan.reading import plain

    return plain.draft(decode(data))
