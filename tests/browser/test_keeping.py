"""What is kept, corrected and removed: conversations, facts, and what stays in the browser."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.steps import BOX, send, settled, tell

CANARY = "zebrafinch"
STORAGE = """async () => {
  const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), document.cookie];
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise(done => {
      const r = indexedDB.open(name); r.onsuccess = () => done(r.result); });
    for (const store of db.objectStoreNames) found.push(JSON.stringify(await new Promise(done => {
      const r = db.transaction(store).objectStore(store).getAll(); r.onsuccess = () => done(r.result); })));
  }
  if (window.caches) for (const name of await caches.keys()) found.push(name);
  return found.join('\\n');
}"""


def test_a_refresh_keeps_the_conversation(visit):
    page = visit()
    tell(page, "plain before the refresh")
    assert re.search(r"\?c=[0-9a-f]{32}$", page.url)
    page.reload()
    expect(page.locator("#log .person")).to_have_text(re.compile("before the refresh"))
    assert page.locator("#log details").count() == 2


def test_a_dropped_connection_loses_nothing(visit):
    page = visit()
    send(page, "slow and then gone")
    page.wait_for_selector("#log .coach")
    page.reload()
    expect(page.locator("#log .coach .text")).to_contain_text("That is a lot")
    tell(page, "plain and on")
    assert page.locator("#log .person").count() == 2


def test_rename_and_delete(visit):
    page = visit()
    tell(page, "plain to be renamed")
    page.click("#side .current [name=open-edit]")
    page.fill("#side .current input", "The Tuesday talk")
    page.press("#side .current input", "Enter")
    expect(page.locator("#side .current .title")).to_have_text("The Tuesday talk")
    page.click("#side .current [name=ask-delete]")
    page.click("#side .current [name=close-edit]:visible")
    page.click("#side .current [name=ask-delete]")
    page.click("#side .current [name=delete]")
    page.wait_for_selector("[data-key=welcome]")
    expect(page.locator("#side .talk:has-text('The Tuesday talk')")).to_have_count(0)


def test_opening_another_and_starting_a_new_one(visit):
    page = visit()
    tell(page, "plain conversation alpha")
    page.click("[name=new]")
    page.wait_for_selector("[data-key=welcome]")
    tell(page, "plain conversation beta")
    page.click("#side .talk:has-text('alpha')")
    expect(page.locator("#log .person")).to_have_text(re.compile("alpha"))


def test_a_fact_is_changed_and_removed_and_not_inferred_again(visit):
    page = visit()
    tell(page, "plain they meet me Thursday 2pm")
    fact = page.locator("#row-meeting")
    expect(fact).to_contain_text("Meeting: Thursday 2pm")
    fact.locator("[name=open-edit]").click()
    fact.locator("input").fill("Friday <b>10am</b>")
    fact.locator("button[type=submit]").click()
    expect(fact.locator(".value")).to_have_text("Friday <b>10am</b>")
    page.reload()
    expect(fact.locator(".value")).to_have_text("Friday <b>10am</b>")
    fact.locator("[name=drop-fact]").click()
    expect(fact).to_have_count(0)
    tell(page, "plain Thursday again")
    expect(fact).to_have_count(0)


def test_two_tabs_are_fine(visit):
    one = visit()
    two = visit(context=one.context)
    send(one, "slow in tab one")
    one.wait_for_selector("#log .coach")
    tell(two, "plain in tab two")
    one.click("#stop")
    settled(one)
    assert "tab two" not in one.inner_text("#log")


def test_the_browser_keeps_no_word_of_it(visit):
    page = visit()
    tell(page, f"plain {CANARY} words")
    kept = page.evaluate(STORAGE)
    assert CANARY not in kept and "That is a lot" not in kept and "pip-coach-note" in kept
    assert not [url for url in page.requested if CANARY in url]


def test_a_restart_keeps_everything_and_says_what_to_do(chromium, tmp_path):
    server = Server(tmp_path, 0.05)
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.goto(server.address)
        page.wait_for_selector("[data-key=welcome]")
        page.click("[name=dismiss]")
        tell(page, "plain before the restart")
        server.stop()
        page.fill(BOX, "typed while it was away")
        page.press(BOX, "Enter")
        page.wait_for_selector("#lost")
        assert page.input_value(BOX) == "typed while it was away"
        server.start()
        page.goto(f"{server.home}/")
        assert "address in the terminal" in page.inner_text("body")
        page.goto(server.address)
        expect(page.locator("#log .person")).to_have_text(re.compile("before the restart"), timeout=30_000)
    finally:
        context.close()
        server.stop()
