"""Styles and numbering of a Word file: what a paragraph style means, and which number a list paragraph shows."""

import re
from dataclasses import dataclass, field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"


def setting(parent, name: str) -> str | None:
    """The value of a child element such as w:color, "" where it has none, None where the child is missing."""
    found = parent.find(W + name) if parent is not None else None
    return None if found is None else found.get(VAL, "")


def switched(parent, name: str) -> bool | None:
    """An on-off property such as w:b: None where it is not set."""
    value = setting(parent, name)
    return None if value is None else value not in ("0", "false", "off", "none")


def whole(text: str | None, otherwise: int = 0) -> int:
    """A number of the file, which may be anything."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else otherwise


class Styles:
    """Paragraph and character styles with what they inherit."""

    def __init__(self, root) -> None:
        self.styles = {}
        self.default = None
        for style in [] if root is None else root.iter(W + "style"):
            self.styles[style.get(W + "styleId")] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default = style.get(W + "styleId")

    def chain(self, name: str | None) -> list:
        """The style and those it is based on, nearest first."""
        found, seen = [], set()
        while name in self.styles and name not in seen:
            seen.add(name)
            found.append(self.styles[name])
            name = setting(self.styles[name], "basedOn")
        return found

    def heading(self, name: str | None) -> int:
        """1 to 9 for a heading style, 1 for a title, 0 for others."""
        for style in self.chain(name):
            title = (setting(style, "name") or "").lower()
            found = re.fullmatch(r"heading (\d)", title)
            if found:
                return int(found.group(1))
            if title in ("title", "subtitle"):
                return 1
            level = setting(style.find(W + "pPr"), "outlineLvl")
            if level is not None and whole(level, 9) < 9:
                return whole(level) + 1
        return 0

    def run(self, name: str | None, what: str, read=setting):
        """A run property that a style sets, nearest first."""
        for style in self.chain(name):
            value = read(style.find(W + "rPr"), what)
            if value is not None:
                return value
        return None

    def number(self, name: str | None) -> tuple[str | None, str | None, str | None]:
        """numId, level and the style that has them, for list styles."""
        for style in self.chain(name):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                return setting(properties, "numId"), setting(properties, "ilvl"), style.get(W + "styleId")
        return None, None, None

    def fills(self, name: str | None) -> bool:
        """Whether a table style paints cells with a colour."""
        shades = [shade for style in self.chain(name) for shade in style.iter(W + "shd")]
        return any(dark(shade.get(W + "fill")) for shade in shades)


def dark(fill: str | None) -> bool:
    """Whether white can be read on this colour."""
    if not fill or not re.fullmatch(r"[0-9a-fA-F]{6}", fill):
        return False
    return min(int(fill[at : at + 2], 16) for at in (0, 2, 4)) < 200


@dataclass
class Level:
    """One level of a list."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """Lists of the file and how far each has counted."""

    root: object = None
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    family: dict[str, str] = field(default_factory=dict)
    linked: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        abstract = {item.get(W + "abstractNumId"): item for item in self.root.iter(W + "abstractNum")}
        for number in self.root.iter(W + "num"):
            name = number.get(W + "numId")
            self.family[name] = setting(number, "abstractNumId") or ""
            levels = {}
            base = abstract.get(self.family[name])
            overrides = number.findall(W + "lvlOverride")
            for item in [] if base is None else base.findall(W + "lvl"):
                self.level(name, item, levels)
            for override in overrides:
                for item in override.findall(W + "lvl"):
                    self.level(name, item, levels)
                start = setting(override, "startOverride")
                if start is not None:
                    levels.setdefault(whole(override.get(W + "ilvl")), Level()).start = whole(start, 1)
                    self.family[name] = f"own {name}"
            self.levels[name] = levels

    def level(self, name: str, item, levels: dict[int, Level]) -> None:
        """Note one w:lvl."""
        at = whole(item.get(W + "ilvl"))
        levels[at] = Level(
            setting(item, "numFmt") or "decimal", setting(item, "lvlText") or "", whole(setting(item, "start"), 1)
        )
        style = setting(item, "pStyle")
        if style:
            self.linked[(name, style)] = at

    def next(self, name: str, at: int) -> str:
        """Count one paragraph of list `name` on level `at` and return what Word draws in front of it."""
        levels = self.levels.get(name)
        if not levels or at not in levels:
            return ""
        counts = self.counts.setdefault(self.family[name], {})
        counts[at] = counts[at] + 1 if at in counts else levels[at].start
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        if levels[at].form == "bullet":
            return "•"
        if levels[at].form == "none":
            return ""

        def shown(match: re.Match) -> str:
            level = int(match.group(1)) - 1
            if level not in levels:
                return ""
            return drawn(counts.get(level, levels[level].start), levels[level].form)

        return re.sub(r"%([1-9])", shown, levels[at].text).strip()


def drawn(number: int, form: str) -> str:
    """A number in the form of a list."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(97 + (number - 1) % 26) * min(1 + (number - 1) // 26, 9)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 400:
        text, left = "", number
        for worth, sign in (
            (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ):  # fmt: skip
            text += sign * (left // worth)
            left %= worth
        return text if form == "lowerRoman" else text.upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)
