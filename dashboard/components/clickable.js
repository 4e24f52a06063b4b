// HTML made in Python, with two habits: what carries data-value tells Python when it is clicked, and
// what carries data-lights lights the cell of the original that it came from, at once. What carries
// data-jump goes to the part of that id.
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".clickable") ?? parentElement.appendChild(document.createElement("div"));
  root.className = "clickable";
  if (root.shown !== data.html) {
    root.shown = data.html;
    root.innerHTML = data.html;
    for (const one of root.querySelectorAll("[data-value], [data-jump]")) one.tabIndex = 0;
    light(root, data.lit, false);
  }
  const act = (event) => {
    const one = event.target.closest?.("[data-value], [data-jump]");
    if (!one || !root.contains(one)) return;
    if (one.dataset.jump) root.querySelector(`#${CSS.escape(one.dataset.jump)}`)?.scrollIntoView({ behavior: "smooth" });
    if (!one.dataset.value) return;
    if (one.dataset.lights) light(root, one.dataset.lights, true, one);
    setTriggerValue("clicked", one.dataset.value);
  };
  root.onclick = act;
  root.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(event); }
  };
}

function light(root, cell, smooth, source) {
  for (const one of root.querySelectorAll(".lit")) one.classList.remove("lit");
  const from = source ? [source] : cell ? sources(root, `[data-lights="${CSS.escape(cell)}"]`) : [];
  for (const one of from) one.classList.add("lit");
  if (!source) from[0]?.scrollIntoView({ block: "nearest" }); // who comes from another page has to see it
  const lit = cell && root.querySelector(`[data-cell="${CSS.escape(cell)}"]`);
  lit?.classList?.add("lit");
  const found = lit || root.querySelector(".paper [data-cell]"); // of a page, else where the table begins
  const box = found?.closest(".original");
  if (!box) return;
  const top = found.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  box.scrollTo({ top: top - box.clientHeight / 3, behavior: smooth ? "smooth" : "instant" });
  const main = source && lit && root.closest(".stMain");
  if (!main) return;
  // whoever clicked has to see it: the box may reach below the screen
  const scrolled = Math.min(Math.max(top - box.clientHeight / 3, 0), box.scrollHeight - box.clientHeight);
  const bottom = box.getBoundingClientRect().top + top - scrolled + lit.getBoundingClientRect().height;
  if (bottom > innerHeight) main.scrollBy({ top: bottom + 16 - innerHeight, behavior: "smooth" });
}

// What was read from a cell: in the table of indicators, else the first there is.
function sources(root, lights) {
  const table = root.querySelectorAll(`:is(.form :is(th, td), .unprinted div)${lights}`);
  return table.length ? [...table] : [...root.querySelectorAll(lights)].slice(0, 1);
}
