/* Selected text as offsets into a snapshot: code points, as Python counts them, while the browser
   counts UTF-16 units. A text is shown in elements with data-start, the offset of their first
   character; their textContent is the snapshot's, character for character. */

const points = (text) => [...text].length;
const paragraphs = (root) => [...root.querySelectorAll("[data-start]")];
const start = (paragraph) => Number(paragraph.dataset.start);

/* The offset of a boundary point; outside every paragraph, that of the nearest one after it. */
function offsetOf(root, node, at) {
  const all = paragraphs(root);
  const around = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-start]");
  if (around && root.contains(around)) {
    const before = document.createRange();
    before.setStart(around, 0);
    before.setEnd(node, at);
    return start(around) + points(before.toString());
  }
  const boundary = document.createRange();
  boundary.setStart(node, at);
  const following = all.find((paragraph) => boundary.comparePoint(paragraph, 0) >= 0);
  if (following) return start(following);
  const last = all.at(-1);
  return last ? start(last) + points(last.textContent) : 0;
}

/* {start, end} of a range in root, blanks at its ends left out; null if nothing is selected there. */
export function spanOf(range, root) {
  if (!range || range.collapsed || !range.intersectsNode(root)) return null;
  const span = {
    start: offsetOf(root, range.startContainer, range.startOffset),
    end: offsetOf(root, range.endContainer, range.endOffset),
  };
  return trimmed(span, root);
}

/* The same without blanks at its ends; null if nothing else is in it. */
export function trimmed(span, root) {
  const found = { ...span };
  const isBlank = (at) => /^\s?$/u.test(characterAt(at, root));
  while (found.start < found.end && isBlank(found.start)) found.start += 1;
  while (found.end > found.start && isBlank(found.end - 1)) found.end -= 1;
  return found.start < found.end ? found : null;
}

function characterAt(at, root) {
  const paragraph = paragraphs(root).findLast((paragraph) => start(paragraph) <= at);
  return paragraph ? ([...paragraph.textContent][at - start(paragraph)] ?? "") : "";
}

/* The words of a span; between two paragraphs stands a blank. */
export function textOf(span, root) {
  return paragraphs(root)
    .map((paragraph) => {
      const from = start(paragraph);
      return [...paragraph.textContent].slice(Math.max(span.start - from, 0), Math.max(span.end - from, 0)).join("");
    })
    .filter(Boolean)
    .join(" ");
}

/* A range over a span, to paint it. */
export function rangeOf(span, root) {
  const range = document.createRange();
  range.setStart(...placeOf(span.start, root));
  range.setEnd(...placeOf(span.end, root, true));
  return range;
}

function placeOf(offset, root, isEnd = false) {
  const paragraph =
    paragraphs(root).findLast((paragraph) => (isEnd ? start(paragraph) < offset : start(paragraph) <= offset)) ??
    paragraphs(root)[0];
  let left = offset - start(paragraph);
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let last = null;
  while (texts.nextNode()) {
    last = texts.currentNode;
    const characters = [...last.data];
    if (left <= characters.length) return [last, characters.slice(0, left).join("").length];
    left -= characters.length;
  }
  return last ? [last, last.length] : [paragraph, 0];
}

/* The span with its "start" or "end" moved by so many words; as it was where there is no room. */
export function moved(span, edge, by, root) {
  const places = words(root).map((word) => word[edge]);
  const at = span[edge];
  const to = by < 0 ? places.findLast((place) => place < at) : places.find((place) => place > at);
  const other = { ...span, [edge]: to ?? at };
  return other.start < other.end ? other : span;
}

/* Where words begin and end: what stands between blanks, quotation marks and punctuation. */
export function words(root) {
  return paragraphs(root).flatMap((paragraph) => {
    const text = paragraph.textContent;
    return [...text.matchAll(/[^\s«»“”"().,;:!?…]+/gu)].map((match) => {
      const begins = start(paragraph) + points(text.slice(0, match.index));
      return { start: begins, end: begins + points(match[0]) };
    });
  });
}
