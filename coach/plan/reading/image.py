"""Pictures of text: read by the tesseract program, one page at a time, through pipes and without files."""

import io
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from coach.plan.reading import scan
from coach.plan.reading.breaks import append
from coach.plan.reading.columns import regions
from coach.plan.reading.draft import Draft
from coach.plan.reading.faults import Fault
from coach.plan.reading.lines import Line
from coach.plan.reading.paragraphs import Column, mend, spacing

MOST_PAGES = 12
MOST_PIXELS = 60_000_000
LONGEST = 3600  # pixels of the longer side that tesseract is given
SHORTEST = 1500
SECONDS = 60
GOOD = 80.0
LEAST_LETTERS = 20  # fewer are specks and lines that look like letters
MODES = ("3", "4", "6")  # tesseract's page layouts: any, one column, one block
PLACES = ("/opt/homebrew/bin/tesseract", "C:/Program Files/Tesseract-OCR/tesseract.exe")  # where installers leave it off the path
FEW = "The text of this file was read from a picture. Please check names, numbers and dates."
UNSURE = "The picture is hard to read, so some words may be wrong or missing. A sharper scan, or the text itself, helps."
PART = f"Only the first {MOST_PAGES} pages were read."


def draft(data: bytes, slow: Callable[[], None]) -> Draft:
    """Read a picture; a TIFF may have several pages."""
    return compose(frames(data), "image", slow)


def scanned(document, slow: Callable[[], None], hidden: list[str]) -> Draft:
    """Read a PDF without text layer."""
    found = compose(drawn(document), "pdf", slow)
    found.pages = len(document)
    found.hidden = hidden
    if len(document) > MOST_PAGES:
        found.warnings.append(PART)
    return found


def frames(data: bytes) -> Iterable:
    """Pages of a picture file, upright and in grey."""
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Fault("too_big")
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= MOST_PAGES:
                    return
                if frame.width * frame.height > MOST_PIXELS:
                    raise Fault("too_big")
                yield grey(ImageOps.exif_transpose(frame) or frame)
    except Image.DecompressionBombError as error:
        raise Fault("too_big") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Fault("damaged") from error


def grey(picture):
    """A picture in grey on white."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(ground, picture).convert("L")
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = picture.point(lambda value: value / 256)
    return picture.convert("L")


def drawn(document) -> Iterable:
    """Pages of a PDF as pictures."""
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        scale = min(200 / 72, LONGEST / max(page.get_size()))
        yield page.render(scale=scale, grayscale=True).to_pil().convert("L")


def compose(pictures: Iterable, kind: str, slow: Callable[[], None]) -> Draft:
    """Read every picture and join what runs over the pages."""
    program = shutil.which("tesseract") or next((place for place in PLACES if Path(place).is_file()), None)
    if not program:
        raise Fault("no_tesseract")
    slow()
    found = Draft(kind, warnings=[FEW])
    sure: list[float] = []
    number = 0
    for number, picture in enumerate(pictures, 1):  # noqa: B007
        lines, rate = best(picture, program, number)
        if not lines:
            continue
        sure.append(rate)
        body = median(line.size for line in lines)
        step = spacing(lines, body)
        for region in regions(lines, body):
            append(found.pieces, Column(region.lines, body, strong(lines), region.right, step).pieces())
    found.pages = max(1, number)
    if sure and sum(sure) / len(sure) < GOOD:
        found.warnings.append(UNSURE)
    mend(found.pieces)
    if sum(char.isalpha() for piece in found.pieces for char in piece.text) < LEAST_LETTERS:
        found.pieces = []
    return found


def strong(lines: list[Line]) -> bool:
    """Whether so much of a page looks bold that it tells nothing."""
    bold = [word.bold for line in lines for word in line.words]
    return sum(bold) > 0.5 * len(bold)


def best(picture, program: str, number: int) -> tuple[list[Line], float]:
    """The lines of one picture: the first layout that reads well, otherwise the surest one."""
    from PIL import Image

    longer = max(picture.size)
    factor = LONGEST / longer if longer > LONGEST else 2.0 if longer < SHORTEST else 1.0
    if factor != 1.0:
        size = (max(1, int(picture.width * factor)), max(1, int(picture.height * factor)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    found: list[tuple[float, list[Line]]] = []
    for mode in MODES:
        rows = scan.words(table(buffer.getvalue(), program, mode))
        rate = sum(row.sure for row in rows) / len(rows) if rows else 0.0
        found.append((rate, scan.lines(rows, number, picture)))
        if rate >= GOOD and len(rows) > 10:
            break
    rate, lines = max(found, key=lambda pair: (pair[0], sum(len(line.words) for line in pair[1])))
    return lines, rate


def table(data: bytes, program: str, mode: str) -> str:
    """Tesseract's table of words."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell
            [program, "stdin", "stdout", "--psm", mode, "tsv"],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Fault("too_slow") from error
    except OSError as error:
        raise Fault("no_tesseract") from error
    if done.returncode:
        raise Fault("failed")
    return done.stdout.decode("utf-8", "replace")
