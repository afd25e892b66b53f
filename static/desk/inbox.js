/* The inbox: what its buttons open, bounds that are moved or selected, typed text that is never
   lost, and the hold on the candidate, renewed while somebody is at it. Deciding is htmx. */
import { moved, rangeOf, spanOf, textOf, words } from "./context.js";

const RENEW = 120_000; // ms: five times within the ten minutes a hold lasts
const form = () => document.getElementById("candidate");
const context = () => document.getElementById("context");
const list = (spans) => spans.map(({ start, end }) => [start, end]);
const spans = (text) => JSON.parse(text || "[]").map(([start, end]) => ({ start, end }));

/* Bounds */

function paint(name, found) {
  if (!("highlights" in CSS)) return;
  CSS.highlights.set(name, new Highlight(...found.map((span) => rangeOf(span, context()))));
}

function choose(found) {
  const field = form().elements.content;
  if (!found.length) return;
  found.sort((one, other) => one.start - other.start);
  field.value = JSON.stringify(list(found));
  field.dispatchEvent(new Event("input", { bubbles: true }));
  showChosen();
}

function showChosen() {
  const found = spans(form().elements.content.value);
  document.getElementById("chosen").textContent = found.map((span) => textOf(span, context())).join(" […] ");
  paint("chosen", found);
}

const selected = () => {
  const selection = getSelection();
  return selection.rangeCount ? spanOf(selection.getRangeAt(0), context()) : null;
};

const parts = () => spans(form().elements.parts.value);

function setParts(found) {
  found.sort((one, other) => one.start - other.start);
  form().elements.parts.value = JSON.stringify(list(found));
  const rows = document.getElementById("parts");
  rows.replaceChildren(
    ...found.map((span) => {
      const row = document.getElementById("part").content.cloneNode(true);
      row.querySelector("output").textContent = textOf(span, context());
      return row;
    }),
  );
  paint("chosen", found);
}

/* A span cut where a comma or a conjunction joins its halves, the nearest to its middle; where
   there is none, between the two words in the middle, but only if it is asked for. */
const JOINS = /^(et|ou|mais|puis|tandis|and|or|but)$/i;
function halves(span, anywhere = false) {
  const inside = words(context()).filter((word) => word.start >= span.start && word.end <= span.end);
  const cuts = inside.slice(1).map((word, index) => {
    const before = inside[index];
    const joins = JOINS.test(textOf(word, context()));
    const comma = /[,;:]/.test(textOf({ start: before.end, end: word.start }, context()));
    const next = joins ? inside[index + 2] : word;
    return next && { end: before.end, start: next.start, joint: joins || comma };
  });
  const middle = (span.start + span.end) / 2;
  const from = (cut) => Math.abs(cut.start - middle);
  const possible = cuts.filter(Boolean).sort((one, other) => from(one) - from(other));
  const cut = possible.find((cut) => cut.joint) ?? (anywhere ? possible[0] : null);
  return cut ? [{ start: span.start, end: cut.end }, { start: cut.start, end: span.end }] : [span];
}

function changePart(button) {
  const row = button.closest("li");
  const index = [...row.parentElement.children].indexOf(row);
  const found = parts();
  const { part, by } = button.dataset;
  if (part === "remove") found.splice(index, 1);
  else if (part === "halve") found.splice(index, 1, ...halves(found[index], true));
  else found[index] = moved(found[index], part, Number(by), context());
  setParts(found);
  const again = document.getElementById("parts").children[Math.min(index, found.length - 1)];
  (again?.querySelector(`[data-part="${part}"]${by ? `[data-by="${by}"]` : ""}`) ?? document.getElementById("split")).focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || !form()) return;
  const { opens, unfolds, moves, by, selects, part } = button.dataset;
  if (opens) document.getElementById(opens).showModal();
  if (unfolds) {
    const panel = document.getElementById(unfolds);
    if (!panel.open) {
      panel.open = true;
      unfolded(panel);
    }
    panel.querySelector("textarea, summary:focus, #parts button")?.focus();
  }
  if ("closes" in button.dataset) button.closest("dialog").close();
  if (moves) {
    const found = spans(form().elements.content.value);
    const at = moves === "start" ? 0 : found.length - 1;
    found[at] = moved(found[at], moves, Number(by), context());
    choose(found);
  }
  if (part) changePart(button);
  if (selects) {
    const span = selected();
    if (!span) return tell(button.closest("[data-nothing]").dataset.nothing);
    if (selects === "content") choose([span]);
    if (selects === "more") choose([...spans(form().elements.content.value), span]);
    if (selects === "part") setParts([...parts(), span]);
  }
});

function unfolded(panel) {
  if (panel.id === "edit") return showChosen();
  const found = parts();
  setParts(found.length ? found : halves(spans(form().elements.content.value)[0]));
}

document.addEventListener(
  "toggle",
  ({ target: panel }) => {
    if (!panel.matches?.("details.panel")) return;
    if (panel.open && !document.getElementById("parts").children.length) unfolded(panel);
    if (!document.querySelector("details.panel[open]")) paint("chosen", []);
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest("#candidate .field") && !event.target.closest("dialog")) {
    document.getElementById("claim").focus(); // Out of a field: keys are buttons again.
  }
  if (event.key !== "Enter") return;
  const { enter } = event.target.dataset;
  if (enter) {
    event.preventDefault();
    document.getElementById(enter).click();
  }
  if (event.target.name === "new_speaker") {
    event.preventDefault();
    (document.querySelector("#found input") ?? document.querySelector("#new-speaker input"))?.focus();
  }
});

/* Speakers */

document.addEventListener("change", (event) => {
  if (event.target.matches("[name=speaker]")) event.target.focus(); // So that it is read out.
});

document.addEventListener("input", (event) => {
  if (event.target.name !== "new_speaker") return;
  const row = document.getElementById("new-speaker");
  row.hidden = !event.target.value.trim();
  row.querySelector("output").textContent = event.target.value.trim();
});

/* What was typed: kept until it is saved, and shown again with the version it was typed on. */

const NAMES = ["wording", "kind", "quotation", "said_on", "content", "speaker", "new_speaker", "new_kind"];
const key = () => `constat.draft.${form().dataset.claim}`;

document.addEventListener("input", (event) => {
  if (!NAMES.includes(event.target.name) || event.target.form !== form()) return;
  const typed = Object.fromEntries(NAMES.map((name) => [name, form().elements[name]?.value]));
  sessionStorage.setItem(key(), JSON.stringify({ mark: form().dataset.mark, typed }));
});

function restore() {
  const { mark, typed } = JSON.parse(sessionStorage.getItem(key()) ?? "{}");
  if (!typed || mark !== form().dataset.mark || !document.getElementById("edit")) return;
  const before = NAMES.map((name) => form().elements[name]?.value).join();
  for (const name of NAMES) if (form().elements[name] && typed[name] !== undefined) form().elements[name].value = typed[name];
  if (before === NAMES.map((name) => form().elements[name]?.value).join()) return;
  document.getElementById("edit").open = true;
  tell(document.getElementById("edit").dataset.restored);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  if (detail.target?.id !== "inbox" || !form()) return;
  if (detail.xhr.status !== 200 || !detail.serverResponse.includes('id="inbox"')) {
    detail.shouldSwap = false; // Another page, where one signs in again.
    tell(form().dataset.fault);
  } else if (detail.requestConfig.verb === "post" && !detail.serverResponse.includes("data-refused")) {
    sessionStorage.removeItem(key());
  }
});

/* A connection that is gone loses nothing: it is said, and the page stays as it is. */
for (const fault of ["htmx:sendError", "htmx:responseError"])
  document.addEventListener(fault, () => tell(form()?.dataset.fault));

function tell(text) {
  const line = document.createElement("p");
  line.textContent = text ?? "";
  document.getElementById("told").replaceChildren(line);
}

/* The hold */

let usedAt = Date.now();
let renewedAt = Date.now();
for (const use of ["pointermove", "keydown", "scroll"])
  document.addEventListener(use, () => (usedAt = Date.now()), { passive: true, capture: true });

const held = () => (form()?.dataset.until ? form().dataset : null);
const token = () => form().elements.csrfmiddlewaretoken.value;

function post(address, values) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token());
  for (const [name, value] of Object.entries(values)) body.append(name, value);
  return body;
}

async function renew() {
  if (!held() || document.hidden || usedAt < renewedAt) return;
  renewedAt = Date.now();
  const { hold, claim } = held();
  const answer = await fetch(hold, { method: "POST", body: post(hold, { renew: "1" }) }).catch(() => null);
  if (!answer?.ok || form()?.dataset.claim !== claim) return;
  const { until, lost } = await answer.json();
  if (until) form().dataset.until = until;
  if (lost) {
    const line = document.getElementById("lost");
    line.textContent = lost;
    line.hidden = false;
  }
}
setInterval(renew, RENEW);

addEventListener("pagehide", () => {
  if (held()) navigator.sendBeacon(held().hold, post(held().hold, { leave: held().until }));
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // It was left, so somebody else may have it.
});

/* A new candidate: read out, its claim in sight. */

function begin() {
  usedAt = renewedAt = Date.now();
  if (!form()) return document.getElementById("claim")?.focus();
  restore();
  context().querySelector("mark.content")?.scrollIntoView({ block: "nearest" });
  const open = document.querySelector("#inbox [role=alert]:not([hidden])") ?? document.getElementById("claim");
  if (open.id === "claim") open.focus({ preventScroll: true });
  else (open.querySelector("button, a") ?? document.getElementById("claim")).focus();
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "inbox" || event.detail.elt?.id === "inbox") begin();
});
begin();
