"""Turn typed text into plain text that rules can read, with a way back to the original words.

Handles: compatibility forms, zero-width and tag characters, accents, look-alike letters, leet
(su1c1de), k.i.l.l and k i l l, stretched letters, common typos, short forms and a few emoji.
Does not: guess the language, translate, correct grammar, or change the text that is stored or
shown. Nothing here decides whether a text is dangerous.
"""

import re
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass

HALF_LIMIT = 5_000
"""Longer texts are read as their first and last HALF_LIMIT characters, to bound the time."""

MARK_LIMIT = 4
"""Combining marks kept for each letter; a flood of marks is noise and is slow to normalise."""

LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһԛԝӏкмтнвɡαοειυκρντｌıɩ",
    "aeopcyxijsdhqwlkmthbgaoeiukpvtlii",
)
LEET = str.maketrans("013457@$!|+", "oieastasiit")
WITHOUT_MARK = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
QUOTE_MARKS = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "＇": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
}
EMOJI_WORDS = {
    "🔫": " gun ",
    "🔪": " knife ",
    "🗡": " knife ",
    "💊": " pills ",
    "🪢": " rope ",
    "⚰": " dead ",
    "🪦": " dead ",
}

TOKEN = re.compile(r"[\w'*@$!|+]+")
SPACED_LETTERS = re.compile(r"(?<!\w)[^\W\d_](?:[ .\-_*/|]{1,2}[^\W\d_]){2,}(?!\w)")
STRETCHED = re.compile(r"(.)\1{2,}")
GLUED_DANGER = re.compile(r"\b(?:die|kill|dead|suicide|myself|alive)\b")
NEAR_TARGETS = ("suicidal", "suicide", "myself")


@dataclass(frozen=True)
class View:
    """Plain text in which every character remembers the span of the original it came from."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span in the original text for a span of this view."""
        if start >= end or start >= len(self.spans):
            return (0, 0)
        covered = self.spans[start : min(end, len(self.spans))]
        return (covered[0][0], max(span_end for _, span_end in covered))


def read_plainly(text: str) -> View:
    """Fold case, width, accents and invisible characters; keep every language readable."""
    characters: list[str] = []
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(text):
        position = start
        while position < end:
            cluster_end = _cluster_end(text, position, end)
            folded = _fold(text[position : min(cluster_end, position + 1 + MARK_LIMIT)], text, position)
            for character in folded:
                if character == " " and (not characters or characters[-1] in " \n"):
                    continue
                characters.append(character)
                spans.append((position, cluster_end))
            position = cluster_end
    return View("".join(characters), tuple(spans))


def read_english(plain: View, short_forms: Mapping[str, str], lexicon: Set[str]) -> View:
    """Undo disguises and typos in Latin text and write out contractions, for English rules.

    `short_forms` maps one typed word to its full form ("im" to "i am"); `lexicon` holds the words
    worth uncovering. A disguised word is only changed when the result is in the lexicon, so order
    numbers and doses stay as typed.
    """
    text = _fold_look_alikes(plain.text)
    characters: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for start, end, replacement in _replacements(text, short_forms, lexicon):
        characters.append(text[position:start])
        spans.extend(plain.spans[position:start])
        characters.append(replacement)
        spans.extend([(plain.spans[start][0], plain.spans[end - 1][1])] * len(replacement))
        position = end
    characters.append(text[position:])
    spans.extend(plain.spans[position:])
    return View("".join(characters), tuple(spans))


def _pieces(text: str) -> list[tuple[int, int]]:
    if len(text) <= 2 * HALF_LIMIT:
        return [(0, len(text))]
    return [(0, HALF_LIMIT), (len(text) - HALF_LIMIT, len(text))]


def _cluster_end(text: str, start: int, limit: int) -> int:
    end = start + 1
    while end < limit and text[end] > "\u02ff" and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return end


def _fold(cluster: str, text: str, position: int) -> str:
    first = cluster[0]
    if len(cluster) == 1 and first.isascii():
        if first == "\n":
            return " " if _joins_lines(text, position) else "\n"
        return first.lower() if first.isprintable() else " "
    if first in EMOJI_WORDS:
        return EMOJI_WORDS[first]
    if first in QUOTE_MARKS:
        return QUOTE_MARKS[first]
    category = unicodedata.category(first)
    if category == "Cf" or first == "ـ":
        return ""
    if category in ("Cc", "Co", "Cs", "So", "Zs", "Zl", "Zp"):
        # Circled and squared letters are symbols that still fold to letters.
        folded = unicodedata.normalize("NFKC", first).casefold()
        return folded if folded.isalnum() else " "
    folded = unicodedata.normalize("NFKC", cluster).casefold()
    script = unicodedata.name(folded[0], "") if folded else ""
    if script.startswith(("LATIN", "ARABIC", "DIGIT")):
        folded = "".join(
            WITHOUT_MARK.get(character, character)
            for character in unicodedata.normalize("NFD", folded)
            if not unicodedata.category(character).startswith("M")
        )
    return folded


def _joins_lines(text: str, position: int) -> bool:
    """A line break inside a sentence is a space; before a list item or paragraph it is a border."""
    before, after = text[:position][-1:], text[position + 1 : position + 2]
    return (before.isalnum() or before == ",") and after.isalpha() and after.islower()


def _fold_look_alikes(text: str) -> str:
    if text.isascii():
        return text
    latin = sum("a" <= character <= "z" for character in text)
    foreign = sum("α" <= character <= "ӿ" for character in text)
    if latin >= foreign:
        return text.translate(LOOK_ALIKES)
    return re.sub(r"\w*[a-z]\w*", lambda match: match.group().translate(LOOK_ALIKES), text)


def _replacements(text: str, short_forms: Mapping[str, str], lexicon: Set[str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for match in SPACED_LETTERS.finditer(text):
        words = _split_words("".join(filter(str.isalpha, match.group())), lexicon)
        if words:
            found.append((match.start(), match.end(), words))
    taken = [(start, end) for start, end, _ in found]
    for match in TOKEN.finditer(text):
        start = match.start() + len(match.group()) - len(match.group().lstrip("!*'_|+"))
        end = match.end() - len(match.group()) + len(match.group().rstrip("!*'_|+"))
        if start >= end or any(start < stop and begin < end for begin, stop in taken):
            continue
        word = text[start:end]
        full = _full_form(word, short_forms, lexicon)
        if full != word:
            found.append((start, end, full))
    return sorted(found)


def _split_words(letters: str, lexicon: Set[str]) -> str:
    """Cut a run of letters into lexicon words, longest first; empty when it cannot be done."""
    words: list[str] = []
    position = 0
    while position < len(letters):
        for length in range(min(12, len(letters) - position), 0, -1):
            candidate = letters[position : position + length]
            if candidate in lexicon or candidate in ("i", "a"):
                words.append(candidate)
                position += length
                break
        else:
            return ""
    return " ".join(words) if any(len(word) > 2 for word in words) else ""


def _full_form(word: str, short_forms: Mapping[str, str], lexicon: Set[str]) -> str:
    if word in short_forms:
        return short_forms[word]
    if word in lexicon or len(word) > 40:
        return word
    candidates = [STRETCHED.sub(r"\1\1", word), STRETCHED.sub(r"\1", word)]
    if not word.isalpha():
        decoded = word.translate(LEET)
        candidates += [decoded, word.replace("1", "l").translate(LEET), decoded.replace("*", "")]
    for candidate in candidates:
        if candidate in lexicon:
            return candidate
        if candidate != word and candidate in short_forms:
            return short_forms[candidate]
    if len(word) >= 8 and word.isalpha():
        words = _split_words(word, lexicon)
        if GLUED_DANGER.search(words):
            return words
    if len(word) >= 5:
        for target in NEAR_TARGETS:
            if _one_slip_apart(word, target):
                return target
    return STRETCHED.sub(r"\1", word) if word.isalpha() else word


def _one_slip_apart(word: str, target: str) -> bool:
    """One letter missing, added, changed, or two neighbours swapped; plurals are left alone."""
    if abs(len(word) - len(target)) > 1 or word == target + "s":
        return False
    same = 0
    while same < min(len(word), len(target)) and word[same] == target[same]:
        same += 1
    rest, target_rest = word[same:], target[same:]
    return (
        rest[1:] == target_rest
        or rest == target_rest[1:]
        or rest[1:] == target_rest[1:]
        or (rest[:2] == target_rest[:2][::-1] and rest[2:] == target_rest[2:])
    )
