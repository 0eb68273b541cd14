"""The meetings in a real browser: questions, the meeting itself, words to send, check-ins, the record; by mouse, by keyboard, on a phone."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.steps import unfold
from tests.browser.test_plan import confirmed, desk_server, enter, grave, plan_state
from tests.ui import plans

__all__ = ["desk_server", "enter", "plan_state"]
HERE = "#meetings-page"
WIDE = """() => [...document.querySelectorAll('#meetings-view, #meetings-page, #top, .place, .item, .part, .card')]
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.id || e.className)"""


def arrive(page, section=None):
    page.click("[name=view][value=meetings]")
    page.wait_for_selector(f"{HERE} .part", state="attached")
    if section:
        page.click(f"[data-key=way-{section}]")


def in_the_room(enter, **more):
    page = enter(**more)
    confirmed(page)
    arrive(page)
    page.click("[data-key=take-first]")
    expect(page.locator(f"{HERE} .mine > li")).to_have_count(5)
    page.click("[data-key=to-room]")
    return page


def test_from_the_plan_to_the_recap(enter):
    page = in_the_room(enter)
    expect(page.locator("[data-key=room-head]")).to_be_focused()
    card = page.locator(f"{HERE} .card", has=page.locator(".question", has_text="Show more ownership")).first
    card.locator("textarea[name=answer]").fill("Start one topic in each weekly meeting")
    expect(card.locator(".saved")).to_have_text("Saved")
    card.locator("input[type=checkbox]").check()
    expect(page.locator("#meetings-room")).to_contain_text("1 of 5 questions asked")
    card.locator("summary:has-text('Use the answer')").click()
    expect(card.locator("textarea[name=measure]")).to_have_value("Start one topic in each weekly meeting")
    card.locator("input[name=met_on]").fill("2027-01-19")
    card.locator("button:has-text('Use as its measure')").click()
    expect(card).to_contain_text("(meeting of 19 January 2027)")
    card.locator("input[name=deadline]").fill("2027-02-12")
    card.locator("button:has-text('Use as its date')").click()
    expect(page.locator(f"{HERE} [data-slot=said]")).to_contain_text("date")

    page.click("[name=view][value=plan]")
    item = page.locator("#plan-page .item", has_text="Show more ownership")
    item.locator("summary").first.click()
    expect(item).to_contain_text("Start one topic in each weekly meeting (meeting of 19 January 2027)")
    expect(item).to_contain_text("12 February 2027")

    page.click("[name=view][value=meetings]")
    expect(page.locator("[data-key=room-head]")).to_be_focused()  # it opens where it was
    page.click("[data-key=finish]")
    met = page.locator("#meetings-check_ins .item[open]")
    expect(met.locator("summary").first).to_be_focused()
    met.locator("textarea[name=agreed]").fill("Ana sends the list\nTom reads it by Friday")
    expect(met.locator(".saved")).to_have_text("Saved")
    met.locator("summary:has-text('A recap to send')").click()
    recap = met.locator("[data-copy^=recap]")
    expect(recap).to_contain_text("Tom reads it by Friday")
    expect(recap).to_contain_text("Start one topic in each weekly meeting")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    met.locator("button:has-text('Copy')").click()
    expect(met.locator("button:has-text('Copied')")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Subject:") and "Tom reads it by Friday" in copied
    met.locator("button:has-text('Keep it')").click()
    page.click("[data-key=way-letters]")
    expect(page.locator("#meetings-letters .item")).to_have_count(1)
    page.click("#meetings-letters .item summary")
    page.check("#meetings-letters [data-sent]")
    expect(page.locator("#meetings-letters .status")).to_have_text("Sent")


def test_an_answer_survives_a_reload_in_the_middle_of_a_word(enter):
    page = in_the_room(enter, width=390, height=844)
    page.locator("textarea[name=answer]").first.press_sequentially("We will loo")
    page.reload()
    page.wait_for_selector(f"{HERE} .card")
    expect(page.locator("textarea[name=answer]").first).to_have_value("We will loo")
    box = page.locator("textarea[name=answer]").first
    box.focus()
    page.keyboard.press("End")
    box.press_sequentially("k at the list", delay=60)  # saved in between, and the caret stays where it is
    expect(page.locator(f"{HERE} .saved").first).to_have_text("Saved")
    expect(box).to_have_value("We will look at the list")


def test_what_cannot_be_saved_stays_and_is_tried_again(enter):
    page = in_the_room(enter)
    page.route("**/meetings/act", lambda route: route.abort())
    page.locator("textarea[name=answer]").first.fill("Nobody hears this yet")
    expect(page.locator(f"{HERE} [data-slot=fault]")).to_contain_text("does not answer")
    expect(page.locator("textarea[name=answer]").first).to_have_value("Nobody hears this yet")
    page.unroute("**/meetings/act")
    expect(page.locator(f"{HERE} .saved").first).to_have_text("Saved", timeout=15_000)
    page.reload()
    expect(page.locator("textarea[name=answer]").first).to_have_value("Nobody hears this yet")


def test_the_list_is_the_persons_own(enter):
    page = enter()
    confirmed(page)
    arrive(page)
    page.click("[data-key=take-2]")
    page.fill("[data-key=own-text]", '"><img src=x onerror=alert(1)>')
    page.press("[data-key=own-text]", "Enter")
    rows = page.locator(f"{HERE} .mine > li")
    expect(rows).to_have_count(2)
    rows.nth(1).locator("button:has-text('Move up')").press("Enter")
    expect(rows.nth(0)).to_contain_text("onerror")
    expect(rows.nth(0).locator("button:has-text('Move down')")).to_be_focused()
    rows.nth(1).locator("button:has-text('Leave out')").click()
    expect(rows).to_have_count(1)
    page.click("[data-key=meetings-undo]")
    expect(rows).to_have_count(2)
    assert page.evaluate("document.querySelectorAll('#meetings-page img').length") == 0
    for form in ("docx", "pdf", "md"):
        with page.expect_download() as got:
            page.click(f"{HERE} a[href$=questions-{form}]")
        assert got.value.suggested_filename.endswith(form) and Path(got.value.path()).stat().st_size > 100


def test_print_shows_the_questions_alone(enter):
    page = in_the_room(enter)
    page.click("[data-key=from-room]")
    page.emulate_media(media="print")
    for selector, seen in (("#meetings-room .card", True), ("#meetings-questions .part", False), ("#top", False), ("#side", False), (".ways", False)):
        assert page.locator(selector).first.is_visible() == seen, selector
    assert page.locator("#meetings-room textarea").first.is_visible() and not page.locator("#meetings-room summary").first.is_visible()


def test_words_are_looked_over_and_nothing_is_lost(enter):
    page = enter()
    arrive(page, "letters")
    page.click("[data-key=letter-thanks]")
    fields = page.locator(".missing input")
    expect(fields.first).to_be_visible()
    fields.first.fill("Bea")
    page.click("[data-key=fill]")
    expect(page.locator("[data-copy=draft]")).to_contain_text("Bea")
    box = "[data-key=own-letter]"
    page.fill(box, "You never listen to me. I sent the list on 3 May.")
    page.click("[data-key=look-over]")
    expect(page.locator("[data-key=looked-head]")).to_be_focused()
    expect(page.locator(".marks blockquote").first).to_contain_text("You never listen to me")
    page.click("[data-key=calmer-0]")
    expect(page.locator(box)).not_to_have_value("You never listen to me. I sent the list on 3 May.")
    page.fill(box, "Half a thou")
    expect(page.locator("[data-slot=saved-own]")).to_have_text("Saved")
    page.reload()
    expect(page.locator(box)).to_have_value("Half a thou")
    kept = json.dumps(page.evaluate("({...localStorage, ...sessionStorage})"))
    assert "thou" not in kept and "Bea" not in kept


def test_a_series_a_cancelled_one_and_the_way_to_a_note(enter):
    page = enter()
    confirmed(page)
    page.fill("[data-key=log-text]", "Closed 23 tickets")
    page.click("#plan-page .log button[type=submit]")
    arrive(page, "check_ins")
    page.fill("[data-key=series-time]", "14:30")
    page.click("[data-key=reshow]")
    expect(page.locator("#meetings-check_ins")).to_contain_text("at 14:30")
    page.click("[data-key=accept]")
    expect(page.locator("#meetings-check_ins .item").first).to_contain_text("at 14:30")
    page.click("#meetings-check_ins .item summary >> nth=0")
    page.click("#meetings-check_ins .chip:visible:has-text('Cancelled')")
    gone = page.locator("#meetings-check_ins .item", has=page.locator(".status.cancelled"))
    expect(gone.locator("[data-copy^=rebook]")).to_contain_text("Would")
    gone.locator("button:has-text('Put that time')").click()
    expect(page.locator(f"{HERE} [data-slot=said]")).to_contain_text("Nobody was invited")
    page.click("#meetings-check_ins .trace")
    expect(page.locator("#plan-page")).to_be_visible()
    expect(page.locator("#plan-page .log li", has_text="Closed 23 tickets").locator("button")).to_be_focused()


def test_the_record_goes_out_comes_back_and_is_deleted(enter, tmp_path):
    page = enter()
    confirmed(page)
    arrive(page, "record")
    with page.expect_download() as got:
        page.click("a[href$=data-zip]")
    got.value.save_as(tmp_path / "all.zip")
    page.click("[data-key=ask-all]")
    expect(page.locator("[data-key=keep-all]")).to_be_focused()
    page.click("[data-key=keep-all]")
    page.click("[data-key=ask-all]")
    page.click("[data-key=erase-all]")
    page.wait_for_url("**/?c=new")
    page.click("[name=view][value=plan]")
    expect(page.locator("#plan-page")).to_contain_text("There is no plan here yet")
    arrive(page, "record")
    page.click("[data-key=import]")
    expect(page.locator(f"{HERE} [data-slot=fault]")).to_contain_text("Choose the ZIP")
    page.set_input_files("[data-key=archive]", tmp_path / "all.zip")
    with page.expect_navigation():
        page.click("[data-key=import]")
    page.click("[name=view][value=plan]")
    expect(page.locator("#plan-page .item")).to_have_count(3)


def test_two_windows_see_each_others_answers(enter):
    one = in_the_room(enter)
    two = enter(context=one.context)
    arrive(two)
    two.click("[data-key=to-room]")
    one.locator("textarea[name=answer]").first.fill("words of the first window")
    expect(two.locator("textarea[name=answer]").first).to_have_value("words of the first window", timeout=15_000)
    expect(two.locator(f"{HERE} [data-slot=said]")).to_contain_text("another window")


def test_keyboard_only(enter):
    page = enter()
    confirmed(page)

    def tab_to(selector, limit=160):
        for _ in range(limit):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab")

    page.focus("#brand button")
    tab_to("[name=view][value=meetings]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-key=meetings-head]")).to_be_focused()
    tab_to("[data-key=take-first]")
    page.keyboard.press("Enter")
    expect(page.locator(f"{HERE} .mine > li")).to_have_count(5)
    tab_to("[data-key=to-room]")
    page.keyboard.press("Enter")
    tab_to("input[type=checkbox]")
    page.keyboard.press("Space")
    expect(page.locator("#meetings-room")).to_contain_text("1 of 5")
    tab_to("textarea[name=answer]")
    page.keyboard.type("By keyboard")
    expect(page.locator(f"{HERE} .saved").first).to_have_text("Saved")
    tab_to("summary")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab_to("[data-key=finish]")
    page.keyboard.press("Enter")
    expect(page.locator("#meetings-check_ins .item[open] summary").first).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_serious_barrier_and_nothing_sideways(enter, width, scheme):
    page = enter(width=width, height=844, scheme=scheme)
    confirmed(page, plans.docx(plans.PLAN.replace("ownership", "Donaudampfschifffahrtsgesellschaft" * 4)))
    arrive(page)
    page.click("[data-key=take-first]")
    page.wait_for_selector(f"{HERE} .mine li")

    def clean():
        page.wait_for_timeout(300)
        unfold(page, HERE)
        page.wait_for_timeout(300)
        assert page.evaluate(WIDE) == [] and grave(page) == []

    clean()
    page.click("[data-key=to-room]")
    clean()
    page.click("[data-key=finish]")
    clean()
    page.click("[data-key=accept]")
    clean()
    page.click("[data-key=way-letters]")
    page.click("[data-key=letter-corrections]")
    page.fill("[data-key=own-letter]", "You never listen to me.")
    page.click("[data-key=look-over]")
    page.wait_for_selector(".marks li")
    page.click("[data-key=keep-own]")
    clean()
    page.click("[data-key=way-record]")
    page.click("[data-key=ask-all]")
    clean()
