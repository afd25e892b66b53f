/* Between a selection in a page and a place in a text. A root is an element whose textContent is the
   text, from the code point that its data-start says (0 if it says none). Places are code points,
   end-exclusive, as the record has them; a string of JavaScript counts UTF-16 units instead. */

const isHigh = (unit) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit) => unit >= 0xdc00 && unit <= 0xdfff;
const splitsCharacter = (text, at) => isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1));

/* How many code points a string has. */
export function codePoints(text) {
  let count = 0;
  for (const _character of text) count++;
  return count;
}

const startOf = (root) => Number(root.dataset.start ?? 0);

/* What a Range holds of a root: {start, end, words}; null if nothing. A character is never halved. */
export function spanOf(range, root) {
  const whole = document.createRange();
  whole.selectNodeContents(root);
  if (range.compareBoundaryPoints(Range.END_TO_START, whole) >= 0) return null;
  if (range.compareBoundaryPoints(Range.START_TO_END, whole) <= 0) return null;
  const inside = range.cloneRange();
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) inside.setStart(root, 0);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) inside.setEnd(root, root.childNodes.length);
  whole.setEnd(inside.startContainer, inside.startOffset);
  const text = root.textContent;
  let from = whole.toString().length;
  let to = from + inside.toString().length;
  if (splitsCharacter(text, from)) from--;
  if (splitsCharacter(text, to)) to++;
  if (from === to) return null;
  const start = startOf(root) + codePoints(text.slice(0, from));
  const words = text.slice(from, to);
  return { start, end: start + codePoints(words), words };
}

/* A span without the blanks around its words; null if there are no words. */
export function trimmed(span) {
  const words = span?.words.trim();
  if (!words) return null;
  const start = span.start + span.words.length - span.words.trimStart().length;
  return { start, end: start + codePoints(words), words };
}

/* The Range of a span {start, end} in a root: the way back. */
export function rangeOf({ start, end }, root) {
  const range = document.createRange();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let before = startOf(root);
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const after = before + codePoints(node.data);
    if (!begun && start < after) {
      range.setStart(node, units(node.data, start - before));
      begun = true;
    }
    if (begun && end <= after) {
      range.setEnd(node, units(node.data, end - before));
      return range;
    }
    before = after;
  }
  return null;
}

/* How many units the first code points of a text have. */
function units(text, count) {
  let length = 0;
  for (const character of text) {
    if (count-- <= 0) break;
    length += character.length;
  }
  return length;
}
