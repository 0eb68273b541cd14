"""The text of one Word paragraph: what shows, what is hidden, what is struck out, which text boxes hang on it."""

from dataclasses import dataclass, field

from coach.plan.reading.word_styles import Styles, W, dark, setting, switched, whole

CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
LEFT_OUT = {W + name for name in ("del", "moveFrom", "sdtPr", "sdtEndPr", "pPr", "rPr", "instrText", "delText")}
TINY = 6  # half-points


@dataclass
class Line:
    """What one paragraph says. `bold` holds only where all of the shown text is bold."""

    text: str = ""
    hidden: str = ""
    struck: bool = False
    bold: bool = False
    boxes: list = field(default_factory=list)
    breaks: int = 0


class Reader:
    """Reads paragraphs with the styles of their file."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles

    def line(self, paragraph, shaded: bool = False) -> Line:
        """Read one w:p. `shaded`: it stands on a dark ground, where white is seen."""
        properties = paragraph.find(W + "pPr")
        style = setting(properties, "pStyle") or self.styles.default
        shade = properties.find(W + "shd") if properties is not None else None
        self.out, self.hid, self.plain = [], [], False
        found = Line()
        self.walk(paragraph, style, shaded or (shade is not None and dark(shade.get(W + "fill"))), found)
        found.text, found.hidden = "".join(self.out), "".join(self.hid)
        found.bold = bool(found.text.strip()) and not self.plain
        return found

    def walk(self, parent, style, shaded: bool, found: Line) -> None:
        """Every run below `parent` in order."""
        for child in parent:
            if child.tag in LEFT_OUT or not isinstance(child.tag, str):
                continue
            if child.tag == W + "r":
                self.run(child, style, shaded, found)
            elif child.tag == CHOICE + "AlternateContent":
                self.walk(chosen(child), style, shaded, found)
            else:
                self.walk(child, style, shaded, found)

    def run(self, run, style, shaded: bool, found: Line) -> None:
        """One run: text to the page, to the hidden words, or nowhere."""
        own = run.find(W + "rPr")
        character = setting(own, "rStyle")

        def known(name, read=setting):
            for value in (read(own, name), self.styles.run(character, name, read), self.styles.run(style, name, read)):
                if value is not None:
                    return value
            return None

        text = self.content(run, found)
        if not text:
            return
        if known("strike", switched) or known("dstrike", switched):
            found.struck = found.struck or bool(text.strip())
            return
        shade = own.find(W + "shd") if own is not None else None
        ground = shaded or (shade is not None and dark(shade.get(W + "fill"))) or setting(own, "highlight") is not None
        if known("vanish", switched) or known("webHidden", switched) or self.unseen(own, known, ground):
            self.hid.append(text)
            return
        if text.strip() and not known("b", switched):
            self.plain = True
        self.out.append(text)

    def unseen(self, own, known, ground: bool) -> bool:
        """Whether colour or size keeps it from being seen."""
        size = whole(known("sz"), 22)
        if size < TINY or whole(known("w"), 100) < 5:
            return True
        colour = (known("color") or "").lower()
        theme = own.find(W + "color").get(W + "themeColor") if own is not None and own.find(W + "color") is not None else ""
        if theme and theme not in ("background1", "light1", "bg1", "lt1"):
            return False
        white = len(colour) == 6 and all(part >= "f0" for part in (colour[:2], colour[2:4], colour[4:]))
        return white and not ground

    def content(self, run, found: Line) -> str:
        """Characters of one run; text boxes are put aside."""
        out = []
        for child in run:
            tag = child.tag
            if tag == W + "t":
                out.append(child.text or "")
            elif tag in (W + "tab", W + "ptab"):
                out.append("\t")
            elif tag in (W + "br", W + "cr"):
                if child.get(W + "type") == "page":
                    found.breaks += 1
                out.append("\n")
            elif tag == W + "noBreakHyphen":
                out.append("-")
            elif tag == W + "lastRenderedPageBreak":
                found.breaks += 1
            elif tag == CHOICE + "AlternateContent":
                found.boxes += list(boxes(chosen(child)))
            elif tag in (W + "drawing", W + "pict", W + "object"):
                found.boxes += list(boxes(child))
        return "".join(out)


def chosen(alternate):
    """The one version of alternate content that is shown."""
    choice = alternate.find(CHOICE + "Choice")
    if choice is None or (not any(True for _ in choice.iter(W + "t"))):
        fallback = alternate.find(CHOICE + "Fallback")
        choice = fallback if fallback is not None else choice
    return alternate.makeelement("nothing") if choice is None else choice


def boxes(element):
    """Text boxes below an element, each once."""
    if element.tag == CHOICE + "AlternateContent":
        element = chosen(element)
    if element.tag == W + "txbxContent":
        yield element
        return
    for child in element:
        if isinstance(child.tag, str):
            yield from boxes(child)
