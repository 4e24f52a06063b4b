// What is wrong with the texts of the slides as they stand on the screen, from their own boxes: outside its
// slide or its box, over another text, too small to be read, too pale. Takes the deck; each fault is a line.
(deck) => {
  const LEAST = 2.2, SLACK = 0.25, AAA = 7; // of u, of u, of contrast
  const faults = [];
  let texts = 0;
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const parse = (color) => color.match(/[\d.]+/g).map(Number);
  const below = (one) => {
    for (; one; one = one.parentElement) {
      const color = parse(getComputedStyle(one).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  const contrast = (one) => {
    const [high, low] = [light(parse(getComputedStyle(one).color)), light(below(one))].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const within = (a, b, slack) => a.left >= b.left - slack && a.right <= b.right + slack && a.top >= b.top - slack && a.bottom <= b.bottom + slack;
  const apart = (a, b, slack) => a.right <= b.left + slack || b.right <= a.left + slack || a.bottom <= b.top + slack || b.bottom <= a.top + slack;
  const lines = (node, size) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].map((box) => { // the letters, without the room above and below them
      const middle = (box.top + box.bottom) / 2;
      return { left: box.left, right: box.right, top: middle - size / 2, bottom: middle + size / 2 };
    });
  };
  for (const slide of deck.querySelectorAll(".slide")) {
    const was = deck.querySelector(".slide.on");
    was?.classList.remove("on");
    slide.classList.add("on");
    const box = slide.getBoundingClientRect(), u = box.width / 192, seen = [];
    const say = (what, text) => faults.push(`${slide.getAttribute("aria-label")} ${what}: ${text}`);
    const bars = [...slide.querySelectorAll(".bar")].map((bar) => bar.getBoundingClientRect());
    const walk = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const text = node.textContent.trim();
      if (!text) continue;
      const parent = node.parentElement, style = getComputedStyle(parent), size = parseFloat(style.fontSize);
      const letters = lines(node, size);
      texts += 1;
      if (!letters.length) say("not shown", text);
      if (size < LEAST * u - 0.01) say(`of ${(size / u).toFixed(2)}u`, text);
      if (contrast(parent) < AAA) say(`contrast ${contrast(parent).toFixed(2)}`, text);
      for (const one of letters) {
        for (let up = parent; up !== slide.parentElement; up = up.parentElement) {
          if (getComputedStyle(up).display !== "inline" && !within(one, up.getBoundingClientRect(), SLACK * u)) say(`outside ${up.className || up.tagName}`, text);
        }
        if (!seen.every(([other, from]) => from === node || apart(one, other, SLACK * u))) say("over another text", text);
        if (!bars.every((bar) => apart(one, bar, SLACK * u))) say("over a bar", text);
        seen.push([one, node]);
      }
      for (let up = parent; up !== slide; up = up.parentElement) {
        const { overflow, textOverflow } = getComputedStyle(up);
        if (overflow !== "visible" || textOverflow !== "clip") say("in a box that may cut it", text);
      }
    }
    slide.classList.remove("on");
    was?.classList.add("on");
  }
  return { texts, faults };
}
