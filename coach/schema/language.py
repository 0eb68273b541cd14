"""A glossary of another language, as knowledge/languages holds it. Translates nothing."""

import unicodedata

from pydantic import field_validator

from coach.schema.knowledge import Record


class Glossary(Record):
    """Phrases of one language with their English; kept folded, so that accents and capitals do not matter."""

    language: str
    phrases: dict[str, str]

    @field_validator("phrases")
    @classmethod
    def _plain(cls, phrases: dict[str, str]) -> dict[str, str]:
        if not phrases:
            raise ValueError("is empty")
        return {fold(phrase): english for phrase, english in phrases.items()}


def fold(text: str) -> str:
    """Small letters without accents; marks that open a question are left out."""
    plain = unicodedata.normalize("NFC", text.lower())
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in plain if letter not in "¿¡")
