// Titles break between words, not within them: <wbr> where Chinese words meet, found by the browser's own
// dictionary, which needs no network. It parts 满意 from 度, so a single character stays with what is before it.
// A title that would take more lines so stays as it was.
function words(element) {
  const text = element.textContent;
  if (element.worded === text || !Intl.Segmenter) return;
  element.worded = text;
  const before = element.innerHTML;
  const high = element.offsetHeight;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  for (const node of nodes) {
    const parts = [];
    let last = null;
    for (const { segment, isWordLike } of segmenter.segment(node.nodeValue)) {
      const word = isWordLike && !/[0-9A-Za-z]/.test(segment);
      if (word && last && segment.length > 1) parts.push(document.createElement("wbr"));
      parts.push(segment);
      last = word;
    }
    node.replaceWith(...parts);
  }
  element.style.wordBreak = "keep-all";
  if (element.offsetHeight <= high) return;
  element.innerHTML = before;
  element.style.wordBreak = "";
}
