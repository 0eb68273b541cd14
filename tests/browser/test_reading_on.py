"""What the model proposes while a review is open: a quiet line, then words to take in; what is typed meanwhile stays."""

from playwright.sync_api import expect

from tests.browser.test_plan import SHEET, desk_server, enter, grave, plan_state, reviewed  # noqa: F401
from tests.ui import plans


def test_the_model_reads_on_beside_the_review(enter):  # noqa: F811
    page = enter()
    reviewed(page, plans.docx(plans.OPEN))
    model = page.locator(f"{SHEET} [data-key=model]")
    expect(model).to_contain_text("1 of 3")
    title = page.locator(f"{SHEET} [data-key=title-g2]")
    title.fill("Half-typed")
    expect(model).to_contain_text("Perhaps goals too", timeout=15_000)
    expect(title).to_have_value("Half-typed")
    expect(title).to_be_focused()
    expect(model.locator("blockquote")).to_contain_text(plans.OPEN_SENTENCE)
    assert grave(page) == []
    page.get_by_role("button", name="Take it in").click()
    expect(page.locator(f"{SHEET} .goals .goal")).to_have_count(4)
    expect(page.get_by_text("Perhaps goals too")).to_have_count(0)


def test_the_reading_can_be_stopped(enter):  # noqa: F811
    page = enter()
    reviewed(page, plans.docx(plans.OPEN))
    page.locator(f"{SHEET} [data-key=model] button").click()
    expect(page.locator(f"{SHEET} [data-key=model]")).to_have_text("")
    page.wait_for_timeout(2500)
    expect(page.get_by_text("Perhaps goals too")).to_have_count(0)
