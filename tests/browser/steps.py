"""What a person does on the page, in words. No wait_for_function: the page's policy forbids it."""

import re

from playwright.sync_api import expect

BOX = "#box textarea"
LAST = "#log .coach:last-of-type"
SLOWEST = 180_000  # ms: the very first message on a slow machine waits until the index is built


def send(page, text):
    page.fill(BOX, text)
    page.press(BOX, "Enter")


def settled(page):
    """Wait until no turn runs."""
    expect(page.locator("html")).not_to_have_class(re.compile("working"), timeout=SLOWEST)
    page.wait_for_selector("#log .coach:last-of-type [name=retry]:visible", timeout=SLOWEST)


def tell(page, text):
    send(page, text)
    page.wait_for_selector(f"#log .person:has-text({text[:40]!r})")
    settled(page)


def unfold(page, within, parts="details"):
    """Open every part that can be seen, by clicking; looked up anew each time, because the page may redraw between two clicks."""
    closed = page.locator(f"{within} {parts}:not([open]) > summary:visible")
    for _ in range(100):
        if not closed.count():
            return
        closed.first.click()
    raise AssertionError(f"a part of {within} does not stay open")
