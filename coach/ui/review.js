// What is clicked, typed, marked and dropped in the plan part. Uses plan.js; decides nothing about a plan.
(() => {
  const plan = window.coachPlan, { find, all } = plan;
  const root = document.documentElement;
  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // ---- clicks ----
  const here = {
    "open-add": () => plan.add(),
    close: () => plan.close(),
    "other-file": () => plan.review({ do: "drop-all" }).then(() => plan.add()),
    "cancel-read": () => plan.cancel(),
    "ask-leave": () => leaving(true),
    "go-on": () => leaving(false),
    later: () => { plan.close(); plan.load(); },
    resume: (data) => { plan.draft = data.draft; plan.review({ do: "show", draft: data.draft }); },
    view: (data) => plan.view(data.view),
    side: (data) => side(data.side),
    show: (data) => { side("source"); light(`[data-goals~="${data.goal}"]`, true); },
    "show-place": (data) => { side("source"); place(Number(data.start), Number(data.end)); },
    marked: (data, button) => marked(button),
    "ask-erase": () => { const part = find(".ask-erase"); part.hidden = false; find("[data-key=keep-plan]", part).focus(); },
    "keep-plan": () => { find(".ask-erase").hidden = true; find("[data-key=ask-erase]").focus(); },
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-do]");
    if (!button) return;
    const { do: name, ...data } = button.dataset;
    if (here[name]) here[name](data, button);
    else if (name.startsWith("review:")) plan.review({ ...data, do: name.slice(7) });
    else if (name === "plan:change") plan.act({ ...data, do: "change", fields: { [data.name]: [data.was, data.now] } });
    else if (name.startsWith("plan:")) plan.act({ ...data, do: name.slice(5) });
  });

  // ---- what is typed ----
  document.addEventListener("change", (event) => {
    const part = event.target, data = part.dataset || {};
    if (data.edit) plan.review({ do: data.edit, goal: data.goal, name: part.name, text: part.value }).then((shown) => {
      if (!shown.fault) return;
      const now = find(`[data-key="${data.key}"]`);
      if (now) now.value = now.defaultValue;  // the sentence says what was wrong with it
    });
    if (data.tick) plan.act({ do: "change", kind: data.tick, id: data.id, version: data.version, fields: { done: [String(!part.checked), String(part.checked)] } });
    if (data.file === "plan" && part.files[0]) plan.read(part.files[0], part.files[0].name).then(() => { part.value = ""; });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target, name = form.dataset.do;
    if (!name) return;
    event.preventDefault();
    const given = {}, both = {};
    for (const part of form.elements) {
      if (!part.name || part.type === "file" || part.type === "radio" && !part.checked) continue;
      const now = part.type === "checkbox" ? String(part.checked) : part.value;
      given[part.name] = now;
      const was = part.type === "checkbox" ? String(part.defaultChecked) : part.defaultValue ?? "";
      if (now !== was) both[part.name] = [was, now];
    }
    const { do: _, key: __, ...data } = form.dataset;
    if (name === "paste") plan.read(new Blob([given.text]), "");
    else if (name.startsWith("review:")) plan.review({ ...data, ...given, do: name.slice(7) }, form);
    else if (name === "plan:change") plan.act({ ...data, do: "change", fields: both });
    else if (name === "plan:evidence" && file(form)) plan.attach({ fields: given, name: file(form).name }, file(form), form);
    else plan.act({ ...data, do: "add", kind: data.kind, fields: given }, form);
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
    if (!first || second || folder) { plan.add(); plan.say(plan.sheet(), "fault", plan.frames.folder); } else plan.read(first, first.name);
  }, true);

  // ---- what the fixed parts show of it ----
  function dress() {
    for (const part of all("button[data-view], button[name=view]")) {
      const on = String((root.dataset.view || "chat") === (part.value || part.dataset.view));
      if (part.name === "view" && part.getAttribute("aria-pressed") !== on) part.setAttribute("aria-pressed", on);
    }
    const shown = find(".review")?.dataset.view;
    for (const part of all(".sides [data-side]")) part.setAttribute("aria-pressed", String(part.dataset.side === shown));
  }
  plan.dressed = dress;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[name=view], button[name=add-plan]");
    if (button?.name === "view") plan.view(button.value);
    if (button?.name === "add-plan") plan.add();
    if (event.target.closest?.("#side button[name=open], #side button[name=new]")) plan.view("chat");
  });
  new MutationObserver(() => dress()).observe(document.documentElement, { attributes: true, attributeFilter: ["data-view"] });
  const wait = setInterval(() => { if (find("button[name=view]")) { dress(); clearInterval(wait); } }, 100);
})();
