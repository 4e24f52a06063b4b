// The slides: keys and clickers, full screen, a grid of all, the cell behind a figure, and notes in a
// second window. Runs inside the dashboard and, the same file, inside the saved .html without any server.
function deck(root, { at = 1, tell = () => {} } = {}) {
  const slides = [...root.querySelectorAll(".slide")];
  const last = slides.length - 1;
  const stop = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: stop.signal });
  const one = (selector, inside = root) => inside.querySelector(selector);
  let now = Math.min(Math.max(at - 1, 0), last);
  let typed = "";
  let notes = null;
  let opened = null; // the figure whose cell is shown

  function show(number) {
    now = Math.min(Math.max(number, 0), last);
    slides.forEach((slide, n) => { slide.classList.toggle("on", n === now); slide.toggleAttribute("inert", n !== now && !grid()); });
    root.dataset.at = now + 1;
    one(".deck-count").textContent = `${now + 1} / ${last + 1}`;
    tell(now + 1);
    speak();
  }

  const grid = () => root.classList.contains("overview");
  function overview(open) {
    root.classList.toggle("overview", open);
    show(now);
    if (open) slides[now].scrollIntoView({ block: "center" });
  }

  // The cell that a figure came from: the original table of its project over the slide, that cell lit.
  const figures = () => [...slides[now].querySelectorAll("[data-source]")];
  function source(figure) {
    const [table, cell] = figure.dataset.source.split(" ");
    const template = root.querySelector(`template[data-table="${CSS.escape(table)}"]`);
    if (!template) return;
    opened = figure;
    const sheet = one(".deck-source");
    one(".deck-sheet", sheet).replaceChildren(template.content.cloneNode(true));
    one("h2", sheet).textContent = template.dataset.title;
    one(".deck-place", sheet).textContent = figure.dataset.place || "";
    sheet.hidden = false;
    const lit = one(`[data-cell="${CSS.escape(cell || "")}"]`, sheet);
    lit?.classList.add("lit");
    lit?.scrollIntoView({ block: "center", inline: "center" });
  }
  function back() {
    one(".deck-source").hidden = true;
    opened?.focus();
    opened = null;
  }
  function choose(step) {
    const all = figures();
    if (!all.length) return;
    const here = all.indexOf(document.activeElement ?? root.getRootNode().activeElement);
    all[(here + step + all.length) % all.length].focus();
  }

  function speak() {
    if (!notes || notes.closed) return;
    const next = slides[now + 1];
    const put = (id, text) => { notes.document.getElementById(id).textContent = text; };
    put("at", `${now + 1} / ${last + 1}`);
    put("title", one("h1", slides[now])?.textContent ?? "");
    put("notes", slides[now].dataset.notes ?? "");
    put("next", next ? `下一页：${one("h1", next)?.textContent ?? ""}` : "已是最后一页");
  }
  function second() {
    notes = window.open("", "jilan-notes", "width=900,height=700");
    if (!notes) return;
    notes.document.title = "讲稿";
    notes.document.body.innerHTML =
      '<p id="at"></p><h1 id="title"></h1><p id="notes" style="white-space:pre-wrap"></p><hr><p id="next"></p>';
    notes.document.body.style.cssText = "font: 28px/1.6 'Source Han Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif; margin: 2rem; color: #14202E";
    notes.onkeydown = (event) => press(event);
    speak();
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.();
  }

  const steps = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1,
  };
  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target?.closest?.("input, textarea, select")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = key === " " && event.shiftKey ? -1 : steps[key];
    if (!one(".deck-source").hidden) {
      if (["Escape", "Enter", "Backspace", "c"].includes(key)) back();
      else if (!["Tab", "Shift"].includes(key)) { if (step) { back(); show(now + step); } else return; }
    } else if (root.classList.contains("black")) root.classList.remove("black");
    else if (/^\d$/.test(key)) typed = (typed + key).slice(-4);
    else if (key === "Enter" && typed) { overviewOff(); show(Number(typed) - 1); typed = ""; }
    else if (key === "Enter" && grid()) overviewOff();
    else if (key === "Enter" && document.activeElement?.dataset?.source) source(document.activeElement);
    else if (step) show(now + step);
    else if (key === "Home") show(0);
    else if (key === "End") show(last);
    else if (key === "f" || key === "F5") full();
    else if (key === "b" || key === ".") root.classList.add("black");
    else if (key === "g" || key === "o") overview(!grid());
    else if (key === "l") root.classList.toggle("dark");
    else if (key === "n") second();
    else if (key === "Tab") choose(event.shiftKey ? -1 : 1);
    else if (key === "c") { const all = figures(); const here = all.find((f) => f === document.activeElement) ?? all[0]; if (here) source(here); }
    else if (key === "Escape") { typed = ""; if (grid()) overviewOff(); else if (document.fullscreenElement) document.exitFullscreen(); }
    else return;
    if (!/^\d$/.test(key)) typed = "";
    event.preventDefault();
    event.stopPropagation();
  }
  const overviewOff = () => { if (grid()) overview(false); };

  listen(document, "keydown", press);
  listen(root, "click", (event) => {
    const figure = event.target.closest("[data-source]");
    const button = event.target.closest("[data-act]");
    const slide = event.target.closest(".slide");
    if (button) ({ next: () => show(now + 1), prev: () => show(now - 1), full, grid: () => overview(!grid()), notes: second, back, dark: () => root.classList.toggle("dark") })[button.dataset.act]();
    else if (grid() && slide) { now = slides.indexOf(slide); overview(false); }
    else if (figure) source(figure);
  });
  listen(document, "fullscreenchange", () => root.classList.toggle("full", document.fullscreenElement === root));
  show(now);
  return () => { stop.abort(); notes?.close?.(); };
}
