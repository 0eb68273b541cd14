"""The plan in a real browser: add, review, confirm, track, undo, take away; by mouse, by keyboard, on a phone."""

import base64
import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.steps import unfold
from tests.ui import plans

SHEET, PAGE = "#plan-sheet", "#plan-page"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def desk_server(tmp_path_factory):
    made = Server(tmp_path_factory.mktemp("plan"), 0.02)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def plan_state(chromium, desk_server):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(desk_server.address)
    page.click("[name=dismiss]", timeout=30_000)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def enter(chromium, desk_server, plan_state):
    """Open the page on an empty plan."""
    contexts = []

    def open_page(width=1280, height=800, scheme="light", context=None):
        fresh = context is None
        if fresh:
            context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, storage_state=plan_state)
            contexts.append(context)
        page = context.new_page()
        page.requested, page.faults, page.dialogs = [], [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(f"{desk_server.home}/?c=new")
        page.wait_for_selector("#plan-lines button", state="attached", timeout=30_000)
        if fresh:
            page.evaluate("window.coachPlan.act({do: 'erase'})")
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            assert page.faults == [] and page.dialogs == []
            assert not [url for url in page.requested if not url.startswith((desk_server.home, "data:", "blob:"))]
            page.close(run_before_unload=False)
        context.close()


def choose(page, data=None, name="my plan.docx"):
    if not page.is_visible(f"{SHEET} .add"):
        page.evaluate("window.coachPlan.add()")
    page.set_input_files(f"{SHEET} [data-file=plan]", {"name": name, "mimeType": WORD, "buffer": data or plans.docx()})


def reviewed(page, data=None, name="my plan.docx"):
    choose(page, data, name)
    page.wait_for_selector(f"{SHEET} .review", timeout=30_000)


def confirmed(page, data=None):
    reviewed(page, data)
    page.click(f"{SHEET} [data-key=confirm]")
    page.wait_for_selector(f"{PAGE} .item")


def grave(page):
    violations = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in violations if v["impact"] in ("serious", "critical")]


def test_the_whole_way(enter):
    page = enter()
    page.click("#entry-add button")
    expect(page.locator(f"{SHEET} h2")).to_be_focused()
    reviewed(page)
    expect(page.locator("[data-key=review-head]")).to_be_focused()
    cards = page.locator(f"{SHEET} .goal")
    expect(cards).to_have_count(3)
    assert page.evaluate("new Set([...document.querySelectorAll('.source-text mark')].map(m => m.dataset.goals)).size") == 3

    page.fill("[data-key=title-g1]", "Twenty tickets a week")
    page.press("[data-key=title-g1]", "Tab")
    expect(page.locator("[data-key='back'], [data-do='review:back']")).to_be_visible()
    expect(page.locator("[data-key=title-g1]")).to_have_value("Twenty tickets a week")
    lit = "[...document.querySelectorAll('.source-text mark.on')].map(m => m.textContent).join('')"
    assert "Answer every customer" in page.evaluate(lit) or "Close at least 20" in page.evaluate(lit)

    page.click(f"{SHEET} [data-do='review:drop'][data-goal=g2]")
    expect(page.locator(f"{SHEET} .left-out")).to_have_count(1)
    page.click(f"{SHEET} [data-do='review:keep'][data-goal=g2]")
    page.click(f"{SHEET} [data-do='review:merge'][data-goal=g2]")
    expect(cards).to_have_count(2)
    page.click(f"{SHEET} [data-do='review:back']")
    expect(cards).to_have_count(3)

    page.click("[data-key=sum-split-g3]")
    page.click("[data-key=split-g3] .choice >> nth=0")
    page.click("[data-key=split-g3] button[type=submit]")
    expect(cards).to_have_count(4)
    page.click(f"{SHEET} [data-do='review:drop'][data-goal=g4]")
    assert page.inner_text(f"{SHEET} .gaps >> nth=0").startswith("The plan")

    page.click(f"{SHEET} [data-key=confirm]")
    page.wait_for_selector(f"{PAGE} .item")
    expect(page.locator(f"{PAGE} .item")).to_have_count(3)
    expect(page.locator("[data-key=plan-head]")).to_be_focused()
    expect(page.locator(f"{PAGE} .picture")).to_contain_text("left, until 5 March 2027")

    page.click(f"{PAGE} .item summary >> nth=0")
    page.click(f"{PAGE} .chip:has-text('In progress'):visible")
    expect(page.locator(f"{PAGE} .item .status").first).to_have_text("In progress")
    expect(page.locator(f"{PAGE} .chip[aria-pressed=true]:visible").first).to_be_focused()
    first = page.locator(f"{PAGE} .item").first
    first.locator("[data-kind=step] input[type=text]").fill("Ask for the list")
    first.locator("[data-kind=step] input[type=text]").press("Enter")
    expect(first.locator(".steps")).to_contain_text("Ask for the list")
    expect(first.locator("[data-kind=step] input[type=text]")).to_have_value("")
    first.locator(".steps input[type=checkbox]").check()
    expect(page.locator("[data-key=undo]")).to_contain_text("ticked")
    page.click("[data-key=undo]")
    expect(page.locator("[data-slot=said]:visible")).to_contain_text("Took back")
    expect(first.locator(".steps input[type=checkbox]")).not_to_be_checked()

    page.reload()
    page.wait_for_selector(f"{PAGE} .item")  # the page opens where it was
    expect(page.locator(f"{PAGE} .item .status").first).to_have_text("In progress")
    assert page.inner_text(f"{PAGE} .item .title >> nth=0") == "Twenty tickets a week"


def test_evidence_with_a_file_log_feedback_and_exports(enter):
    page = enter()
    confirmed(page)
    page.click(f"{PAGE} .item summary >> nth=0")
    item = page.locator(f"{PAGE} .item").first
    item.locator("summary:has-text('Add something that shows it')").click()
    item.locator("[data-kind=evidence] textarea").fill("Report of week 3")
    item.locator("[data-kind=evidence] [type=number]").fill("45")
    item.locator("[data-file=evidence]").set_input_files({"name": "=cmd <b>.txt", "mimeType": "text/plain", "buffer": b"hello"})
    item.locator("[data-kind=evidence] button[type=submit]").click()
    expect(item.locator(".dated")).to_contain_text("Report of week 3")
    expect(item.locator("[data-kind=evidence] textarea")).to_have_value("")
    with page.expect_download() as got:
        item.locator(".dated a").click()
    assert got.value.suggested_filename.endswith(".txt") and Path(got.value.path()).read_bytes() == b"hello"

    page.fill("[data-key=log-text]", "=SUM(1) helped the late shift")
    page.fill("[data-key=log-minutes]", "30")
    page.check("[data-key=log-beyond]")
    page.click(f"{PAGE} .log button[type=submit]")
    expect(page.locator(f"{PAGE} .picture")).to_contain_text("1 h 15 min noted, 30 min of it above and beyond the plan")
    page.click("[data-key=sum-new-feedback]")
    page.fill("[data-key=fb-text]", "Good week")
    page.click("[data-key=form-feedback] button[type=submit]")
    expect(page.locator(PAGE)).to_contain_text("Good week")
    page.click(f"{PAGE} .promises .chip:has-text('Kept') >> nth=0")
    expect(page.locator(f"{PAGE} .promise.kept")).to_have_count(1)
    for kind in ("csv", "ics", "json"):
        with page.expect_download() as got:
            page.click(f"{PAGE} a[href='/plan/export/{kind}']")
        assert got.value.suggested_filename.startswith("checklist-") and got.value.suggested_filename.endswith(kind)
        data = Path(got.value.path()).read_bytes()
        assert {"csv": b"'=SUM(1)", "ics": b"BEGIN:VEVENT", "json": b'"checklist"'}[kind] in data


def test_pasted_text_and_a_failure_lose_nothing(enter):
    page = enter()
    page.click("#plan-lines [data-key=side-add]")
    page.fill("[data-key=paste]", "only a few words")
    choose(page, b"%PDF-1.7 broken", "a.pdf")
    expect(page.locator(f"{SHEET} [data-slot=fault]")).not_to_be_empty(timeout=20_000)
    expect(page.locator("[data-key=paste]")).to_have_value("only a few words")
    page.keyboard.press("Escape")
    page.wait_for_selector(f"{SHEET} .add", state="hidden")
    page.wait_for_timeout(1100)
    page.click("#plan-lines [data-key=side-add]")
    expect(page.locator("[data-key=paste]")).to_have_value("only a few words")
    page.fill("[data-key=paste]", plans.PLAN)
    page.click(f"{SHEET} [data-do=paste] button")
    page.wait_for_selector(f"{SHEET} .review")
    expect(page.locator(f"{SHEET} .goal")).to_have_count(3)


def test_reading_can_be_cancelled(enter):
    page = enter()
    page.evaluate("window.coachPlan.add()")
    choose(page, name="slow.docx")
    expect(page.locator(f"{SHEET} .reading")).to_contain_text("Reading your plan")
    expect(page.locator("[data-key=cancel-read]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"{SHEET} .reading")).to_be_hidden()
    page.wait_for_timeout(4000)
    assert page.is_visible(f"{SHEET} .add") and not page.query_selector(f"{SHEET} .review")
    page.keyboard.press("Escape")
    page.evaluate("window.coachPlan.load()")
    page.wait_for_timeout(500)
    assert not page.query_selector("#plan-lines [data-do=resume]")


def test_too_large_is_said_without_sending(enter):
    page = enter()
    choose(page, b"x" * 10_000_001, "large.pdf")
    expect(page.locator(f"{SHEET} [data-slot=fault]")).to_contain_text("larger than 10 MB")
    assert not [url for url in page.requested if url.endswith("/plan/read")]


def test_drag_and_drop_anywhere(enter):
    page = enter()
    data = base64.b64encode(plans.docx()).decode()
    carry = f"""type => {{
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(atob('{data}'), c => c.charCodeAt(0))], 'dropped.docx'));
        document.querySelector('#log').dispatchEvent(new DragEvent(type, {{bubbles: true, cancelable: true, dataTransfer: transfer}}));
    }}"""
    page.evaluate(carry, "dragenter")
    page.wait_for_selector("#plan-veil", state="visible")
    page.evaluate(carry, "drop")
    page.wait_for_selector(f"{SHEET} .review", timeout=20_000)
    expect(page.locator("#plan-veil")).to_be_hidden()
    assert "dropped.docx" in page.inner_text(f"{SHEET} .sheet-head")


def test_escape_asks_before_a_review_is_dropped(enter):
    page = enter()
    reviewed(page)
    page.keyboard.press("Escape")
    expect(page.locator("[data-key=go-on]")).to_be_focused()
    page.click("[data-key=go-on]")
    expect(page.locator("[data-key=leave]")).to_be_focused()
    page.wait_for_timeout(1100)
    page.keyboard.press("Escape")
    page.click(f"{SHEET} [data-do=later]")
    expect(page.locator(SHEET)).to_be_hidden()
    page.reload()
    page.click("#plan-lines [data-do=resume]")
    page.wait_for_selector(f"{SHEET} .review")
    page.click("[data-key=leave]")
    page.click(f"{SHEET} [data-do='review:drop-all']")
    expect(page.locator(SHEET)).to_be_hidden()
    expect(page.locator("#plan-lines [data-do=resume]")).to_have_count(0)


def test_a_changed_plan_shows_the_difference_first(enter):
    page = enter()
    confirmed(page)
    page.click(f"{PAGE} .item summary >> nth=0")
    page.click(f"{PAGE} .chip:has-text('At risk'):visible")
    expect(page.locator(f"{PAGE} .status").first).to_have_text("At risk")
    page.click(f"{PAGE} [data-key=plan-add]")
    reviewed(page, plans.docx(plans.REVISED), "changed.docx")
    changed = page.inner_text(f"{SHEET} .diff")
    for words in ("Date moved", "15 February 2027", "22 February 2027", "No longer there", "New"):
        assert words in changed
    page.select_option(f"{SHEET} .diff select", index=1)
    page.click(f"{SHEET} .diff form button")
    expect(page.locator(f"{SHEET} .diff")).not_to_contain_text("No longer there")
    page.click(f"{SHEET} [data-key=confirm]")
    page.wait_for_selector(f"{PAGE} .item")
    expect(page.locator(f"{PAGE} .status").first).to_have_text("At risk")
    expect(page.locator(f"{PAGE} .item .title").nth(2)).to_contain_text("shift report")


def test_no_plan_may_be_used_anyway_with_words_from_the_document(enter):
    page = enter()
    reviewed(page, plans.LIST.encode(), "list.txt")
    assert "does not look like a plan" in page.inner_text(SHEET)
    page.click(f"{SHEET} [data-do='review:anyway']")
    page.click("[data-key=sum-by-hand]")
    page.evaluate("""() => { const range = document.createRange(), text = document.querySelector('.source-text [data-at]').firstChild;
        const at = text.data.indexOf('bread'); range.setStart(text, at); range.setEnd(text, at + 5);
        getSelection().removeAllRanges(); getSelection().addRange(range); }""")
    page.click(f"{SHEET} [data-do=marked]")
    expect(page.locator("[data-key=add-quote]")).to_have_value("bread")
    page.click(f"{SHEET} [data-do='review:add'] button[type=submit]")
    expect(page.locator(".source-text mark")).to_have_text("bread")
    page.click(f"{SHEET} [data-key=confirm]")
    page.wait_for_selector(f"{PAGE} .item:has-text('bread')")


def test_an_ambiguous_date_is_asked(enter):
    page = enter()
    reviewed(page, plans.AMBIGUOUS.encode(), "dates.txt")
    page.click(f"{SHEET} .question button:has-text('3 April 2026')")
    expect(page.locator(f"{SHEET} .question")).to_have_count(0)
    expect(page.locator("[data-key=fact-start_date]")).to_have_value("2026-04-03")


def test_hostile_words_and_names_are_text(enter):
    page = enter()
    reviewed(page, plans.docx(plans.HOSTILE), plans.HOSTILE_NAME)
    if page.is_visible(f"{SHEET} [data-do='review:anyway']"):
        page.click(f"{SHEET} [data-do='review:anyway']")
    page.fill("[data-key=title-g1]", '"><img src=x onerror=alert(1)>')
    page.press("[data-key=title-g1]", "Tab")
    page.wait_for_selector("[data-do='review:back']")
    assert plans.HOSTILE_NAME in page.inner_text(f"{SHEET} .sheet-head")
    page.click(f"{SHEET} [data-key=confirm]")
    page.wait_for_selector(f"{PAGE} .item")
    page.click(f"{PAGE} .item summary >> nth=0")
    assert page.evaluate("document.querySelectorAll('#plan-page img, #plan-page script, #plan-sheet img, #plan-lines img').length") == 0
    assert page.title() == "PIP Coach"
    assert '"><img src=x onerror=alert(1)>' in page.inner_text(PAGE)


def test_even_unescaped_html_would_bring_nothing(enter):
    page = enter()
    page.evaluate("""window.coachPlan.take({plan: '<p data-key="x" onclick="1">a<img src=x onerror=alert(1)><a href="javascript:1">b</a>'
        + '<script>document.title=1</script><iframe src=https://evil.example></iframe><a href="/plan/export/csv">c</a></p>'})""")
    inside = page.evaluate("document.querySelector('#plan-page').innerHTML")
    assert inside == '<p data-key="x">a<a>b</a><a href="/plan/export/csv">c</a></p>'


def test_two_windows(enter):
    one = enter()
    confirmed(one)
    two = enter(context=one.context)
    two.click("[name=view][value=plan]")
    two.wait_for_selector(f"{PAGE} .item")
    expect(two.locator(f"{PAGE} [data-slot=others]")).to_contain_text("another page", timeout=10_000)
    for page in (one, two):
        page.click(f"{PAGE} .item summary >> nth=0")
    one.fill("textarea[name=notes]:visible", "words of the first window")
    two.fill("textarea[name=notes]:visible", "words of the second window")
    one.click("button:has-text('Save the notes'):visible")
    expect(one.locator(f"{PAGE} [data-slot=said]")).to_contain_text("Saved")
    expect(two.locator(f"{PAGE} [data-slot=said]")).to_contain_text("another window", timeout=10_000)
    two.click("button:has-text('Save the notes'):visible")
    fault, kept = two.locator(f"{PAGE} [data-slot=fault]"), two.locator("textarea[name=notes]:visible")
    expect(fault).to_contain_text("words of the first window")
    expect(fault).to_contain_text("words of the second window")
    expect(kept).to_have_value("words of the second window")
    two.click("button:has-text('Save the notes'):visible")  # knowing both, the person decides
    expect(fault).to_be_empty()
    expect(two.locator(f"{PAGE} [data-slot=said]")).to_contain_text("Saved")
    two.close()
    expect(one.locator(f"{PAGE} [data-slot=others]")).to_be_empty(timeout=15_000)


def test_a_conflict_shows_both_texts(enter):
    page = enter()
    confirmed(page)
    page.click(f"{PAGE} .item summary >> nth=0")
    page.fill("textarea[name=notes]:visible", "here")
    found = page.evaluate("""async () => { const form = document.querySelector('textarea[name=notes]').form;
        await fetch('/plan/act', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(
            {do: 'change', kind: 'item', id: form.dataset.id, version: form.dataset.version, fields: {notes: ['', 'elsewhere']}})}); form.requestSubmit(); }""")
    assert found is None
    expect(page.locator(f"{PAGE} [data-slot=fault]")).to_contain_text("elsewhere")
    expect(page.locator(f"{PAGE} [data-slot=fault]")).to_contain_text("here it is “here”")
    expect(page.locator("textarea[name=notes]:visible")).to_have_value("here")


def test_deleting_asks_once(enter):
    page = enter()
    confirmed(page)
    page.click("[data-key=ask-erase]")
    expect(page.locator("[data-key=keep-plan]")).to_be_focused()
    page.click("[data-key=keep-plan]")
    expect(page.locator(f"{PAGE} .item")).to_have_count(3)
    page.click("[data-key=ask-erase]")
    page.click("[data-do='plan:erase']")
    expect(page.locator(PAGE)).to_contain_text("There is no plan here yet")


def test_keyboard_only(enter):
    page = enter()

    def tab_to(selector, limit=120):
        for _ in range(limit):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab")

    page.focus("#brand button")
    tab_to("[data-key=side-add]")
    page.keyboard.press("Enter")
    tab_to("[data-key=paste]")
    page.keyboard.insert_text(plans.PLAN)
    tab_to("button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{SHEET} .review")
    tab_to("[data-key=title-g2]")
    page.keyboard.press("Control+A")
    page.keyboard.type("By keyboard")
    tab_to("[data-do='review:drop'][data-goal=g2]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-key=keep-g2]")).to_be_visible()
    assert page.evaluate("document.querySelector('#plan-sheet').contains(document.activeElement)")
    page.evaluate("document.querySelector('[data-key=keep-g2]').focus()")
    page.keyboard.press("Enter")
    expect(page.locator("[data-key=title-g2]")).to_have_value("By keyboard")
    tab_to("[data-key=confirm]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{PAGE} .item")
    tab_to("summary[data-key^=sum-]")
    page.keyboard.press("Enter")
    tab_to(".chip[data-now=done]")
    page.keyboard.press("Space")
    expect(page.locator(f"{PAGE} .status.done")).to_have_count(1)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_serious_barrier_and_nothing_sideways(enter, width, scheme):
    page = enter(width=width, height=844, scheme=scheme)
    wide = """() => [...document.querySelectorAll('#plan-view, #plan-sheet, #plan-page, .found, .source, .add, #top, #main, #composer')]
        .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.id || e.className)"""
    assert page.evaluate(wide) == [] and grave(page) == []
    page.evaluate("window.coachPlan.add()")
    assert page.evaluate(wide) == [] and grave(page) == []
    long = plans.PLAN.replace("tickets", "Donaudampfschifffahrtsgesellschaft" * 5)
    reviewed(page, plans.docx(long))
    for part in ("edit-g1", "split-g3", "by-hand"):
        page.click(f"[data-key=sum-{part}]")
        page.evaluate("key => document.querySelector(`[data-key=sum-${key}]`).scrollIntoView()", part)
    expect(page.locator("[data-key=leave]")).to_be_in_viewport()
    assert page.evaluate(wide) == [] and grave(page) == []
    if width == 390:
        box = page.locator(SHEET).bounding_box()
        assert box["x"] == 0 and box["width"] == 390
        page.click("[data-key='show-g2']")
        expect(page.locator(".source-text mark.on").first).to_be_in_viewport()
        assert page.evaluate(wide) == [] and grave(page) == []
    page.keyboard.press("Escape")
    assert grave(page) == []
    page.click("[data-key=go-on]")
    page.click(f"{SHEET} [data-key=confirm]")
    page.wait_for_selector(f"{PAGE} .item")
    page.click(f"{PAGE} .item summary >> nth=0")
    unfold(page, PAGE, "details.more")
    page.click("[data-key=ask-erase]")
    assert page.evaluate(wide) == [] and grave(page) == []


def test_leaving_quickly_stays_in_reach(enter, desk_server):
    page = enter(width=390, height=844)
    reviewed(page)
    page.click("[name=leave]")
    page.wait_for_url(f"{desk_server.home}/away")


def test_the_browser_keeps_no_word_of_the_plan(enter):
    page = enter()
    confirmed(page)
    kept = json.dumps(page.evaluate("({...localStorage, ...sessionStorage})"))
    assert "ticket" not in kept and "Ana" not in kept
