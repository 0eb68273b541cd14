"""A document cut into statements, each with what stands around it: section, label, column, number. Decides nothing about goals."""

from coach.plan.finding import sentences
from coach.plan.finding.prose import goes_on, heading, is_title, item, paragraph
from coach.plan.finding.tables import table
from coach.plan.finding.walk import Unit, Walk
from coach.schema.plan import Document


def units(document: Document) -> list[Unit]:
    """All statements of the document in their order."""
    walk = Walk(document)
    blocks = list(document.blocks)
    position = 0
    while position < len(blocks):
        block = blocks[position]
        if block.kind == "cell":
            cells = [other for other in blocks[position:] if other.table == block.table and other.kind == "cell"]
            table(walk, cells)
            position += len(cells)
            continue
        follower = blocks[position + 1] if position + 1 < len(blocks) else None
        walk.paragraph += 1
        if block.kind == "heading":
            heading(walk, block)
        elif block.kind == "item" and not is_title(block, follower):
            item(walk, block)
        elif is_title(block, follower):
            head = sentences.enumerated(block.text, single=goes_on(block, follower))
            walk.heading(f"{block.marker} {block.text[: head[0][1]] if head else block.text}".strip(), 3)
            for marker, start, end in head:
                walk.add(block, block.start + start, block.start + end, walk.role, "item", marker=marker)
        else:
            paragraph(walk, block)
        position += 1
    return walk.units
