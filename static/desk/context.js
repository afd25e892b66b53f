/* Selections over several paragraphs: elements with data-start, each the text of selection.js, with
   blanks between them. Offsets are code points of the snapshot, end-exclusive. */

import { codePoints, rangeOf as rangeIn, spanOf as spanIn, trimmed } from "./selection.js";

const paragraphs = (root) => [...root.querySelectorAll("[data-start]")];
const start = (paragraph) => Number(paragraph.dataset.start);

/* {start, end} of a range in root, blanks at its ends left out; null if nothing is selected there. */
export function spanOf(range, root) {
  const spans = paragraphs(root).map((paragraph) => trimmed(spanIn(range, paragraph))).filter(Boolean);
  return spans.length ? { start: spans[0].start, end: spans.at(-1).end } : null;
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
  const ranges = paragraphs(root)
    .map((paragraph) => {
      const last = start(paragraph) + codePoints(paragraph.textContent);
      const part = { start: Math.max(span.start, start(paragraph)), end: Math.min(span.end, last) };
      return part.start < part.end ? rangeIn(part, paragraph) : null;
    })
    .filter(Boolean);
  const range = document.createRange();
  range.setStart(ranges[0].startContainer, ranges[0].startOffset);
  range.setEnd(ranges.at(-1).endContainer, ranges.at(-1).endOffset);
  return range;
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
      const begins = start(paragraph) + codePoints(text.slice(0, match.index));
      return { start: begins, end: begins + codePoints(match[0]) };
    });
  });
}
