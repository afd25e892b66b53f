/* The text of a document: what is selected in it, by mouse or by keys, becomes a claim. The form stands
   beside the text and is not modal, so that more can be selected; what was picked stays in it. */
import { codePoints, rangeOf, spanOf, trimmed } from "./selection.js";

const root = () => document.getElementById("text"); // It is another one after a claim was made.
const [said, make, dialog] = ["selected", "make", "claim"].map((id) => document.getElementById(id));
const form = dialog.querySelector("form");
const template = document.getElementById("passage");
const sentences = JSON.parse(document.getElementById("sentences").textContent).map(([start, end]) => ({ start, end }));

let current = null; // the span that is selected
let picked = { content: [], source: [], cue: [] };

// What is selected

function select(span) {
  current = span;
  said.textContent = span?.words ?? said.dataset.nothing;
  make.disabled = !span;
  for (const button of dialog.querySelectorAll("[data-add]")) button.disabled = !span;
  paint();
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!range.collapsed) {
    const span = trimmed(spanOf(range, root()));
    if (span) select(span);
  } else if (root().contains(range.startContainer) && document.activeElement === root()) {
    select(null); // A click in the text; what is selected stays where one writes in the form.
  }
});

/* The parts of the claim and what is selected, shown without changing the text. */
function paint() {
  if (!CSS.highlights) return;
  const shown = { ...picked, selection: current ? [current] : [] };
  for (const [name, spans] of Object.entries(shown)) {
    CSS.highlights.set(`claim-${name}`, new Highlight(...spans.map((span) => rangeOf(span, root()))));
  }
}

// By keys

let words = null;

function allWords() {
  if (words) return words;
  words = [];
  let at = Number(root().dataset.start);
  for (const { segment, isWordLike } of new Intl.Segmenter(root().lang, { granularity: "word" }).segment(root().textContent)) {
    const end = at + codePoints(segment);
    if (isWordLike) words.push({ start: at, end });
    at = end;
  }
  return words;
}

/* The first unit that ends after a place; the last one if none does. */
function at(units, place) {
  let [low, high] = [0, units.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[middle].end > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

const MOVES = { ArrowDown: [1, false], ArrowUp: [-1, false], ArrowRight: [1, true], ArrowLeft: [-1, true] };

/* From unit to unit; extended, the end of the selection moves and its start stays. */
function move(key, extend) {
  const [step, byWord] = MOVES[key];
  const units = byWord ? allWords() : sentences;
  if (!units.length) return;
  const within = (index) => Math.min(Math.max(index, 0), units.length - 1);
  let first, last;
  if (!current) {
    first = last = step > 0 ? 0 : units.length - 1;
  } else if (extend) {
    first = at(units, current.start);
    last = Math.max(first, within(at(units, current.end - 1) + step));
  } else {
    const here = at(units, current.start);
    const isUnit = units[here].start <= current.start && current.end <= units[here].end;
    first = last = isUnit || step < 0 ? within(here + step) : here;
  }
  const start = extend && current && !byWord ? Math.min(current.start, units[first].start) : units[first].start;
  show({ start, end: units[last].end });
}

function show(span) {
  const range = rangeOf(span, root());
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  select(spanOf(range, root())); // The next key may come before the browser tells of it.
  const box = range.getBoundingClientRect();
  const room = document.querySelector(".bar").getBoundingClientRect().top;
  if (box.top < 0 || box.bottom > room) scrollBy({ top: box.top - room / 3 });
}

document.addEventListener("keydown", (event) => {
  if (event.target !== root() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in MOVES) move(event.key, event.shiftKey);
  else if (event.key === "Enter" && current && !dialog.open) open();
  else if (event.key === "Escape") getSelection().collapse(root(), 0);
  else return;
  event.preventDefault();
});

// The form

function open() {
  if (!dialog.open) {
    picked = { content: current ? [current] : [], source: [], cue: [] };
    dialog.show();
    list();
  }
  form.elements.speaker.focus();
}

function close() {
  dialog.close();
  form.reset();
  document.getElementById("claim-errors").replaceChildren();
  picked = { content: [], source: [], cue: [] };
  paint();
  toText();
}

const toText = () => root().focus({ preventScroll: true });

function list() {
  for (const part of dialog.querySelectorAll("[data-part]")) {
    const name = part.dataset.part;
    part.querySelector(".picked").replaceChildren(
      ...picked[name].map((span) => {
        const item = template.content.firstElementChild.cloneNode(true);
        item.querySelector("q").textContent = span.words;
        const button = item.querySelector("button");
        button.setAttribute("aria-label", `${button.getAttribute("aria-label")} ${span.words}`);
        button.addEventListener("click", () => {
          picked[name] = picked[name].filter((other) => other !== span);
          list();
          part.querySelector("[data-add]").focus();
        });
        return item;
      }),
    );
  }
  const { content, source, cue } = picked;
  form.elements.spans.value = JSON.stringify({ content, source: source[0] ?? null, cue: cue[0] ?? null });
  paint();
}

dialog.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches("[data-back]")) toText();
  if (button?.matches("[data-discard]")) close();
  if (!button?.matches("[data-add]") || !current) return;
  const { part } = button.closest("[data-part]").dataset;
  const isSame = (span) => span.start === current.start && span.end === current.end;
  if (part !== "content") picked[part] = [current];
  else if (!picked.content.some(isSame)) picked.content = [...picked.content, current].sort((a, b) => a.start - b.start);
  list();
});
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  toText(); // Nothing is lost: the form stays open.
});
make.addEventListener("click", open);
document.getElementById("to-text").addEventListener("click", toText);

form.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 422) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});
document.addEventListener("claim-made", () => {
  close();
  select(null);
});
select(null);
