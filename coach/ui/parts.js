// What every part beside the chat shares: safe HTML, redrawing that keeps half-typed words and the place, asking the server in order, the switch at the top.
// A part is added under its name, which is also its address (/plan), its place (#plan-view) and the start of its buttons (data-do="plan:undo").
// All HTML comes escaped from our own server and is checked here once more; keeps nothing but which screen was open.
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const VIEW = "pip-coach-view";
  const known = new Map();
  // here: what buttons do without the server, by name; forms: what forms do instead of the usual, by name; unreached: said where nobody answers
  const parts = window.coachParts = { find, all, here: {}, forms: {}, unreached: "", newest: null };

  // ---- HTML from the server: only what our own pieces use ----
  const TAGS = new Set(`A ARTICLE BLOCKQUOTE BR BUTTON DD DETAILS DIV DL DT FIELDSET FORM H2 H3 H4 HEADER INPUT LABEL LEGEND LI MARK
    NAV OL OPTION P PROGRESS S SECTION SELECT SPAN STRONG SUMMARY TEXTAREA UL`.split(/\s+/));
  const NAMES = new Set(`accept aria-label aria-pressed autocomplete checked class disabled download hidden inputmode max min name open readonly role
    rows selected step tabindex type value`.split(/\s+/));
  const LINK = /^\/(plan|meetings|practice)\/(export|file)\/[a-z0-9-]+$/;
  function parse(html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    for (const part of all("*", made.content)) {
      if (!TAGS.has(part.tagName)) { part.remove(); continue; }
      for (const { name, value } of [...part.attributes]) {
        const link = name === "href" && LINK.test(value);
        if (!NAMES.has(name) && !name.startsWith("data-") && !link) part.removeAttribute(name);
      }
    }
    return made.content;
  }

  // ---- showing: new HTML in place of the old, with half-typed words, open parts, scroll and focus carried over ----
  const keyed = (host, key) => (key && host ? find(`[data-key="${CSS.escape(key)}"]`, host) : null);
  const dirty = (part) => (part.type === "checkbox" || part.type === "radio" ? part.checked !== part.defaultChecked
    : part.tagName === "SELECT" ? !part.selectedOptions[0]?.defaultSelected && part.selectedIndex > 0 : part.value !== part.defaultValue);
  function show(host, html, focus, told) {
    if (!host || host.shown === html && !focus && !told) return;
    const fresh = parse(html);
    for (const old of all("[data-key]", host)) {
      const now = keyed(fresh, old.dataset.key);
      if (!now || now.tagName !== old.tagName) continue;
      if (old.tagName === "DETAILS") now.open = old.open;
      else if (old.type === "file") { if (old.files.length) now.files = old.files; }
      else if (/^(INPUT|TEXTAREA|SELECT)$/.test(old.tagName) && !old.dataset.tick && dirty(old)) {
        const [was, typed] = [old.defaultValue, old.value];
        if (old.type === "checkbox" || old.type === "radio") { now.checked = old.checked; continue; }
        if (!told && was !== undefined && now.form?.dataset.version && now.defaultValue !== was) {  // changed elsewhere, and nobody has said so
          now.defaultValue = was;
          now.form.dataset.version = old.form.dataset.version;
        }
        now.value = typed;
      }
    }
    const places = all("[data-scroll]", host).map((part) => [part.dataset.scroll, part.scrollTop]);
    const top = host.scrollTop, active = document.activeElement;
    const held = host.contains(active) ? active : null;
    const key = focus || held?.dataset.key, caret = held && "selectionStart" in held ? held.selectionStart : null;
    const beside = held ? all("[data-key]", host).indexOf(held.closest("[data-key]")) : -1;
    host.replaceChildren(fresh);
    host.shown = html;
    for (const [name, at] of places) { const part = find(`[data-scroll="${name}"]`, host); if (part) part.scrollTop = at; }
    host.scrollTop = top;
    if (!held && !focus) return;
    const near = all("[data-key]", host).slice(0, beside + 1).reverse().find((part) => part.matches("button, input, textarea, summary, [tabindex]") && part.offsetParent);
    const next = keyed(host, key) || near || find("h2", host);
    next?.focus({ preventScroll: !focus });
    if (caret !== null && next?.tagName === held?.tagName) try { next.setSelectionRange(caret, caret); } catch { /* not a text field */ }
    if (focus) next?.scrollIntoView({ block: "nearest" });
  }
  function say(host, slot, text) {
    const part = host && find(`[data-slot="${slot}"]`, host);
    if (part && part.textContent !== text) part.textContent = text;
  }
  let fading = 0;
  function said(host, text) {
    clearTimeout(fading);
    say(host, "said", text);
    if (text) fading = setTimeout(() => say(host, "said", ""), 9000);
  }
  function host(id, place, hidden = false) {  // the page may draw its parts again; what is shown stands in elements of our own
    const parent = find(place);
    let made = document.getElementById(id);
    if (parent && (!made || made.parentElement !== parent)) {
      if (!made) { made = document.createElement("div"); made.id = id; made.hidden = hidden; }
      parent.append(made);
    }
    return made;
  }
  function page(name, pieces) {  // a part's own page, with an element for each of its pieces
    const made = host(`${name}-page`, `#${name}-view`);
    if (made && !made.firstChild) {
      made.className = "page";
      for (const piece of pieces) made.append(Object.assign(document.createElement("div"), { id: `${name}-${piece}`, className: "place" }));
    }
    return made;
  }
  Object.assign(parts, { keyed, dirty, show, say, said, host, page });

  // ---- help beside what was typed: over any part, until the person closes it; the same card is not shown again then ----
  const closed = new Set();
  function care(html) {
    const card = host("care", "#shell", true);
    if (!card || closed.has(html)) return;
    card.setAttribute("role", "alert");
    card.hidden = false;
    show(card, html);
  }
  function careOver() {
    const card = document.getElementById("care"), held = card.contains(document.activeElement);
    closed.add(card.shown);
    card.hidden = true;
    card.replaceChildren();
    card.shown = "";
    if (held) find(`#${root.dataset.view || "chat"}-page h2[tabindex], #box textarea`)?.focus({ preventScroll: true });
  }
  parts.here["care-close"] = careOver;
  parts.here["care-talk"] = () => {  // page.js takes the words into the chat
    careOver();
    window.coachPlan?.close();
    view("chat");
  };

  // ---- asking: one at a time, in order ----
  let line = Promise.resolve(), waiting = 0;
  async function fetched(path, init) {
    try {
      const answer = await fetch(path, init);
      const shown = (answer.headers.get("content-type") || "").includes("json") ? await answer.json() : null;
      if (shown?.care) care(shown.care);
      return shown || { fault: parts.unreached };
    } catch (error) {
      return error?.name === "AbortError" ? { gone: true } : { fault: parts.unreached };
    }
  }
  parts.fetched = fetched;
  parts.asked = (value) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) });
  parts.packed = (head, data, signal) => ({
    method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: new Blob([JSON.stringify(head), "\n", data]), signal,
  });
  parts.idle = () => waiting === 0;

  // A part: { name, take(shown), arrive(focus) }. It gets ask, act and load. `make` is asked for the request when its turn has come.
  parts.add = (part) => {
    known.set(part.name, part);
    part.stamp = null;
    part.ask = (path, make, form) => {
      waiting += 1;
      const done = line.then(async () => {
        const init = typeof make === "function" ? make() : make;
        if (!init) return {};
        const shown = await fetched(`/${part.name}/${path}`, init);
        if (form && !shown.fault) form.reset();
        if ("stamp" in shown) part.stamp = parts.newest = shown.stamp;
        part.take(shown);
        return shown;
      }).finally(() => { waiting -= 1; });
      line = done.catch(() => {});
      return done;
    };
    part.act = (value, form) => part.ask("act", parts.asked(value), form);
    part.load = () => part.ask("view", {});
    return part;
  };
  parts.freshen = () => Promise.all([...known.values()].filter((part) => part.stamp !== null && part.stamp !== parts.newest).map((part) => part.load()));

  // ---- what is clicked and sent, handed to the part that it names ----
  parts.fields = (form) => {
    const given = {}, both = {};
    for (const part of form.elements) {
      if (!part.name || part.type === "file" || part.type === "radio" && !part.checked) continue;
      const now = part.type === "checkbox" ? String(part.checked) : part.value;
      given[part.name] = now;
      const was = part.type === "checkbox" ? String(part.defaultChecked) : part.defaultValue ?? "";
      if (now !== was) both[part.name] = [was, now];
    }
    return { given, both };
  };
  const named = (name) => { const [who, verb] = name.split(":"); return [verb && known.get(who), verb]; };
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.("button[name=view]");
    if (tab) view(tab.value);
    const button = event.target.closest?.("button[data-do]");
    if (!button) return;
    const { do: name, ...data } = button.dataset;
    const [part, verb] = named(name);
    if (parts.here[name]) parts.here[name](data, button);
    else if (part) part.act({ ...data, do: verb, ...("now" in data ? { fields: { [data.name]: [data.was, data.now] } } : {}) });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target, name = form.dataset.do || "";
    if (!name) return;
    event.preventDefault();
    const { given, both } = parts.fields(form);
    const { do: _, key: __, ...data } = form.dataset;
    const [part, verb] = named(name);
    if (parts.forms[name]) parts.forms[name](form, given, data, event.submitter);
    else if (part && verb === "change") part.act({ ...data, do: data.verb || verb, fields: both });
    else if (part) part.act({ ...data, do: verb, fields: given }, form);
  });

  // ---- the switch ----
  parts.view = view;
  function view(name, focus) {
    const part = known.get(name);
    root.dataset.view = part ? name : "chat";
    try { sessionStorage.setItem(VIEW, root.dataset.view); } catch { /* then it opens with the chat */ }
    root.classList.remove("side-open");
    press();
    parts.freshen();
    if (part) part.arrive(focus); else find("#box textarea")?.focus();
  }
  function press() {
    for (const part of all("button[name=view]")) {
      const on = String((root.dataset.view || "chat") === part.value);
      if (part.getAttribute("aria-pressed") !== on) part.setAttribute("aria-pressed", on);
    }
  }
  parts.inert = (on) => { for (const part of all("#side, #main, .view")) part.toggleAttribute("inert", on); };
  function begin() {
    if (!find("button[name=view]") || [...known.keys()].some((name) => !find(`#${name}-view`))) { setTimeout(begin, 60); return; }
    let open = "chat";
    try { open = sessionStorage.getItem(VIEW) || "chat"; } catch { /* the chat, then */ }
    press();
    Promise.all([...known.values()].map((part) => part.begin?.())).then(() => { if (known.has(open)) view(open); });
  }
  setTimeout(begin);
})();
