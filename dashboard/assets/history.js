// One step back for one click. Streamlit writes two entries when a click changes page and address; the
// second takes the place of the first.
(() => {
  const SOON = 1000; // ms
  const push = history.pushState;
  let last = -SOON;
  history.pushState = function (...entry) {
    const now = performance.now();
    const write = now - last < SOON ? history.replaceState : push;
    last = now;
    return write.apply(this, entry);
  };
})();
