// The plan part of the page: hands over files and clicks, shows what comes back, keeps half-typed words and the place.
// All HTML comes escaped from our own server and is checked here once more; keeps nothing but which screen was open.
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const VIEW = "pip-coach-view", MOST = 10_000_000;
  const page = Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16)).join("");
  const plan = window.coachPlan = { find, all, draft: "", frames: {} };
  let stamp = null, opener = null, reading = null, others = "";

  // ---- HTML from the server: only what our own pieces use ----
  const TAGS = new Set(`A ARTICLE BLOCKQUOTE BR BUTTON DD DETAILS DIV DL DT FIELDSET FORM H2 H3 H4 HEADER INPUT LABEL LEGEND LI MARK
    OPTION P PROGRESS S SECTION SELECT SPAN STRONG SUMMARY TEXTAREA UL`.split(/\s+/));
  const NAMES = new Set(`accept aria-label aria-pressed autocomplete checked class disabled download hidden inputmode max min name role rows
    selected step tabindex type value`.split(/\s+/));
  function parse(html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    for (const part of all("*", made.content)) {
      if (!TAGS.has(part.tagName)) { part.remove(); continue; }
      for (const { name, value } of [...part.attributes]) {
        const link = name === "href" && /^\/plan\/(export|file)\/[a-z0-9]+$/.test(value);
        if (!NAMES.has(name) && !name.startsWith("data-") && !link) part.removeAttribute(name);
      }
    }
    return made.content;
  }

  // ---- showing: new HTML in place of the old, with half-typed words, open parts, scroll and focus carried over ----
  const keyed = (host, key) => (key ? find(`[data-key="${CSS.escape(key)}"]`, host) : null);
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
  plan.say = say;

  function hosts() {  // the page may draw its parts again; what is shown stands in elements of our own
    const shell = find("#shell");
    if (!shell) return {};
    const made = {};
    for (const [id, place] of [["plan-page", "#plan-view"], ["plan-sheet", "#shell"], ["plan-lines", "#plan-side"], ["plan-veil", "#shell"]]) {
      let host = document.getElementById(id);
      const parent = find(place);
      if (parent && (!host || host.parentElement !== parent)) {
        if (!host) { host = document.createElement("div"); host.id = id; host.hidden = id === "plan-sheet" || id === "plan-veil"; }
        parent.append(host);
      }
      made[id] = host;
    }
    return made;
  }
  plan.sheet = () => hosts()["plan-sheet"];

  function take(shown) {  // what an answer changes
    const place = hosts();
    if (shown.frames) plan.frames = shown.frames;
    if ("stamp" in shown) stamp = shown.stamp;
    if ("has_plan" in shown) root.classList.toggle("has-plan", shown.has_plan);
    if ("side" in shown) show(place["plan-lines"], shown.side);
    if ("plan" in shown) show(place["plan-page"], shown.plan, shown.view !== "plan" && onPage() && shown.focus, shown.fault);
    if (shown.sheet) { plan.draft = shown.draft; open(shown.sheet, shown.focus || (find(".review", place["plan-sheet"]) ? "" : "review-head")); }
    if (shown.sheet === "") close();
    if (shown.view) view(shown.view, shown.focus);
    say(place["plan-page"], "others", others);
    if ("said" in shown) said(shown.said);
    const where = place["plan-sheet"] && !place["plan-sheet"].hidden ? place["plan-sheet"] : place["plan-page"];
    if ("said" in shown || "fault" in shown) say(where, "fault", shown.fault || "");
    if (shown.fault && !onPage() && where?.hidden !== false) say(place["plan-sheet"], "fault", shown.fault);
    plan.dressed?.();
  }
  plan.take = take;
  let fading = 0;
  function said(text) {
    clearTimeout(fading);
    say(hosts()["plan-page"], "said", text);
    if (text) fading = setTimeout(() => say(hosts()["plan-page"], "said", ""), 9000);
  }

  // ---- asking: one at a time, in order ----
  let line = Promise.resolve();
  async function fetched(path, init) {
    try {
      const answer = await fetch(`/plan/${path}`, init);
      const shown = (answer.headers.get("content-type") || "").includes("json") ? await answer.json() : null;
      return shown || { fault: plan.frames.unreached || "" };
    } catch (error) {
      return error?.name === "AbortError" ? { gone: true } : { fault: plan.frames.unreached || "" };
    }
  }
  const asked = (value) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) });
  const packed = (head, data, signal) => ({
    method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: new Blob([JSON.stringify(head), "\n", data]), signal,
  });
  function ask(path, init, form) {
    const done = line.then(async () => {
      const shown = await fetched(path, init);
      if (form && !shown.fault) form.reset();
      take(shown);
      return shown;
    });
    line = done.catch(() => {});
    return done;
  }
  plan.review = (value, form) => ask("review", asked({ draft: plan.draft, ...value }), form);
  plan.act = (value, form) => ask("act", asked(value), form);
  plan.attach = (head, file, form) => (file.size > MOST ? take({ fault: plan.frames.large }) : ask("attach", packed(head, file), form));

  // ---- reading a file or text ----
  async function read(data, name) {
    if (find(".add", hosts()["plan-sheet"]) === null || hosts()["plan-sheet"].hidden) add();
    const sheet = hosts()["plan-sheet"];
    say(sheet, "fault", "");
    if (data.size > MOST) { say(sheet, "fault", plan.frames.large); return; }
    reading?.abort();
    const mine = reading = new AbortController();
    busy(true);
    const shown = await fetched("read", packed({ name }, data, mine.signal));
    if (reading !== mine) return;
    reading = null;
    busy(false);
    if (shown.gone) return;
    if (shown.fault) say(sheet, "fault", shown.fault); else { forget(); take(shown); }
  }
  plan.read = read;
  function busy(on) {
    const sheet = hosts()["plan-sheet"], part = find(".reading", sheet);
    if (!part) return;
    part.hidden = !on;
    find(".body", sheet).toggleAttribute("inert", on);
    if (on) keyed(sheet, "cancel-read").focus(); else if (document.activeElement === document.body) keyed(sheet, "add-head")?.focus();
  }
  plan.cancel = () => { reading?.abort(); reading = null; busy(false); };
  let kept = "";  // pasted words stay while the panel is closed
  function forget() { kept = ""; for (const part of all("[data-key=paste], [data-file]", hosts()["plan-sheet"])) part.value = ""; }
  function add() {
    if (!plan.frames.add) return;
    open(plan.frames.add, "add-head");
    const box = keyed(hosts()["plan-sheet"], "paste");
    if (box && !box.value) box.value = kept;
  }
  plan.add = add;

  // ---- the sheet over the page ----
  function open(html, focus) {
    const sheet = hosts()["plan-sheet"];
    if (!sheet) return;
    if (sheet.hidden) opener = document.activeElement;
    sheet.hidden = false;
    sheet.setAttribute("role", "dialog");
    show(sheet, html, focus);
    sheet.setAttribute("aria-label", find("h2", sheet)?.textContent || "");
    root.dataset.sheet = find(".review", sheet) ? "review" : "add";
    inert(true);
  }
  function close() {
    const sheet = hosts()["plan-sheet"];
    if (!sheet || sheet.hidden) return;
    kept = keyed(sheet, "paste")?.value || "";
    plan.cancel();
    sheet.hidden = true;
    sheet.replaceChildren();
    sheet.shown = plan.draft = "";
    delete root.dataset.sheet;
    inert(false);
    (opener?.isConnected && opener.offsetParent ? opener : onPage() ? keyed(hosts()["plan-page"], "plan-head") : find("#box textarea"))?.focus();
  }
  plan.close = close;
  function inert(on) {
    for (const part of ["#side", "#main", "#plan-view"]) find(part)?.toggleAttribute("inert", on);
  }

  // ---- chat or plan ----
  const onPage = () => root.dataset.view === "plan";
  function view(name, focus) {
    root.dataset.view = name;
    try { sessionStorage.setItem(VIEW, name); } catch { /* then it opens with the chat */ }
    root.classList.remove("side-open");
    plan.dressed?.();
    if (name === "plan") keyed(hosts()["plan-page"], focus || "plan-head")?.focus({ preventScroll: true }); else find("#box textarea")?.focus();
  }
  plan.view = view;
  plan.load = async () => take(await fetched("view", {}));

  // ---- who else is here, and did something change ----
  async function pulse(leaving = false) {
    const shown = await fetched("pulse", { ...asked({ page, leaving }), keepalive: leaving });
    if (leaving || !("stamp" in shown)) return;
    others = shown.others;
    say(hosts()["plan-page"], "others", others);
    if (stamp !== null && shown.stamp !== stamp) ask("view", {}).then(() => onPage() && said(plan.frames.changed));
  }
  addEventListener("pagehide", () => pulse(true));
  addEventListener("visibilitychange", () => { if (!document.hidden) pulse(); });
  function begin() {
    if (!find("#plan-view") || !find("#plan-side")) { setTimeout(begin, 60); return; }
    let open = "chat";
    try { open = sessionStorage.getItem(VIEW) || "chat"; } catch { /* the chat, then */ }
    plan.load().then(() => { if (open === "plan") view("plan"); });
    pulse();
    setInterval(pulse, 5000);
  }
  begin();
})();
