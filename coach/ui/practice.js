// The practice part of the page: a scene line by line, hints, versions, looking back. What was typed stays until it was taken. Decides nothing.
(() => {
  const parts = window.coachParts, { find, all, keyed, show, say } = parts;
  const root = document.documentElement;
  const PLACES = ["main", "head", "log", "aside", "box"];
  const AGAIN = 1500;  // ms until a line that has to wait is sent once more
  const SLOW = 500;  // ms without an answer until the page says that it is coming
  const PAUSE = 700;  // ms without a key until a half-typed line is kept
  const practice = window.coachPractice = parts.add({ name: "practice" });
  let look = "", sending = false, timer = 0, typing = 0;

  const page = () => parts.page("practice", PLACES);
  const place = (name) => page() && document.getElementById(`practice-${name}`);
  const box = () => keyed(page(), "say");
  const scene = () => { const at = find("[data-scene]", place("box")); return at ? { id: at.dataset.id, version: at.dataset.version } : {}; };

  practice.take = (shown) => {
    const host = page();
    if (!host) return;
    const was = host.dataset.mode;
    if (shown.version) { kept(shown); return; }
    if (shown.spoken && box()) box().defaultValue = "";
    if (shown.mode) {
      host.dataset.mode = root.dataset.practice = shown.mode;
      look = shown.look || "";
      for (const name of PLACES) if (!(name in shown)) show(place(name), "");
    }
    for (const name of PLACES) if (name in shown) show(place(name), shown[name], "", shown.fault);
    if ("said" in shown) parts.said(host, shown.said);
    if ("said" in shown || "fault" in shown) say(host, "fault", shown.fault || "");
    if (shown.answer) say(host, "answer", shown.answer);
    for (const part of all("[data-scores]", host)) draw(part);
    if (shown.spoken || shown.fresh || was !== host.dataset.mode) end();
    if (shown.mode !== "scene" && (shown.fresh || was !== shown.mode)) find("#practice-view").scrollTop = 0;
    if (shown.focus && root.dataset.view === "practice") keyed(host, shown.focus)?.focus({ preventScroll: shown.focus === "say" });
  };
  practice.load = () => (look ? practice.act({ do: "open", id: look }) : practice.ask("view", {}));
  practice.arrive = async (focus) => {
    if (practice.stamp === null) await practice.load();
    end();
    (keyed(page(), focus) || box() || keyed(page(), "practice-head") || keyed(page(), "back-head"))?.focus({ preventScroll: true });
  };
  practice.begin = () => { page(); };

  function end() {  // the newest line in sight
    const log = place("log");
    if (log) log.scrollTop = log.scrollHeight;
  }

  // ---- a line ----
  async function speak(sure) {
    const text = box()?.value ?? "";
    if (sending || !text.trim()) { box()?.focus(); return; }
    clearTimeout(timer);
    clearTimeout(typing);
    sending = true;
    const slow = setTimeout(() => say(page(), "waiting", find("[data-thinking]", place("box"))?.dataset.thinking || ""), SLOW);
    const shown = await practice.ask("act", () => parts.asked({ do: "say", ...scene(), text, sure: String(Boolean(sure)) }));
    sending = false;
    clearTimeout(slow);
    say(page(), "waiting", shown.waiting || "");
    if (shown.waiting) timer = setTimeout(() => { if (box()?.value === text) speak(sure); else say(page(), "waiting", ""); }, AGAIN);
    if (!shown.spoken) return;
    const now = box();
    if (now) now.value = now.value.startsWith(text) ? now.value.slice(text.length).trimStart() : now.value;  // what was typed meanwhile stays
    end();
    if (now?.value) later();
  }

  // ---- a half-typed line is kept here, so that it is there when the page is loaded again ----
  const half = () => (box() && box().value !== box().defaultValue ? { do: "typed", ...scene(), text: box().value } : null);
  function later() {
    clearTimeout(typing);
    typing = setTimeout(() => { typing = 0; if (!sending) practice.ask("act", () => { const value = half(); return value && parts.asked(value); }); }, PAUSE);
  }
  function kept({ version, typed }) {
    const at = find("[data-scene]", place("box"));
    if (!at || !box()) return;
    at.dataset.version = version;
    box().defaultValue = typed;
    if (box().value !== typed && !sending) later();
  }
  document.addEventListener("input", (event) => { if (event.target.dataset?.say) later(); });
  addEventListener("pagehide", () => {
    const value = sending ? null : half();
    if (value) fetch("/practice/act", { ...parts.asked(value), keepalive: true }).catch(() => {});
  });
  parts.forms["practice-say"] = () => speak(false);
  parts.forms["practice:keep"] = (form, given, data, button) => practice.act({ ...data, do: "keep", as: button?.dataset.as || "keep", fields: given });
  parts.forms["practice:start"] = (form, given, data) => practice.act({ ...data, do: "start", fields: given });
  document.addEventListener("keydown", (event) => {
    if (!event.target.dataset?.say || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    speak(false);
  });

  Object.assign(parts.here, {
    "practice-anyway": () => speak(true),
    "practice-hint": (data) => { say(page(), "hint", data.text); box()?.focus(); end(); },
    "practice-back": (data) => practice.ask("act", () => parts.asked({ do: "back", ...scene(), line: data.line })),
    "practice-swap": () => practice.ask("act", () => parts.asked({ do: "swap", ...scene() })),
    "practice-save": (data) => practice.act({ do: data.as, text: data.text, id: data.id || scene().id, ...(look ? { look } : {}) }),
    "practice-chat": () => parts.view("chat"),
  });

  // ---- scores over time: a plain line, the numbers stand below it ----
  const MADE = "http://www.w3.org/2000/svg", WIDE = 320, HIGH = 84, EDGE = 10;
  function piece(name, given) {
    const made = document.createElementNS(MADE, name);
    for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
    return made;
  }
  function draw(host) {
    if (host.firstChild) return;
    const scores = host.dataset.scores.split(" ").map(Number);
    const at = scores.map((score, n) => [EDGE + n * (WIDE - 2 * EDGE) / Math.max(1, scores.length - 1), HIGH - EDGE - score * (HIGH - 2 * EDGE) / 100]);
    const svg = piece("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-hidden": "true", focusable: "false" });
    svg.append(piece("line", { x1: EDGE, x2: WIDE - EDGE, y1: HIGH - EDGE, y2: HIGH - EDGE, class: "floor" }));
    svg.append(piece("polyline", { points: at.map((point) => point.map((n) => n.toFixed(1)).join(",")).join(" "), class: "way" }));
    for (const [x, y] of at) svg.append(piece("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 4, class: "dot" }));
    host.append(svg);
  }
})();
