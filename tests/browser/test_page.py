"""The page around the chat: leaving quickly, help, settings, the first note, keyboard, accessibility."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.steps import BOX, send, settled, tell


def grave(page):
    violations = Axe().run(page).response["violations"]
    return [
        (found["id"], [node["html"][:120] for node in found["nodes"]])
        for found in violations
        if found["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_serious_barrier(visit, width, scheme):
    page = visit(width=width, scheme=scheme)
    assert grave(page) == []
    tell(page, "plain Thursday")
    page.click("#log summary >> nth=0")
    assert grave(page) == []
    if width == 390:
        page.click("[name=menu]")
        page.wait_for_timeout(300)
    page.click("#side .current [name=open-edit]")
    page.click("#row-meeting [name=open-edit]")
    assert grave(page) == []
    page.keyboard.press("Escape")
    for panel in ("help-panel", "settings-panel"):
        page.click(f"[name=panel][value={panel}]")
        if panel == "settings-panel":
            page.click("#kind label >> nth=2")
            page.fill("#url input, #url textarea", "https://api.example.org/v1")
            page.wait_for_selector("#agreed")
        assert grave(page) == []
        page.click(f"#{panel} [name=close]")


@pytest.mark.parametrize("width", [390, 320, 820, 1280])
def test_nothing_scrolls_sideways(visit, width):
    page = visit(width=width)
    tell(page, "plain " + "Donaudampfschifffahrtsgesellschaft" * 6)
    wide = page.evaluate("""() => [...document.querySelectorAll('#scroll, #log, #main, #top, #composer')]
        .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.id)""")
    assert wide == []


def test_the_button_leaves_at_once(visit, server):
    page = visit()
    page.click("[name=leave]")
    page.wait_for_url(f"{server.home}/away")
    assert page.inner_text("body").strip() == ""
    page.go_back()
    assert "/?c=" not in page.url


def test_escape_twice_leaves_and_once_does_not(visit, server):
    page = visit()
    page.focus(BOX)
    page.keyboard.press("Escape")
    page.wait_for_timeout(1200)
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.url != f"{server.home}/away"
    page.keyboard.press("Escape")
    page.wait_for_url(f"{server.home}/away")


def test_the_button_says_how_and_what_remains(visit):
    page = visit()
    title = page.get_attribute("[name=leave]", "title")
    assert "Esc twice" in title and "history" in title
    assert "history" in page.inner_text("#foot")


def test_help_names_human_lines(visit):
    page = visit()
    page.click("[name=panel][value=help-panel]")
    text = page.inner_text("#help-panel")
    assert "116 123" in text and "988" in text and "This app is software" in text
    assert page.is_visible("[name=leave]")


def test_a_remote_endpoint_needs_consent_that_names_the_host(visit):
    page = visit()
    page.click("[name=panel][value=settings-panel]")
    page.click("#kind label >> nth=2")
    page.fill("#url input, #url textarea", "https://llm.example.org/v1")
    page.wait_for_selector("#agreed:has-text('llm.example.org')")
    page.fill("#key input", "sk-secret")
    expect(page.locator("#sentence")).to_contain_text("will be sent to llm.example.org")
    page.click("#use")
    expect(page.locator("#result")).to_contain_text("Tick the box first")
    assert "On this computer" in page.inner_text("#where")
    page.check("#agreed input")
    page.click("#use")
    expect(page.locator("#where")).to_contain_text("llm.example.org")
    expect(page.locator("#key input")).to_have_value("")
    page.reload()
    page.wait_for_selector("#log article")
    assert "sk-secret" not in page.content()
    page.click("[name=panel][value=settings-panel]")
    page.click("#kind label >> nth=0")
    page.click("#use")
    expect(page.locator("#where")).to_contain_text("On this computer")


def test_the_first_note_is_shown_once(chromium, visit):
    page = visit()
    assert not page.is_visible("#note")
    page.evaluate("localStorage.clear()")
    page.reload()
    page.wait_for_selector("#note")
    text = page.inner_text("#note")
    assert (
        "your own device" in text and "not legal or medical advice" in text and "leaves this computer" in text
    )
    page.click("[name=dismiss]")
    page.reload()
    page.wait_for_selector("#log article")
    assert not page.is_visible("#note")


def test_keyboard_only(visit):
    page = visit()
    page.focus(BOX)
    page.keyboard.type("plain by keyboard")
    page.keyboard.press("Enter")
    settled(page)
    wanted, seen = {"panel", "leave", "new", "open", "say", "SUMMARY", "copy", "retry"}, set()
    page.focus("#brand button")
    for _ in range(200):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
        if wanted <= seen:
            break
    assert wanted <= seen
    page.focus("#log summary")
    page.keyboard.press("Enter")
    assert page.locator("#log .card").first.is_visible()


def test_the_log_speaks_politely(visit):
    page = visit()
    assert page.get_attribute("#log", "aria-live") == "polite"
    assert page.get_attribute("#log", "role") == "log"
    send(page, "plain hello")
    settled(page)
    assert (
        page.evaluate("document.querySelector('#box textarea').getAttribute('aria-label')") == "Your message"
    )


def test_the_phone_has_a_drawer(visit):
    page = visit(width=390, height=844)
    assert not page.is_visible("#side [name=new]")
    page.click("[name=menu]")
    page.wait_for_selector("#side [name=new]", state="visible")
    assert page.get_attribute("[name=menu]", "aria-expanded") == "true"
    page.keyboard.press("Escape")
    page.wait_for_selector("#side [name=new]", state="hidden")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_text_that_would_be_sent_can_be_seen_before_agreeing(visit, width):
    page = visit(width=width)
    tell(page, "plain my manager Denise")
    page.click("[name=panel][value=settings-panel]")
    page.click("#kind label >> nth=2")
    page.fill("#url input, #url textarea", "https://api.example.org/v1")
    page.click("#show-sent")
    expect(page.locator("#sent textarea")).to_have_value(re.compile("Person 1"))
    assert "Denise" not in page.locator("#sent textarea").input_value()
    assert not page.locator("#sent textarea").is_editable()
    page.uncheck("#redact input")
    expect(page.locator("#sent")).to_be_hidden()
    page.click("#show-sent")
    expect(page.locator("#sent textarea")).to_have_value(re.compile("Denise"))
    page.click("#settings-panel [name=close]")
