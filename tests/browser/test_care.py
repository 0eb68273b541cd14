"""The help card in a real browser: beside a note, over a review, closed, and the way from it into the chat."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_plan import desk_server, enter, plan_state  # noqa: F401  fixtures
from tests.ui.test_care import PLAN

CARD, PAGE, SHEET = "#care", "#plan-page", "#plan-sheet"


def read(page, own):
    page.click("[name=add-plan]:visible")
    page.fill("[data-key=paste]", PLAN.format(own=own))
    page.click(f"{SHEET} form[data-do=paste] button[type=submit]")
    page.wait_for_selector(f"{SHEET} .review", timeout=60_000)


def noted(page, text):
    page.evaluate("text => window.coachPlan.act({do: 'add', kind: 'entry', fields: {on: '2027-01-20', text}})", text)


def test_the_card_comes_with_what_was_saved_and_leads_to_the_chat(enter):  # noqa: F811
    page = enter()
    page.click("button[name=view][value=plan]")
    noted(page, "Closed 14 tickets. This deadline is killing me.")
    expect(page.locator(PAGE)).to_contain_text("Closed 14 tickets")
    expect(page.locator(f"{CARD} .care")).to_have_count(0)
    noted(page, "I want to kill myself")
    expect(page.locator(CARD)).to_be_visible(timeout=30_000)
    expect(page.locator(CARD)).to_contain_text("116 123")
    expect(page.locator(CARD)).to_have_attribute("role", "alert")
    expect(page.locator(PAGE)).to_contain_text("I want to kill myself")
    assert page.locator(".leave").is_visible(), "leaving quickly stays in reach"
    faults = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert faults == []
    page.click("[data-do=care-talk]")
    expect(page.locator(CARD)).to_be_hidden()
    expect(page.locator("#log .person").last).to_contain_text("I want to kill myself", timeout=60_000)


def test_closed_it_does_not_come_back_for_the_same_words_and_help_stays_near(enter):  # noqa: F811
    page = enter(width=390, height=780, scheme="dark")
    page.click("button[name=view][value=plan]")
    noted(page, "I want to kill myself")
    page.click("[data-do=care-close]")
    expect(page.locator(CARD)).to_be_hidden()
    noted(page, "I want to kill myself")
    expect(page.locator(CARD)).to_be_hidden()
    noted(page, "I have the pills here and I am going to end my life tonight")
    expect(page.locator(CARD)).to_be_visible(timeout=30_000)
    box = page.locator(CARD).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.click("[data-key=care-lines]")
    expect(page.locator("#help-panel")).to_be_visible()


@pytest.mark.parametrize(("own", "shown"), [("Employee comments: I do not want to live.", True), ("Employee comments: I would like examples.", False)])
def test_a_plan_with_such_words_shows_the_card_over_the_review(enter, own, shown):  # noqa: F811
    page = enter()
    read(page, own)
    if not shown:
        expect(page.locator(f"{CARD} .care")).to_have_count(0)
        return
    expect(page.locator(CARD)).to_contain_text("employee's own words", timeout=30_000)
    page.click("[data-do=care-talk]")
    expect(page.locator(SHEET)).to_be_hidden()
    expect(page.locator("#log .person").last).to_contain_text("I do not want to live", timeout=60_000)
