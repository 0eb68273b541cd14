"""A sheet as plain text: for the terminal, for a message, for print. Pure."""

from coach.schema.meetings import Sheet


def to_text(sheet: Sheet) -> str:
    """Title, sections and rows, each on its line."""
    parts = [sheet.title]
    if sheet.lead:
        parts.append(sheet.lead)
    for section in sheet.sections:
        rows = [f"{'  ' * row.level}- {row.text}" for row in section.rows]
        parts.append("\n".join([section.heading, *rows]))
    if sheet.close:
        parts.append(sheet.close)
    return "\n\n".join(parts)
