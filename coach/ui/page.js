// What the browser does itself: patches the chat so that nothing jumps, hands clicks to the page, leaves quickly.
// Keeps no conversation text anywhere; the only thing it remembers is that the first note was read.
(() => {
  const find = (selector) => document.querySelector(selector);
  const NOTE = "pip-coach-note";
  const hosted = document.documentElement.dataset.hosted === "yes";  // people sign in
  const state = document.documentElement.classList;  // the page may rewrite the body's

  // ---- the chat: copy the changed parts of the hidden source into the visible log ----
  let log = null, seen = "", talk = "";

  function dress(node) {
    for (const part of [node, ...node.querySelectorAll("[id]")]) {
      if (!part.id) continue;
      part.dataset.key = part.id;
      part.removeAttribute("id");
    }
    return node;
  }

  function patch(into, from) {
    const old = new Map([...into.children].map((child) => [child.dataset.key, child]));
    let place = into.firstElementChild;
    for (const fresh of [...from.children]) {
      const before = old.get(fresh.id);
      old.delete(fresh.id);
      let now = before;
      if (!before) {
        now = dress(fresh.cloneNode(true));
        now.source = fresh.outerHTML;
        for (const [n, part] of [...now.children].entries()) part.source = fresh.children[n].outerHTML;
      } else if (before.source !== fresh.outerHTML) {
        if (fresh.tagName === "ARTICLE") {
          patch(before, fresh);
        } else {
          now = dress(fresh.cloneNode(true));
          if (fresh.className === "text") swap(before, now);
          for (const open of before.querySelectorAll("details[open]"))
            now.querySelector(`[data-key="${open.dataset.key}"]`)?.setAttribute("open", "");
          before.replaceWith(now);
          if (place === before) place = now;
        }
        now.source = fresh.outerHTML;
      }
      if (now === place) place = place.nextElementSibling;
      else into.insertBefore(now, place);
    }
    for (const gone of old.values()) gone.remove();
  }

  function swap(before, now) {  // the composed words give way to the phrased ones: keep the room, announce it once
    now.style.minHeight = `${before.offsetHeight}px`;
    now.classList.add("swapped");
    log.setAttribute("aria-live", "off");
    setTimeout(() => log.setAttribute("aria-live", "polite"), 300);
  }

  function show() {
    const source = find("#log-source .chat");
    const scroll = find("#scroll");
    if (!source || !scroll) return;
    if (!log || !log.isConnected) {
      log = document.createElement("div");
      log.id = "log";
      log.tabIndex = 0;
      for (const [name, value] of [["role", "log"], ["aria-live", "polite"], ["aria-label", "Conversation"]])
        log.setAttribute(name, value);
      scroll.append(log);
      seen = "";
    }
    if (source.outerHTML === seen) return;
    seen = source.outerHTML;
    const count = log.querySelectorAll(".line").length;
    const other = source.id !== talk && !(talk === "conversation-new" && count === 0);
    if (other) log.replaceChildren();
    patch(log, source);
    const id = source.id.replace("conversation-", "");
    if (source.id !== talk && talk) history.replaceState(null, "", `/?c=${id}`);
    talk = source.id;
    if (other) scroll.scrollTop = log.querySelector(".line") ? scroll.scrollHeight : 0;
    else if (log.querySelectorAll(".line").length > count) reveal();
    state.toggle("fresh", !log.querySelector(".line"));
  }

  function reveal() {  // the newest question at the top where the answer is long, else everything down to the end
    const own = [...log.querySelectorAll(".person")].at(-1);
    const scroll = find("#scroll");
    if (own) scroll.scrollTo({ top: own.offsetTop - scroll.offsetTop - 12, behavior: calm() ? "auto" : "smooth" });
  }

  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // ---- what was clicked, to the page ----
  function send(channel, message) {
    const box = find(`#${channel}-in textarea, #${channel}-in input`);
    const go = find(`button#${channel}-go, #${channel}-go button`);
    if (!box || !go) return;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, message);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    go.click();
  }
  const ask = (channel, name, value = "", text = "") => send(channel, JSON.stringify({ do: name, value, text }));
  const row = (key) => document.getElementById(key);

  const clicks = {
    say: (value) => ask("say", "say", value),
    retry: () => ask("say", "retry"),
    edit: () => { ask("act", "edit"); focusBox(); },
    "cancel-edit": () => { ask("act", "cancel-edit"); focusBox(); },
    new: () => { ask("act", "new"); side(false); focusBox(); },
    open: (value) => { ask("act", "open", value); side(false); },
    delete: (value) => ask("act", "delete", value),
    "drop-fact": (value) => ask("act", "drop-fact", value),
    offer: (value) => send("offer", value),
    copy: (value, button) => copy(value, button),
    source: (value) => source(value),
    "open-edit": (value) => { set(value, "editing"); row(value)?.querySelector("input,select")?.focus(); },
    "ask-delete": (value) => { set(value, "deleting"); row(value)?.querySelector(".confirm button")?.focus(); },
    "close-edit": (value) => { set(value, ""); row(value)?.querySelector(".tools button")?.focus(); },
    menu: () => menu(),
    panel: (value, button) => panel(shownPanel() === value ? "" : value, button),
    close: () => panel(""),
    leave: () => leave(),
    "sign-out": () => signOut().then(() => location.replace("/signin?left")),
    dismiss: () => { remember(); state.remove("note-on"); focusBox(); },
  };

  function set(key, mode) {
    for (const other of document.querySelectorAll("#side li.editing, #side li.deleting"))
      other.classList.remove("editing", "deleting");
    if (mode) row(key)?.classList.add(mode);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[name]");
    if (button && clicks[button.name]) clicks[button.name](button.value, button);
    else if (event.target.closest?.("#main") && state.contains("side-open") && narrow()) side(false);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    const value = form.elements.value?.value ?? "";
    if (form.id.startsWith("rename-")) ask("act", "rename", form.id.slice(7), value);
    if (form.id.startsWith("set-fact-")) ask("act", "set-fact", form.id.slice(9), value);
  });

  async function copy(key, button) {
    const text = log.querySelector(`[data-key="${key}-text"]`)?.innerText ?? "";
    try { await navigator.clipboard.writeText(text); } catch { return; }
    const label = button.firstChild;
    label.data = "Copied";
    setTimeout(() => { label.data = "Copy"; }, 1500);
  }

  function source(key) {
    const details = log.querySelector(`details[data-key="${key}"]`);
    if (!details) return;
    details.open = true;
    details.scrollIntoView({ block: "nearest" });
    details.querySelector("summary").focus();
  }

  const focusBox = () => setTimeout(() => find("#box textarea")?.focus(), 60);
  const narrow = () => matchMedia("(max-width: 820px)").matches;

  function side(open) {  // a drawer on narrow screens, beside the chat on wide ones
    state.toggle("side-open", open && narrow());
    if (open && narrow()) find("#side button")?.focus();
  }

  function menu() {
    if (narrow()) side(!state.contains("side-open"));
    else state.toggle("side-shut");
  }

  // ---- panels ----
  let opener = null;
  const shownPanel = () => document.documentElement.dataset.panel || "";
  function panel(name, button) {
    document.documentElement.dataset.panel = name;
    for (const part of document.querySelectorAll("#side, #main, .view")) part.toggleAttribute("inert", Boolean(name));
    if (name) { opener = button; find(`#${name} button.close`)?.focus(); } else opener?.focus();
  }

  // ---- leaving quickly ----
  let last = 0;
  function leave() {
    document.documentElement.style.display = "none";
    if (hosted) signOut();  // who comes to this screen next, and goes back, finds the sign-in page
    location.replace("/away");
  }
  const signOut = () => fetch("/signout", { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.isComposing) event.stopPropagation();
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - last < 1000) leave();
    last = event.timeStamp;
    if (shownPanel()) panel("");
    else if (state.contains("side-open")) { side(false); find("[name=menu]")?.focus(); }
  }, true);

  // ---- the first note, remembered without a word of the conversation ----
  const remember = () => { try { localStorage.setItem(NOTE, "read"); } catch { /* then it shows again */ } };
  const read = () => { try { return localStorage.getItem(NOTE) === "read"; } catch { return false; } };

  // ---- the server is gone or was started again, or the person was signed out ----
  const AWAY = hosted ? "The coach does not answer. What you typed is still here; please try again in a moment."
    : "The coach on this computer does not answer. Is its window still open? "
      + "What you typed is still here; start it again and open the address it shows.";
  function lost(gone, out = false) {
    let line = find("#lost");
    if (!gone || line) { if (!gone) line?.remove(); return; }
    line = document.createElement("div");
    line.id = "lost";
    line.setAttribute("role", "alert");
    line.textContent = out ? "You are signed out. What you typed is still here. " : AWAY;
    if (out) {
      const link = Object.assign(document.createElement("a"), { href: "/signin", target: "_blank", rel: "noopener", textContent: "Sign in again in a new window" });
      line.append(link, ", then come back and send it.");
    }
    find("#composer")?.prepend(line);
  }
  const plain = window.fetch;
  window.fetch = async (...request) => {
    const ours = String(request[0]?.url ?? request[0]).match(/\/(gradio_api|plan|meetings|practice)\//);
    try {
      const answer = await plain(...request);
      if (ours) lost(answer.status === 401 || answer.status === 403 || answer.status >= 502, answer.status === 401);
      return answer;
    } catch (error) {
      if (ours && error?.name !== "AbortError") lost(true);
      throw error;
    }
  };

  // ---- names and roles that the page's parts lack ----
  const roles = [
    ["#top", { role: "banner" }],
    ["#side", { role: "complementary", "aria-label": "Conversations and facts" }],
    ["#main", { role: "main" }],
    ["#plan-view", { role: "region", "aria-label": "Your plan" }],
    ["#meetings-view", { role: "region", "aria-label": "Your meetings" }],
    ["#practice-view", { role: "region", "aria-label": "Practice" }],
    ["#switch .switch", { role: "group", "aria-label": "What is shown" }],
    ["#status", { role: "status" }],
    ["#fault", { role: "alert" }],
    ["#help-panel", { role: "dialog", "aria-label": "Help now" }],
    ["#settings-panel", { role: "dialog", "aria-label": "Where answers are computed" }],
    ["#box textarea", { "aria-label": "Your message", autocomplete: "off" }],
    ["#key input", { autocomplete: "off" }],
  ];
  function label() {
    for (const [selector, wanted] of roles) {
      const part = find(selector);
      if (!part) continue;
      for (const [name, value] of Object.entries(wanted))
        if (part.getAttribute(name) !== value) part.setAttribute(name, value);
    }
    const menu = find("[name=menu]");
    const open = narrow() ? state.contains("side-open") : !state.contains("side-shut");
    if (menu && menu.getAttribute("aria-expanded") !== String(open)) menu.setAttribute("aria-expanded", String(open));
    for (const area of document.querySelectorAll("textarea:not([aria-label]), input:not([aria-label])"))
      if (!area.labels?.length) area.setAttribute("aria-label", "Value");
  }

  let waiting = false, stopShown = false;
  function look() {
    waiting = false;
    label();
    show();
    const stop = Boolean(find("#stop")?.offsetParent);
    if (stop !== stopShown) {
      stopShown = stop;
      state.toggle("working", stop);
      if (document.activeElement === document.body) find("#box textarea")?.focus();
    }
  }
  new MutationObserver(() => {
    if (!waiting) { waiting = true; queueMicrotask(look); }
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
  state.toggle("note-on", !read());
})();
