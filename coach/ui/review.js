// What is clicked, typed, marked and dropped in the plan part. Uses plan.js; decides nothing about a plan.
(() => {
  const parts = window.coachParts, plan = window.coachPlan, { find, all } = parts;
  const root = document.documentElement;
  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // ---- clicks ----
  Object.assign(parts.here, {
    "open-add": () => plan.add(),
    close: () => plan.close(),
    "other-file": () => plan.review({ do: "drop-all" }).then(() => plan.add()),
    "cancel-read": () => plan.cancel(),
    "ask-leave": () => leaving(true),
    "go-on": () => leaving(false),
    later: () => { plan.close(); plan.load(); },
    resume: (data) => { plan.draft = data.draft; plan.review({ do: "show", draft: data.draft }); },
    view: (data) => parts.view(data.view),
    side: (data) => side(data.side),
    show: (data) => { side("source"); light(`[data-goals~="${data.goal}"]`, true); },
    "show-place": (data) => { side("source"); place(Number(data.start), Number(data.end)); },
    marked: (data, button) => marked(button),
    "ask-erase": () => { const part = find(".ask-erase"); part.hidden = false; find("[data-key=keep-plan]", part).focus(); },
    "keep-plan": () => { find(".ask-erase").hidden = true; find("[data-key=ask-erase]").focus(); },
  });
  document.addEventListener("click", (event) => {
    const { do: name = "", ...data } = event.target.closest?.("button[data-do]")?.dataset || {};
    if (name.startsWith("review:")) plan.review({ ...data, do: name.slice(7) });
  });

  // ---- what is typed ----
  document.addEventListener("change", (event) => {
    const part = event.target, data = part.dataset || {};
    if (data.edit) plan.review({ do: data.edit, goal: data.goal, name: part.name, text: part.value }).then((shown) => {
      if (!shown.fault) return;
      const now = find(`[data-key="${data.key}"]`);
      if (now) now.value = now.defaultValue;  // the sentence says what was wrong with it
    });
    if (data.tick === "step") plan.act({ do: "change", kind: data.tick, id: data.id, version: data.version, fields: { done: [String(!part.checked), String(part.checked)] } });
    if (data.file === "plan" && part.files[0]) plan.read(part.files[0], part.files[0].name).then(() => { part.value = ""; });
  });
  parts.forms.paste = (form, given) => plan.read(new Blob([given.text]), "");
  parts.forms["plan:evidence"] = (form, given, data) => (file(form) ? plan.attach({ fields: given, name: file(form).name }, file(form), form)
    : plan.act({ ...data, do: "add", fields: given }, form));
  document.addEventListener("submit", (event) => {
    const form = event.target, { do: name = "", key: _, ...data } = form.dataset;
    if (name.startsWith("review:")) plan.review({ ...data, ...parts.fields(form).given, do: name.slice(7) }, form);
  });
  const file = (form) => find("[data-file]", form)?.files[0];

  // ---- the source ----
  function side(name) { const part = find(".review"); if (part) { part.dataset.view = name; dress(); } }
  function light(selector, move) {
    for (const part of all(".source-text .on")) part.classList.remove("on");
    const marks = all(`.source-text ${selector}`);
    for (const part of marks) part.classList.add("on");
    if (marks[0]) bring(marks[0]);
    if (move) find(".source-text")?.focus({ preventScroll: true });
  }
  function bring(part) {
    const pane = find(".source");
    if (!pane?.offsetParent) return;
    const at = part.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTo({ top: pane.scrollTop + at - pane.clientHeight / 3, behavior: calm() });
  }
  function place(start, end) {
    const parts = all(".source-text [data-at]");
    const inside = parts.filter((part, n) => Number(part.dataset.at) < end && Number(parts[n + 1]?.dataset.at ?? Infinity) > start);
    for (const part of all(".source-text .on")) part.classList.remove("on");
    const range = document.createRange();
    const first = inside[0]?.firstChild;
    if (!first) return;
    const units = (node, count) => Array.from(node.data).slice(0, count).join("").length;  // places count characters, not halves
    const last = inside.at(-1).firstChild;
    range.setStart(first, units(first, Math.max(0, start - Number(inside[0].dataset.at))));
    range.setEnd(last, units(last, end - Number(inside.at(-1).dataset.at)));
    const chosen = getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
    bring(inside[0]);
    find(".source-text").focus({ preventScroll: true });
  }
  document.addEventListener("focusin", (event) => {
    const goal = event.target.closest?.(".review .goal[data-goal]");
    if (goal) light(`:is([data-goals~="${goal.dataset.goal}"], [data-measures~="${goal.dataset.goal}"])`, false);
  });
  let words = "", at = 0;
  document.addEventListener("selectionchange", () => {  // remembered, because a click on the button takes the selection away
    const chosen = getSelection();
    const part = chosen.rangeCount && chosen.anchorNode?.parentElement?.closest(".source-text [data-at]");
    if (!part || chosen.isCollapsed) return;
    words = chosen.toString();
    const range = chosen.getRangeAt(0), start = range.startContainer;
    const base = start.parentElement?.closest("[data-at]");
    at = base ? Number(base.dataset.at) + Array.from((start.data || "").slice(0, range.startOffset)).length : 0;
  });
  function marked(button) {
    const form = button.form || button.closest("form");
    if (!words) { side("source"); find(".source-text").focus(); return; }
    form.elements.quote.value = words;
    form.elements.at.value = String(at);
    form.elements.quote.focus();
  }

  // ---- leaving the review ----
  function leaving(on) {
    const part = find(".ask-leave");
    if (!part) return;
    part.hidden = !on;
    find(`[data-key="${on ? "go-on" : "leave"}"]`)?.focus();
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat || !root.dataset.sheet) return;
    if (root.dataset.sheet === "add") plan.close();
    else leaving(find(".ask-leave")?.hidden);
  });

  // ---- dropping a file anywhere ----
  let depth = 0;
  const carries = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  function veil(on) {
    const part = document.getElementById("plan-veil");
    if (!part) return;
    if (on && !part.firstChild) part.append(Object.assign(document.createElement("p"), { textContent: "Drop your plan here" }));
    part.hidden = !on;
  }
  addEventListener("dragenter", (event) => { if (carries(event)) { depth += 1; veil(true); event.preventDefault(); } }, true);
  addEventListener("dragleave", (event) => { if (carries(event) && (depth -= 1) <= 0) { depth = 0; veil(false); } }, true);
  addEventListener("dragover", (event) => { if (carries(event)) { event.preventDefault(); event.dataTransfer.dropEffect = "copy"; } }, true);
  addEventListener("drop", (event) => {
    if (!carries(event) || event.target.type === "file") { depth = 0; veil(false); return; }
    event.preventDefault();
    event.stopPropagation();
    depth = 0;
    veil(false);
    const [first, second] = event.dataTransfer.files;
    const folder = event.dataTransfer.items?.[0]?.webkitGetAsEntry?.()?.isDirectory;
    if (!first || second || folder) { plan.add(); parts.say(plan.sheet(), "fault", plan.frames.folder); } else plan.read(first, first.name);
  }, true);

  // ---- what the fixed parts show of it ----
  function dress() {
    const shown = find(".review")?.dataset.view;
    for (const part of all(".sides [data-side]")) part.setAttribute("aria-pressed", String(part.dataset.side === shown));
  }
  plan.dressed = () => { dress(); reading(); };

  // ---- the model reads on: its line and what it proposes change in their own place, so that nothing else moves ----
  let again = 0;
  function reading() {
    clearTimeout(again);
    if (find(".review [data-reading]")) again = setTimeout(async () => {
      const shown = await parts.fetched("/plan/review", parts.asked({ do: "reading", draft: plan.draft }));
      const place = find(".review [data-reading]");
      if (!place || !("model" in shown)) return;
      const now = Object.assign(document.createElement("template"), { innerHTML: shown.model }).content.firstElementChild;
      place.toggleAttribute("data-reading", now.hasAttribute("data-reading"));
      parts.show(place, now.innerHTML);
      reading();
    }, 1200);
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("button[name=add-plan]")) plan.add();
    if (event.target.closest?.("#side button[name=open], #side button[name=new]")) parts.view("chat");
  });
})();
