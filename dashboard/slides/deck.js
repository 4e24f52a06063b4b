// The slides: keys and clickers, full screen, a grid of all, the cells behind a figure, and notes in a
// second window. Runs inside the dashboard and, the same file, inside the saved .html without any server.
// ``at``: the slide to begin with, from 1; ``tell``: called with the slide now shown. Returns what ends it.
function deck(root, { at = 1, tell = () => {} } = {}) {
  const slides = [...root.querySelectorAll(".slide")];
  const last = slides.length - 1;
  const stop = new AbortController();
  const listen = (target, name, act, more) => target.addEventListener(name, act, { signal: stop.signal, ...more });
  const one = (selector, inside = root) => inside.querySelector(selector);
  const home = root.getRootNode(); // the document, or the shadow tree that a page of the dashboard keeps us in
  const sheet = one(".deck-source");
  const help = one(".deck-help");
  let now = -1;
  let typed = "";
  let notes = null;
  let behind = null; // the figure whose cells are shown, its cells, and which of them

  function show(number) {
    const next = Math.min(Math.max(number, 0), last);
    if (next === now) return;
    slides[now]?.classList.remove("on");
    slides[next].classList.add("on");
    slides[next].querySelectorAll("h1, .said").forEach(words);
    now = next;
    root.dataset.at = now + 1;
    one(".deck-count").textContent = `${now + 1} / ${last + 1}`;
    if (grid()) slides[now].scrollIntoView({ block: "nearest" });
    tell(now + 1);
    speak();
  }

  const grid = () => root.classList.contains("overview");
  function overview(open) {
    root.classList.toggle("overview", open);
    if (open) slides[now].scrollIntoView({ block: "center" });
    else root.scrollTop = 0;
  }

  function type(text) {
    typed = text;
    one(".deck-typed").textContent = `${typed} / ${last + 1}`;
    one(".deck-typed").hidden = !typed;
  }

  // The cells that a figure came from: the original table over the slide, that cell lit.
  function source(figure) {
    behind = { figure, cells: JSON.parse(figure.dataset.source), n: 0 };
    light(0);
  }
  function light(n) {
    const { cells } = behind;
    if (n >= cells.length) return back();
    behind.n = Math.max(0, n);
    const [table, cell, place] = cells[behind.n];
    const template = one(`template[data-table="${CSS.escape(table)}"]`);
    one(".deck-sheet", sheet).replaceChildren(template.content.cloneNode(true));
    one("h2", sheet).textContent = template.dataset.title;
    one(".deck-place", sheet).textContent = cells.length > 1 ? `第 ${behind.n + 1} 处，共 ${cells.length} 处　${place}` : place;
    for (const act of ["earlier", "later"]) one(`[data-act=${act}]`, sheet).hidden = cells.length < 2;
    sheet.hidden = false;
    const lit = one(`[data-cell="${CSS.escape(cell)}"]`, sheet);
    lit?.classList.add("lit");
    lit?.scrollIntoView({ block: "center", inline: "center" });
  }
  function back() {
    sheet.hidden = true;
    behind.figure.focus();
    behind = null;
  }
  const chosen = () => home.activeElement?.closest?.("[data-source]");
  const first = () => one("[data-source]", slides[now]);

  function speak() {
    if (!notes || notes.closed) return;
    const put = (id, text) => { notes.document.getElementById(id).textContent = text; };
    put("at", `${now + 1} / ${last + 1}`);
    put("title", one("h1", slides[now]).textContent);
    put("notes", slides[now].dataset.notes);
    put("next", now < last ? `下一页：${one("h1", slides[now + 1]).textContent}` : "已是最后一页");
  }
  function second() {
    notes = window.open("", "jilan-notes", "width=900,height=700");
    if (!notes) return;
    notes.document.title = "讲稿";
    const parts = [["p", "at"], ["h1", "title"], ["p", "notes"], ["hr", ""], ["p", "next"]];
    notes.document.body.replaceChildren(...parts.map(([tag, id]) => Object.assign(notes.document.createElement(tag), { id })));
    notes.document.body.style.cssText = `font: 28px/1.6 ${getComputedStyle(root).fontFamily}; margin: 2rem; color: #14202E`;
    notes.document.getElementById("notes").style.whiteSpace = "pre-wrap";
    notes.onkeydown = press;
    speak();
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.().catch(() => {});
  }

  const acts = {
    next: () => show(now + 1), prev: () => show(now - 1), grid: () => overview(!grid()), notes: second, full, back,
    dark: () => root.classList.toggle("dark"), later: () => light(behind.n + 1), earlier: () => light(behind.n - 1),
    black: () => root.classList.add("black"), help: () => { help.hidden = false; },
  };
  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1 };
  const letters = { f: "full", F5: "full", b: "black", ".": "black", g: "grid", o: "grid", l: "dark", n: "notes", h: "help", "?": "help" };

  // Returns whether the key was for us.
  function act(key, step) {
    if (root.classList.contains("black")) root.classList.remove("black");
    else if (!help.hidden) help.hidden = true;
    else if (behind) {
      if (["Escape", "Enter", "c"].includes(key)) back();
      else if (step) light(behind.n + step);
      else return key.length === 1;
    } else if (/^\d$/.test(key)) { type((typed + key).slice(-4)); return true; }
    else if (key === "Enter" && typed) { overview(false); show(Number(typed) - 1); }
    else if (key === "Enter" && grid()) overview(false);
    else if ((key === "Enter" && chosen()) || key === "c") { const figure = chosen() ?? first(); if (figure) source(figure); }
    else if (step) show(now + step);
    else if (key === "Home") show(0);
    else if (key === "End") show(last);
    else if (key === "Tab" && !root.contains(home.activeElement?.closest?.(".slide.on, .deck-bar"))) first()?.focus();
    else if (key === "Escape") {
      if (grid()) overview(false);
      else if (document.fullscreenElement) document.exitFullscreen();
      else if (!typed) return false;
    } else if (letters[key]) acts[letters[key]]();
    else return false;
    type("");
    return true;
  }
  const FIELDS = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=dialog]:not(.deck-source)";
  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "F5" && !document.fullscreenElement) return; // loads the page anew
    const at = event.composedPath()[0];
    if (at.closest?.(FIELDS)) return;
    if (at.closest?.("button, a") && ["Enter", " "].includes(event.key)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = key === " " && event.shiftKey ? -1 : steps[key];
    if (key === "Tab" && event.shiftKey) return;
    if (!act(key, step)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function click(event) {
    const button = event.target.closest("[data-act]");
    const figure = event.target.closest("[data-source]");
    const slide = event.target.closest(".slide");
    if (root.classList.contains("black")) root.classList.remove("black");
    else if (!help.hidden) help.hidden = true;
    else if (button) {
      acts[button.dataset.act]();
      if (event.detail && !behind) root.focus(); // or the next press of Space would press the button again
    } else if (grid()) { if (slide) { show(slides.indexOf(slide)); overview(false); } }
    else if (figure) source(figure);
    else if (slide && document.fullscreenElement && getSelection().isCollapsed) show(now + 1);
  }

  let still = 0; // the pointer and the buttons go when nobody moves the mouse in full screen
  function move() {
    clearTimeout(still);
    root.classList.remove("quiet");
    if (document.fullscreenElement) still = setTimeout(() => root.classList.add("quiet"), 2500);
  }

  listen(window, "keydown", press, { capture: true });
  listen(root, "click", click);
  listen(root, "mousemove", move);
  listen(document, "fullscreenchange", () => {
    root.classList.toggle("full", home.fullscreenElement === root);
    root.focus({ preventScroll: true });
    move();
  });
  slides[last].classList.add("end");
  show(at - 1);
  return () => { stop.abort(); clearTimeout(still); notes?.close?.(); };
}
