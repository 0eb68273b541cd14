"""What a person does on the page, in words."""

BOX = "#box textarea"
LAST = "#log .coach:last-of-type"


def send(page, text):
    page.fill(BOX, text)
    page.press(BOX, "Enter")


def settled(page):
    """Wait until no turn runs."""
    page.wait_for_function("!document.documentElement.classList.contains('working')")
    page.wait_for_selector("#log .coach:last-of-type [name=retry]:visible", timeout=30_000)


def tell(page, text):
    send(page, text)
    page.wait_for_selector(f"#log .person:has-text({text[:40]!r})")
    settled(page)
