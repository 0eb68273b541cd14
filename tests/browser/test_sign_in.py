"""Signing in as people do it: two browsers, a keyboard, a phone, a slip of the finger, and the way out."""

import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import ROOT
from tests.browser.steps import tell
from tests.browser.test_page import grave
from tests.ui.hosted import WORD


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    command = [sys.executable, "-m", "tests.ui.hosted", str(tmp_path_factory.mktemp("people"))]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    yield process.stdout.readline().strip()
    process.terminate()
    process.wait(20)
    process.stdout.close()


@pytest.fixture
def person(chromium, home):
    """A fresh browser at the sign-in page."""
    contexts = []

    def come(**shape):
        context = chromium.new_context(**shape)
        contexts.append(context)
        page = context.new_page()
        page.requested, page.faults = [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(home)
        return page

    yield come
    for context in contexts:
        context.close()


def enter(page, name, password=WORD):
    page.fill("#name", name)
    page.fill("#password", password)
    page.press("#password", "Enter", no_wait_after=True)  # the very first room takes its time on a busy machine


def inside(page):
    page.wait_for_selector("#log article", timeout=60_000)
    if page.locator("[name=dismiss]").is_visible():
        page.click("[name=dismiss]")


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:90] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_works_without_a_script_on_a_phone_and_by_keyboard(person, scheme):
    page = person(java_script_enabled=False, viewport={"width": 320, "height": 640}, color_scheme=scheme)
    assert page.url.endswith("/signin") and page.locator("#name").evaluate("node => node === document.activeElement")
    page.keyboard.type("Ana")
    page.keyboard.press("Tab")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not fit together")
    assert page.input_value("#name") == "Ana" and page.input_value("#password") == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_has_no_barrier(person, scheme):
    page = person(color_scheme=scheme)
    assert violations(page) == []
    enter(page, "Nobody", "x" * 12)
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == [] and page.faults == []


def test_two_people_and_the_way_out(person, home):
    ana, bo = person(viewport={"width": 1280, "height": 800}), person(viewport={"width": 390, "height": 800})
    for page, name in ((ana, "Ana"), (bo, "Bo")):
        enter(page, name)
        inside(page)
    tell(ana, "my manager Denise put me on a plan")
    tell(bo, "hello from bo")
    assert "Denise" not in bo.content() and "hello from bo" not in ana.content()
    talk = ana.url.partition("?c=")[2]
    bo.goto(f"{home}/?c={talk}")
    inside(bo)
    assert "Denise" not in bo.content() and "hello from bo" in bo.locator("#log").inner_text()
    assert "Signed in as Ana" in ana.locator("#side-foot").inner_text() and "this computer" not in ana.locator("#tools").inner_text()
    ana.click("[name=panel][value=settings-panel]")
    expect(ana.locator("#settings-panel")).to_contain_text("cannot be changed here")
    assert ana.locator("#kind, #url, #key, #use, #test").count() == 0
    ana.keyboard.press("Escape")
    assert grave(ana) == []
    ana.click("#tools [name=sign-out]")
    expect(ana.locator("#said")).to_contain_text("You are signed out")
    ana.go_back()
    assert "Denise" not in ana.content()
    assert not [url for url in ana.requested + bo.requested if not url.startswith((home, "data:", "blob:"))]
    assert ana.faults == bo.faults == []


def test_leaving_quickly_signs_out(person, home):
    page = person()
    enter(page, "Ana")
    inside(page)
    page.click("[name=leave]")
    page.wait_for_url("**/away")
    page.wait_for_timeout(500)
    page.goto(home)
    assert "/signin" in page.url


def test_what_was_typed_stays_when_the_stay_is_over(person, home):
    page = person()
    enter(page, "Bo")
    inside(page)
    page.fill("#box textarea", "a long message that took half an hour")
    page.context.clear_cookies()
    page.press("#box textarea", "Enter")
    expect(page.locator("#lost")).to_contain_text("You are signed out")
    with page.context.expect_page() as opened:
        page.click("#lost a")
    enter(opened.value, "Bo")
    inside(opened.value)
    assert "a long message" in page.input_value("#box textarea")
