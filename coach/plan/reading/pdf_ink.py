"""Which letters of a PDF page can be seen: the page is drawn, and a word that leaves no mark on the picture is hidden."""

from collections.abc import Iterator
from statistics import median

SCALE = 2.0
LEAST_CONTRAST = 24  # of 255, between the lightest and the darkest point of a word's box
SMALLEST = 3.0  # points
SMALL_PART = 0.25  # of the page's usual size


def visible(page, picture) -> tuple[list[dict], list[str]]:
    """Letters of a pdfplumber page that can be seen, and the words that cannot."""
    sizes = [char["size"] for char in page.chars if char["text"].strip()]
    usual = median(sizes) if sizes else 10.0
    shown: list[dict] = []
    hidden: list[str] = []
    last: dict | None = None  # the last letter of hidden text that may go on
    space = False
    for run in spans(page.chars):
        text = "".join(char["text"] for char in run)
        if not text.strip():
            shown += run
            space = True
        elif seen(run, page, picture, usual):
            shown += run
            last = None
        else:
            if last is None:
                hidden.append(text)
            else:
                hidden[-1] += (" " if space or moved(last, run[0]) else "") + text
            last, space = run[-1], False
    return shown, [text.strip() for text in hidden]


def moved(before: dict, char: dict) -> bool:
    """Whether the next letter stands on another line or away from the one before."""
    return abs(char["top"] - before["top"]) > 0.5 * before["size"] or char["x0"] - before["x1"] > 0.15 * char["size"]


def spans(chars: list[dict]) -> Iterator[list[dict]]:
    """Letters in the order of the file, cut at spaces, new lines and changes of style."""
    run: list[dict] = []
    for char in chars:
        if run:
            last = run[-1]
            style = ("fontname", "size", "non_stroking_color")
            same = all(char.get(name) == last.get(name) for name in style)
            near = abs(char["top"] - last["top"]) < 1 and -1 < char["x0"] - last["x1"] < char["size"]
            if not same or not near or char["text"].isspace() != last["text"].isspace() or len(run) > 40:
                yield run
                run = []
        run.append(char)
    if run:
        yield run


def seen(run: list[dict], page, picture, usual: float) -> bool:
    """Whether a word is on the page, large enough, and leaves a mark."""
    size = median(char["size"] for char in run)
    if size < SMALLEST or size < SMALL_PART * usual:
        return False
    left, right = min(char["x0"] for char in run), max(char["x1"] for char in run)
    top, bottom = min(char["top"] for char in run), max(char["bottom"] for char in run)
    x0, top0, x1, bottom0 = page.bbox
    if right <= x0 + 1 or left >= x1 - 1 or bottom <= top0 + 1 or top >= bottom0 - 1:
        return False
    if picture is None or not drawable(run):
        return not white(run[0].get("non_stroking_color"))
    pad = 0.1 * size
    box = [(left - x0) * SCALE, (top - top0 - pad) * SCALE, (right - x0) * SCALE, (bottom - top0 + pad) * SCALE]
    box = [max(0, int(box[0])), max(0, int(box[1])), min(picture.width, int(box[2]) + 1), min(picture.height, int(box[3]) + 1)]
    if box[2] <= box[0] or box[3] <= box[1]:
        return False
    lightest = picture.crop(tuple(box)).getextrema()
    return lightest[1] - lightest[0] >= LEAST_CONTRAST


def drawable(run: list[dict]) -> bool:
    """Whether a missing mark tells anything: letters of other scripts and of symbol fonts may lack a font for drawing."""
    text = "".join(char["text"] for char in run)
    return all(ord(char) < 0x250 or 0x2010 <= ord(char) <= 0x20BF for char in text) and "(cid:" not in text


def white(colour) -> bool:
    """Whether a colour is white or nearly so; only used where the page cannot be drawn."""
    if not isinstance(colour, tuple | list) or not colour or not all(isinstance(part, int | float) for part in colour):
        return False
    if len(colour) == 4:  # cyan, magenta, yellow, black
        return max(colour) <= 0.06
    return len(colour) in (1, 3) and min(colour) >= 0.94
