// The plan part of the page: hands over files and clicks, shows what comes back, keeps the review over the page.
(() => {
  const parts = window.coachParts, { find, all, keyed, show, say, asked, packed } = parts;
  const root = document.documentElement;
  const MOST = 10_000_000;
  const page = Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16)).join("");
  const plan = window.coachPlan = parts.add({ name: "plan", draft: "", frames: {} });
  let opener = null, reading = null, others = "";

  const hosts = () => Object.fromEntries([["plan-page", "#plan-view"], ["plan-sheet", "#shell", true], ["plan-lines", "#plan-side"], ["plan-veil", "#shell", true]]
    .map(([id, place, hidden]) => [id, parts.host(id, place, hidden)]));
  plan.sheet = () => hosts()["plan-sheet"];

  function take(shown) {  // what an answer changes
    const place = hosts();
    if (shown.frames) { plan.frames = shown.frames; parts.unreached = shown.frames.unreached; }
    if ("has_plan" in shown) root.classList.toggle("has-plan", shown.has_plan);
    if ("side" in shown) show(place["plan-lines"], shown.side);
    if ("plan" in shown) show(place["plan-page"], shown.plan, shown.view !== "plan" && onPage() && shown.focus, shown.fault);
    if (shown.sheet) { plan.draft = shown.draft; open(shown.sheet, shown.focus || (find(".review", place["plan-sheet"]) ? "" : "review-head")); }
    if (shown.sheet === "") close();
    if (shown.view) parts.view(shown.view, shown.focus);
    say(place["plan-page"], "others", others);
    if ("said" in shown) parts.said(place["plan-page"], shown.said);
    const where = place["plan-sheet"] && !place["plan-sheet"].hidden ? place["plan-sheet"] : place["plan-page"];
    if ("said" in shown || "fault" in shown) say(where, "fault", shown.fault || "");
    if (shown.fault && !onPage() && where?.hidden !== false) say(place["plan-sheet"], "fault", shown.fault);
    plan.dressed?.();
  }
  plan.take = take;
  plan.review = (value, form) => plan.ask("review", asked({ draft: plan.draft, ...value }), form);
  plan.attach = (head, file, form) => (file.size > MOST ? take({ fault: plan.frames.large }) : plan.ask("attach", packed(head, file), form));

  // ---- reading a file or text ----
  async function read(data, name) {
    if (find(".add", hosts()["plan-sheet"]) === null || hosts()["plan-sheet"].hidden) add();
    const sheet = hosts()["plan-sheet"];
    say(sheet, "fault", "");
    if (data.size > MOST) { say(sheet, "fault", plan.frames.large); return; }
    reading?.abort();
    const mine = reading = new AbortController();
    busy(true);
    const shown = await parts.fetched("/plan/read", packed({ name }, data, mine.signal));
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
    parts.inert(true);
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
    parts.inert(false);
    (opener?.isConnected && opener.offsetParent ? opener : onPage() ? keyed(hosts()["plan-page"], "plan-head") : find("#box textarea"))?.focus();
  }
  plan.close = close;

  const onPage = () => root.dataset.view === "plan";
  plan.arrive = (focus) => {
    plan.dressed?.();
    keyed(hosts()["plan-page"], focus || "plan-head")?.focus({ preventScroll: true });
  };

  // ---- who else is here, and did something change ----
  async function pulse(leaving = false) {
    const quiet = parts.idle();
    const shown = await parts.fetched("/plan/pulse", { ...asked({ page, leaving }), keepalive: leaving });
    if (leaving || !("stamp" in shown)) return;
    others = shown.others;
    say(hosts()["plan-page"], "others", others);
    if (!quiet || !parts.idle() || parts.newest === null || shown.stamp === parts.newest) return;
    parts.newest = shown.stamp;
    parts.freshen().then(() => parts.said(find(`#${root.dataset.view}-page`), plan.frames.changed));
  }
  addEventListener("pagehide", () => pulse(true));
  addEventListener("visibilitychange", () => { if (!document.hidden) pulse(); });
  plan.begin = () => {
    pulse();
    setInterval(pulse, 5000);
    return plan.load();
  };
})();
