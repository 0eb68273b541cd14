"""Practising in a real browser: choose, play, take back, look back, keep a line, see the trend; by keyboard, on a phone, when something fails."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Server

PAGE, BOX = "#practice-page", "[data-key=say]"
LINES = (
    "I read the plan twice. Could you give me an example of what led to this?",
    "The late report in March was on me. What would you want to see by the end?",
    "I'll send you the numbers every Friday, starting this week.",
    "That was not my fault, everyone else was late too.",
)
BETTER = "I was late with two of them, that is on me. Which one mattered most?"


@pytest.fixture(scope="module")
def practice_server(tmp_path_factory):
    made = Server(tmp_path_factory.mktemp("practice"), 0.02)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def practice_state(chromium, practice_server):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(practice_server.address)
    page.click("[name=dismiss]", timeout=60_000)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def enter(chromium, practice_server, practice_state):
    """Open the practice part with nothing kept."""
    contexts = []

    def open_page(width=1280, height=800, scheme="light"):
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, storage_state=practice_state)
        contexts.append(context)
        page = context.new_page()
        page.faults, page.requested = [], []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("request", lambda request: page.requested.append(request.url))
        page.goto(f"{practice_server.home}/?c=new")
        page.wait_for_selector("#plan-lines button", state="attached", timeout=60_000)
        page.evaluate("window.coachPlan.act({do: 'erase'})")
        page.click("button[name=view][value=practice]")
        page.wait_for_selector("[data-key=begin]", timeout=30_000)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            assert page.faults == []
            assert not [url for url in page.requested if not url.startswith((practice_server.home, "data:", "blob:"))]
            assert page.evaluate("Object.values({...localStorage, ...sessionStorage}).join().length") < 60
        context.close()


def say(page, text):
    page.fill(BOX, text)
    page.press(BOX, "Enter")
    expect(page.locator(f"{PAGE} .mine").last).to_contain_text(text.split("\n")[0], timeout=30_000)
    expect(page.locator(BOX)).to_have_value("")


def grave(page):
    violations = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in violations if v["impact"] in ("serious", "critical")]


def test_the_whole_way(enter):
    page = enter()
    assert grave(page) == []
    page.click("[data-key=persona-cold]")
    page.click(".step:has([data-key=before-3])")
    page.click("[data-key=begin]")
    expect(page.locator(BOX)).to_be_focused()
    for text in LINES:
        say(page, text)
        expect(page.locator(BOX)).to_be_focused()
    expect(page.locator(f"{PAGE} .notes .tag").last).to_have_text("Defended yourself")
    expect(page.locator(f"{PAGE} .trust")).to_contain_text(re.compile(r"Their trust: \d+ of 100"))
    assert grave(page) == []

    page.click("[data-key=hint]")
    expect(page.locator("[data-slot=hint]")).not_to_be_empty()
    expect(page.locator(BOX)).to_be_focused()
    page.locator("summary:has-text('A stronger line')").last.click()
    expect(page.locator(f"{PAGE} .did.last blockquote")).to_be_visible()

    page.locator("[data-do=practice-back]").last.click()
    expect(page.locator(f"{PAGE} .sides")).to_contain_text("not my fault")
    expect(page.locator(BOX)).to_be_focused()
    say(page, BETTER)
    expect(page.locator(f"{PAGE} .side")).to_have_count(2)
    expect(page.locator(f"{PAGE} .sides")).to_contain_text(BETTER)
    trusts = [int(re.search(r"Their trust: (\d+)", text)[1]) for text in page.locator(f"{PAGE} .side").all_inner_texts()]
    assert trusts[0] < trusts[1]

    page.click("[data-key=stop]")
    expect(page.locator("[data-key=back-head]")).to_be_focused()
    expect(page.locator(f"{PAGE} .five li")).to_have_count(5)
    assert grave(page) == []
    page.locator(f"{PAGE} .quote").first.locator("[data-as=ask]").click()
    expect(page.locator(f"{PAGE} .quote").first).to_contain_text("On your questions")
    quote = page.locator(f"{PAGE} .quote blockquote").first.inner_text().strip()
    page.click(".step:has([data-key=after-6])")
    page.click("[data-key=keep-again]")
    expect(page.locator(BOX)).to_be_focused()
    for text in (LINES[1], LINES[2]):
        say(page, text)
    page.click("[data-key=stop]")
    page.click("[data-key=keep]")
    expect(page.locator(f"{PAGE} .trend svg circle")).to_have_count(2)
    expect(page.locator(f"{PAGE} .earlier li")).to_have_count(2)
    expect(page.locator(f"{PAGE} .earlier")).to_contain_text("3 before, 6 after")
    assert grave(page) == []
    page.locator("[data-do='practice:open']").last.click()
    expect(page.locator("[data-key=back-head]")).to_be_focused()
    page.click("[data-key=sum-lines]")
    expect(page.locator(f"{PAGE} .script").first).to_contain_text(LINES[0])
    page.click("[data-key=home]")
    expect(page.locator("[data-key=begin]")).to_be_visible()

    page.click("button[name=view][value=meetings]")
    expect(page.locator("#meetings-questions .mine")).to_contain_text(quote, timeout=30_000)


def test_a_scene_is_there_after_a_reload_and_a_fault_keeps_the_words(enter):
    page = enter()
    page.click("[data-key=begin]")
    say(page, LINES[1])
    page.reload()
    page.wait_for_selector(BOX, timeout=60_000)
    expect(page.locator(f"{PAGE} .mine")).to_contain_text(LINES[1])
    page.route("**/practice/act", lambda route: route.abort())
    page.fill(BOX, LINES[2])
    page.press(BOX, "Enter")
    expect(page.locator(f"{PAGE} [data-slot=fault]")).not_to_be_empty()
    expect(page.locator(BOX)).to_have_value(LINES[2])
    page.unroute("**/practice/act")
    page.press(BOX, "Enter")
    expect(page.locator(f"{PAGE} .mine").last).to_contain_text(LINES[2])
    expect(page.locator(f"{PAGE} [data-slot=fault]")).to_be_empty()
    expect(page.locator(BOX)).to_have_value("")


def test_a_half_typed_line_survives_a_reload_and_is_in_no_browser_storage(enter):
    page = enter()
    page.click("[data-key=begin]")
    page.wait_for_selector(BOX)
    page.locator(BOX).press_sequentially("I sent the rep")
    page.reload()
    page.wait_for_selector(BOX, timeout=60_000)
    expect(page.locator(BOX)).to_have_value("I sent the rep")
    page.locator(BOX).focus()
    page.keyboard.press("End")
    page.locator(BOX).press_sequentially("ort late. That was on me.", delay=60)  # kept in between, and the caret stays where it is
    page.wait_for_timeout(1200)
    expect(page.locator(BOX)).to_have_value("I sent the report late. That was on me.")
    assert "rep" not in json.dumps(page.evaluate("({...localStorage, ...sessionStorage})"))
    page.press(BOX, "Enter")
    expect(page.locator(f"{PAGE} .mine")).to_contain_text("I sent the report late. That was on me.")
    expect(page.locator(BOX)).to_have_value("")
    page.reload()
    page.wait_for_selector(BOX, timeout=60_000)
    expect(page.locator(BOX)).to_have_value("")
    page.fill(BOX, "What do you")
    page.click("[data-key=back-1-1]")  # a line is taken back while another one is half typed
    expect(page.locator(BOX)).to_have_value("What do you")
    expect(page.locator(f"{PAGE} [data-slot=fault]")).to_be_empty()


def test_by_keyboard_alone(enter):
    page = enter()
    page.focus("[data-key=scenario-first_meeting]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-key=scenario-vague_goal]")).to_be_checked()
    page.focus("[data-key=persona-own]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("she is cold and cuts me off")
    page.keyboard.press("Enter")
    expect(page.locator(BOX)).to_be_focused()
    expect(page.locator(f"{PAGE} .scene-head")).to_contain_text("I play them as cold and interrupting")
    page.keyboard.type("One line")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("and another?")
    page.keyboard.press("Enter")
    expect(page.locator(f"{PAGE} .mine br")).to_have_count(1)
    for _ in range(2):
        page.keyboard.press("Shift+Tab")
    expect(page.locator("summary:has-text('A stronger line')")).to_be_focused()


def test_danger_stops_the_scene_and_leads_back_to_the_chat(enter):
    page = enter()
    page.click("[data-key=begin]")
    page.fill(BOX, "I can't do this, I want to kill myself")
    page.press(BOX, "Enter")
    expect(page.locator("[data-key=stopped]")).to_be_focused(timeout=30_000)
    expect(page.locator(f"{PAGE} .stopped")).to_contain_text("116 123")
    expect(page.locator(BOX)).to_have_count(0)
    assert grave(page) == []
    page.click("[data-key=to-chat]")
    expect(page.locator("#box textarea")).to_be_focused()


def test_on_a_phone_in_the_dark_nothing_is_cut_off(enter):
    page = enter(width=390, height=780, scheme="dark")
    wide = "document.querySelector('#practice-view').scrollWidth <= document.querySelector('#practice-view').clientWidth"
    assert page.evaluate(wide) and grave(page) == []
    page.click("[data-key=begin]")
    for text in (LINES[0], "x" * 300, LINES[1]):
        say(page, text)
    page.locator("[data-do=practice-back]").last.click()
    say(page, BETTER)
    assert page.evaluate(wide) and grave(page) == []
    box = page.locator(BOX).bounding_box()
    assert box["y"] + box["height"] <= 780
    page.click("[data-key=stop]")
    page.wait_for_selector("[data-key=keep]")
    assert page.evaluate(wide) and grave(page) == []
