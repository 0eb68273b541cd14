// The meetings part of the page: its sections, answers that are saved while they are typed, copying and printing. Decides nothing.
(() => {
  const parts = window.coachParts, { find, all, keyed, show, say } = parts;
  const root = document.documentElement;
  const SECTION = "pip-coach-section";  // which section was open, no word of it
  const PLACES = ["head", "questions", "room", "letters", "check_ins", "record"];
  const HEADS = { room: "room-head" };
  const meetings = window.coachMeetings = parts.add({ name: "meetings" });

  const page = () => parts.page("meetings", PLACES);
  const place = (name) => page() && document.getElementById(`meetings-${name}`);

  meetings.take = (shown) => {
    for (const name of PLACES) {
      if (!(name in shown)) continue;
      const focus = shown.focus && shown[name].includes(`data-key="${shown.focus}"`) ? shown.focus : "";
      show(place(name), shown[name], focus, shown.fault);
    }
    if (shown.section) section(shown.section);
    if (shown.open) keyed(page(), shown.open).open = true;
    if (shown.section && shown.focus) keyed(page(), shown.focus)?.focus();
    if ("said" in shown) parts.said(page(), shown.said);
    if ("said" in shown || "fault" in shown) say(page(), "fault", shown.fault || "");
    if (shown.kept) kept(shown.kept);
    if (shown.reload) setTimeout(() => location.replace("/?c=new"), 1200);
    dress();
  };
  meetings.arrive = async (focus) => {
    if (meetings.stamp === null) await meetings.load();
    dress();
    keyed(page(), focus || HEADS[page().dataset.section] || "meetings-head")?.focus({ preventScroll: true });
  };
  meetings.begin = () => {
    let open = "";
    try { open = sessionStorage.getItem(SECTION) || ""; } catch { /* the first one, then */ }
    page().dataset.section = PLACES.slice(1).includes(open) ? open : "questions";
  };

  // ---- sections ----
  function section(name, focus) {
    page().dataset.section = name;
    try { sessionStorage.setItem(SECTION, name); } catch { /* then it opens with the first */ }
    dress();
    find("#meetings-view").scrollTop = 0;
    if (focus) keyed(page(), focus)?.focus({ preventScroll: true });
  }
  function dress() {
    const open = page()?.dataset.section;
    for (const way of all(".ways [data-section]", page())) way.setAttribute("aria-pressed", String(way.dataset.section === open || open === "room" && way.dataset.section === "questions"));
  }
  Object.assign(parts.here, {
    section: (data, button) => section(data.section, button.closest(".ways") ? "" : "questions-head"),
    room: () => section("room", "room-head"),
    "ask-all": () => ask(true),
    "keep-all": () => ask(false),
    print: () => window.print(),
    trace: async (data) => {  // to the note itself, in the plan
      parts.view("plan");
      await parts.freshen();
      const note = find(`#plan-page [data-id="${data.id}"]`);
      for (let part = note; part; part = part.parentElement?.closest("details")) if (part.tagName === "DETAILS") part.open = true;
      note?.focus();
      note?.scrollIntoView({ block: "center" });
    },
    copy: async (data, button) => {
      const text = find(data.at === "own" ? "[data-key=own-letter]" : `[data-copy="${data.at}"]`, page());
      try { await navigator.clipboard.writeText(text.value ?? text.textContent); } catch { return; }
      const label = button.firstChild, was = label.data;
      label.data = "Copied";
      setTimeout(() => { label.data = was; }, 1500);
    },
  });

  function ask(on) {
    find(".ask-all", page()).hidden = !on;
    keyed(page(), on ? "keep-all" : "ask-all").focus();
  }
  // a form with two ends: the button says which
  parts.forms["meetings:look-over"] = (form, given, data, button) => { stopped(data.save); meetings.act({ do: button?.dataset.as || "look-over", fields: given }, form); };
  parts.forms["meetings:import"] = (form, given) => {
    const file = find("[data-file]", form).files[0] || new Blob();
    meetings.ask("import", parts.packed({ replace: given.replace === "true" }, file));
  };
  parts.forms["meetings:propose"] = (form, given, data, button) => meetings.act({ ...data, do: button?.dataset.as || "propose", fields: given }, form);

  // ---- what is typed is saved while it is typed ----
  const WAIT = 700, AGAIN = 5000;
  const timers = new Map();
  const form = (id) => find(`form[data-save="${id}"]`, page());
  function request(id) {
    const now = form(id), { both } = now ? parts.fields(now) : { both: {} };
    return Object.keys(both).length ? { do: now.dataset.verb || now.dataset.do.split(":")[1], id, version: now.dataset.version, fields: both } : null;
  }
  function stopped(id) { clearTimeout(timers.get(id)); timers.delete(id); }
  function later(id, wait = WAIT) {
    clearTimeout(timers.get(id));
    timers.set(id, setTimeout(() => save(id), wait));
  }
  async function save(id) {
    stopped(id);
    const shown = await meetings.ask("act", () => { const value = request(id); return value && parts.asked(value); });
    if (shown.fault && !shown.stamp) later(id, AGAIN);  // nobody answered: what was typed stays and is tried again
  }
  function kept({ id, version, fields }) {
    const now = form(id);
    if (!now) return;
    now.dataset.version = version;
    for (const [name, text] of Object.entries(fields)) {
      now.elements[name].defaultValue = text;
      for (const other of all(`[data-follows="${id}"]`, page())) if (!parts.dirty(other)) other.value = other.defaultValue = text;
    }
    const rest = request(id);
    say(now, `saved-${id}`, rest ? "" : "Saved");
    if (rest) later(id);
  }
  document.addEventListener("input", (event) => {
    const id = event.target.form?.dataset.save;
    if (!id) return;
    say(event.target.form, `saved-${id}`, "");
    later(id);
  });
  document.addEventListener("focusout", (event) => { const id = event.target.form?.dataset.save; if (id && timers.has(id)) save(id); });
  function flush() {  // the page is about to go: send what is not saved yet, without waiting for an answer
    for (const id of timers.keys()) {
      const value = request(id);
      if (value) fetch("/meetings/act", { ...parts.asked(value), keepalive: true }).catch(() => {});
    }
    timers.clear();
  }
  addEventListener("pagehide", flush);
  addEventListener("visibilitychange", () => { if (document.hidden) for (const id of [...timers.keys()]) save(id); });
  document.addEventListener("toggle", (event) => { if (event.target.dataset?.fresh && event.target.open) meetings.load(); }, true);
  document.addEventListener("change", (event) => {
    const id = event.target.dataset?.flip;
    if (id) meetings.act({ do: "tick", id, on: String(event.target.checked) });
    const sent = event.target.dataset?.sent;
    if (sent) meetings.act({ do: "sent", id: sent, on: String(event.target.checked) });
  });
})();
