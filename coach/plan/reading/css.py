"""Which elements of a web page are hidden by their styles. Knows simple selectors only: a tag, a class, an id."""

import re

PAIR = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
WHITE = re.compile(r"^(white|#f{3}|#f{4}|#(f[0-9a-f]){3}|rgba?\(\s*2[45]\d\s*,\s*2[45]\d\s*,\s*2[45]\d.*\)|transparent|rgba\(.*,\s*0\s*\))$")
SELECTOR = re.compile(r"^([a-z][a-z0-9]*)?([.#][\w-]+)*$")


def declarations(style: str) -> dict[str, str]:
    """Names and values of a style, in small letters."""
    return {name: value.replace("!important", "").strip() for name, value in PAIR.findall(style.lower())}


class Sheet:
    """The page's own style rules."""

    def __init__(self, texts: list[str]) -> None:
        self.rules: list[tuple[str, dict[str, str]]] = []
        text = re.sub(r"/\*.*?\*/", " ", "\n".join(texts), flags=re.S)
        text = re.sub(r"@(?:media|supports)[^{]*\bprint\b[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", " ", text)
        for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            for selector in selectors.split(","):
                selector = selector.strip()
                if SELECTOR.match(selector.lower()) and selector:
                    self.rules.append((selector, declarations(body)))

    def style(self, element) -> dict[str, str]:
        """What holds for one element: rules in their order, then its own style."""
        found: dict[str, str] = {}
        classes = (element.get("class") or "").split()
        for selector, values in self.rules:
            tag, *rest = re.split(r"(?=[.#])", selector)
            fits = not tag or tag.lower() == element.tag
            fits = fits and all(part[1:] in classes if part[0] == "." else part[1:] == element.get("id") for part in rest if part)
            if fits:
                found |= values
        return found | declarations(element.get("style") or "")


def hides(style: dict[str, str], attributes) -> bool:
    """Whether an element with this style cannot be seen, together with all that is in it."""
    if "hidden" in attributes or style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if number(style.get("opacity"), 1.0) < 0.1 or number(style.get("font-size"), 10.0, style.get("font-size")) < 3:
        return True
    if any(number(style.get(side), 0.0) <= -500 for side in ("left", "top", "right", "text-indent", "margin-left", "margin-top")):
        return True
    if "rect(0" in style.get("clip", "").replace(" ", "") or style.get("clip-path", "").startswith("inset(50%"):
        return True
    small = min(number(style.get("width"), 99.0), number(style.get("height"), 99.0), number(style.get("max-height"), 99.0)) <= 1
    return small and style.get("overflow") == "hidden"


def is_white(style: dict[str, str]) -> bool:
    """Whether the letters are white or clear."""
    return bool(WHITE.match(style.get("color", "")))


def paints(style: dict[str, str], attributes) -> bool:
    """Whether the element has a ground of its own that is not white."""
    ground = style.get("background-color") or style.get("background") or attributes.get("bgcolor", "").lower()
    return bool(ground) and not WHITE.match(ground.strip()) and ground not in ("none", "inherit", "initial")


def number(text: str | None, otherwise: float, unit: str | None = None) -> float:
    """The number in a length such as "12px"; relative units count as ten of ours."""
    found = re.match(r"\s*(-?\d*\.?\d+)\s*(em|rem|%|vw|vh|in|cm)?", text or "")
    if not found:
        return otherwise
    value = float(found.group(1))
    if found.group(2) in ("em", "rem", "in", "cm"):
        return value * 16
    return value / 10 if found.group(2) == "%" and unit else value
