// What every page does in the browser: titles break between words, and the keys of a clicker (PageDown and
// PageUp) move what is long, then turn its pages. Slides have keys of their own.
(() => {
  const TITLES = ".headline h1, .panel-title h2, ol.rules p";
  const LONG = ".stMain, .pane.wide, .meeting-pane:not(.side)";
  const FIELDS = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=dialog]";
  const STEPS = { PageDown: 1, PageUp: -1 };

  let waiting = 0;
  new MutationObserver(() => {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      document.querySelectorAll(TITLES).forEach(words);
    });
  }).observe(document.documentElement, { subtree: true, childList: true });

  const moves = (box, step) =>
    box.scrollHeight - box.clientHeight > 4 &&
    (step > 0 ? box.scrollTop + box.clientHeight < box.scrollHeight - 4 : box.scrollTop > 4);
  addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector(".deck") || event.target.closest?.(FIELDS)) return;
    const box = [...document.querySelectorAll(LONG)].find((one) => moves(one, step));
    const turn = document.querySelector(`.turner [data-step="${step}"]`);
    if (box) box.scrollBy({ top: step * box.clientHeight * 0.85, behavior: "smooth" });
    else if (turn) turn.click();
    else return;
    event.preventDefault();
  });
})();
