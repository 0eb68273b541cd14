"""The chat in a real browser: send, swap, sources, stop, retry, edit, copy; nothing typed is lost."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.steps import BOX, LAST, send, settled, tell


def test_composed_appears_at_once_and_is_replaced_once_without_a_jump(visit):
    page = visit()
    page.evaluate("""() => { window.heights = []; new MutationObserver(() => {
        const text = document.querySelector('#log .coach .text');
        if (text) heights.push([text.innerText.slice(0, 24), text.offsetHeight]);
    }).observe(document.querySelector('#log'), {childList: true, subtree: true}) }""")
    send(page, "I was put on a PIP an hour ago")
    page.wait_for_selector("#log .coach:has-text('Tuesday evening')")
    settled(page)
    seen = page.evaluate("heights")
    assert len({start for start, _ in seen}) == 2
    assert min(height for _, height in seen) == seen[0][1]
    assert page.input_value(BOX) == ""
    assert not page.faults


def test_sources_open_from_the_line_and_from_the_marker(visit):
    page = visit()
    tell(page, "what now")
    first = page.locator(f"{LAST} details").first
    assert "A. Author, Example magazine" in first.locator("summary").inner_text()
    assert not first.locator(".card").is_visible()
    first.locator("summary").click()
    assert "Words you can use" in first.inner_text()
    page.click(f"{LAST} .mark >> nth=1")
    assert page.locator(f"{LAST} details").nth(1).locator(".card").is_visible()


def test_an_open_source_stays_open_through_the_swap(visit):
    page = visit()
    send(page, "slow please")
    page.click(f"{LAST} summary >> nth=0")
    page.click("#stop")
    settled(page)
    assert page.locator(f"{LAST} details").first.locator(".card").is_visible()


def test_stop_ends_the_turn_within_a_second_and_keeps_the_composed_text(visit):
    page = visit()
    send(page, "slow one")
    page.wait_for_selector("#status:has-text('Fitting')")
    pressed = time.monotonic()
    page.click("#stop")
    page.wait_for_selector("#send", state="visible", timeout=30_000)
    assert time.monotonic() - pressed < 8  # the turn goes on for 15 s unstopped; the rest is room for a slow machine
    assert "That is a lot" in page.inner_text(LAST)
    settled(page)


def test_retry_answers_the_same_message_again(visit):
    page = visit()
    tell(page, "plain words")
    page.click(f"{LAST} [name=retry]")
    page.wait_for_selector("#stop", state="visible")
    settled(page)
    assert page.locator("#log .person").count() == 1
    assert page.locator("#log .coach").count() == 1


def test_edit_replaces_the_last_message_and_gives_the_draft_back(visit):
    page = visit()
    tell(page, "plain teh first words")
    page.fill(BOX, "half a thought")
    page.click("#log .person [name=edit]")
    page.wait_for_selector("#banner")
    expect(page.locator(BOX)).to_have_value("plain teh first words")
    page.fill(BOX, "plain the first words")
    page.press(BOX, "Enter")
    page.wait_for_selector("#log .person:has-text('plain the first words')")
    settled(page)
    assert page.locator("#log .person").count() == 1
    assert page.input_value(BOX) == "half a thought"


def test_cancelling_an_edit_gives_the_draft_back(visit):
    page = visit()
    tell(page, "plain one")
    page.fill(BOX, "draft")
    page.click("#log .person [name=edit]")
    expect(page.locator(BOX)).to_have_value("plain one")
    page.click("[name=cancel-edit]")
    expect(page.locator(BOX)).to_have_value("draft")


def test_copy_copies_the_words(visit):
    page = visit()
    tell(page, "plain copy")
    page.click(f"{LAST} [name=copy]")
    page.wait_for_selector(f"{LAST} [name=copy]:has-text('Copied')")
    assert page.evaluate("navigator.clipboard.readText()").startswith("That is a lot to take in at once")


def test_quick_replies_send_and_leave_the_box_alone(visit):
    page = visit()
    page.fill(BOX, "a draft")
    page.click("#log .reply:has-text('I only want to vent')")
    settled(page)
    page.click(f"{LAST} .reply:has-text('On Thursday')")
    page.wait_for_selector("#log .person:has-text('On Thursday')")
    settled(page)
    assert page.input_value(BOX) == "a draft"


def test_waiting_says_how_many_are_before(visit):
    page = visit()
    send(page, "wait for it")
    page.wait_for_selector("#status:has-text('Someone else is being answered, 1 before you')")
    settled(page)


def test_notices_are_a_quiet_line(visit):
    page = visit()
    tell(page, "plain notice")
    assert "prepared words" in page.inner_text(f"{LAST} .notices")


@pytest.mark.parametrize("word", ["storebreak", "break"])
def test_a_fault_is_one_plain_line_and_the_words_stay(visit, word):
    page = visit()
    send(page, f"please {word} now")
    page.wait_for_selector("#fault .fault")
    assert "Traceback" not in page.inner_text("body")
    assert page.input_value(BOX) == f"please {word} now"
    assert page.is_visible("#send")


def test_too_long_is_one_sentence_and_the_words_stay(visit):
    page = visit()
    page.fill(BOX, "x" * 8001)
    page.press(BOX, "Enter")
    page.wait_for_selector("#fault:has-text('8,000')")
    assert len(page.input_value(BOX)) == 8001
    tell_length = "y " * 3999
    page.fill(BOX, tell_length)
    page.press(BOX, "Enter")
    settled(page)


def test_shift_enter_is_a_new_line(visit):
    page = visit()
    page.type(BOX, "one")
    page.press(BOX, "Shift+Enter")
    page.type(BOX, "two")
    assert page.input_value(BOX) == "one\ntwo"
    assert page.locator("#log .person").count() == 0


def test_hostile_text_is_shown_as_text_and_fetches_nothing(visit, server):
    page = visit()
    tell(page, "hostile <img src=https://evil.example/u.png> ![x](https://evil.example/v.png)")
    time.sleep(0.5)
    assert not [url for url in page.requested if not url.startswith((server.home, "data:", "blob:"))]
    inside = page.evaluate(
        "[...document.querySelectorAll('#log img, #log a, #log iframe, #log video, #log script')].length"
    )
    assert inside == 0
    assert page.title() == "PIP Coach"
    assert "<img src=https://evil.example/b.png" in page.inner_text(LAST)
    assert page.locator("#log article").count() == 2
