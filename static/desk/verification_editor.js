/* The verification editor: what is typed is saved by itself, what others do is shown, nothing typed
   is lost. Every answer of the server says what became otherwise since the mark the page sent. */
import { rangeOf, spanOf, trimmed } from "./selection.js";

const editor = document.getElementById("editor");
const say = (name) => editor.dataset[`text${name}`];
const kept = `constat.verification.${editor.dataset.user}.${editor.dataset.row}`;
const TYPING = 1000; // milliseconds after the last letter until it is saved
const AGAIN = 5000; // after a failure until it is tried again
const NEWS = { soon: 2000, usual: 15000 }; // until others and the background work are asked after

let mark = editor.dataset.mark;
let sending = Promise.resolve();
let awaits = Boolean(editor.querySelector(".progress progress"));
let timer, newsTimer;
let why = ""; // nothing came of the latest request
const dirty = new Map(); // what is typed and not saved: value by the name of its field
const held = new Map(); // the same, where somebody else wrote something else: {value, mark}

/* Fields */

const fields = (name) => [...editor.querySelectorAll(`[data-field][name="${CSS.escape(name)}"]`)];

function valueOf(name) {
  const [field, ...others] = fields(name);
  if (!field) return undefined;
  if (field.type === "radio") return [field, ...others].find((radio) => radio.checked)?.value ?? "";
  return field.type === "checkbox" ? String(field.checked) : field.value;
}

function setValue(name, value) {
  for (const field of fields(name)) {
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = value === "true";
    else field.value = value;
    fit(field);
  }
}

function touched(name) {
  if (held.has(name)) held.get(name).value = valueOf(name);
  else dirty.set(name, valueOf(name));
  keep();
}

/* What is not saved yet is in the browser, with the mark of the version it was typed into. */
function keep() {
  const others = [...held].map(([name, { value }]) => [name, value]);
  const values = Object.fromEntries([...dirty, ...others]);
  const [first] = held.values();
  if (!dirty.size && !first) localStorage.removeItem(kept);
  else localStorage.setItem(kept, JSON.stringify({ mark: first?.mark ?? mark, values }));
}

function restore() {
  let before;
  try {
    before = JSON.parse(localStorage.getItem(kept));
  } catch {
    localStorage.removeItem(kept);
  }
  if (!before) return;
  const homeless = [];
  for (const [name, value] of Object.entries(before.values)) {
    if (!fields(name).length) homeless.push(value);
    else if (valueOf(name) !== value) {
      setValue(name, value);
      dirty.set(name, value);
    }
  }
  if (homeless.some(Boolean)) {
    // The page is only read now, or a piece of evidence is gone.
    const forget = button(say("Forget"), () => {
      keep();
      notice.remove();
    });
    const notice = tell(say("Homeless"), ...homeless.map((value) => words("blockquote", value)), forget);
  } else if (!dirty.size) localStorage.removeItem(kept);
  if (!dirty.size) return;
  mark = before.mark;
  tell(say("Restored"));
  save();
}

editor.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-field]")) return;
  fit(target);
  touched(target.name);
  clearTimeout(timer);
  timer = setTimeout(save, TYPING);
});

/* Radio buttons, dates, boxes, and leaving a field: at once. */
editor.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-field]")) return;
  touched(target.name);
  save();
});

editor.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-oneline]")) event.preventDefault();
});

editor.addEventListener("click", ({ target }) => {
  const preset = target.closest("[data-sets]");
  if (!preset) return;
  setValue(preset.dataset.sets, preset.dataset.value);
  touched(preset.dataset.sets);
  save();
});

const grows = CSS.supports("field-sizing", "content");
function fit(field) {
  if (grows || !field.matches("textarea")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

/* Saving: one request at a time, each with what is not saved yet. */

function save() {
  clearTimeout(timer);
  sending = sending.then(saveOnce);
  return sending;
}

async function saveOnce() {
  if (!dirty.size) return;
  const sent = new Map(dirty);
  stand(say("Saving"));
  const before = mark;
  const answer = await post(editor.dataset.save, new URLSearchParams([...sent]), sent);
  if (!answer) return;
  if (answer.errors) {
    stand(`${say("Unsaved")} ${Object.values(answer.errors).join(" ")}`, true);
    // The others are saved without it.
    for (const name of Object.keys(answer.errors)) {
      invalid(name, answer.errors[name]);
      if (dirty.get(name) === sent.get(name)) move(name);
    }
    if (dirty.size) save();
  } else if (answer.clashes) {
    for (const each of answer.clashes) clash(each, before);
    if (dirty.size) save();
    else stand(`${say("Unsaved")} ${answer.clashes.map(({ who, label }) => `${who}, ${label}`).join("; ")}`, true);
  } else if (answer.refusal) {
    stand(`${say("Unsaved")} ${answer.refusal}`, true);
  } else {
    for (const [name, value] of sent) {
      invalid(name, "");
      if (dirty.get(name) === value) dirty.delete(name);
    }
    keep();
    if (dirty.size) timer = setTimeout(save, TYPING);
    else stand(`${say("Saved")} ${answer.at}`);
  }
}

/* It waits until it is typed otherwise. */
function move(name) {
  dirty.delete(name);
  keep();
}

function invalid(name, why) {
  for (const field of fields(name)) {
    if (why) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    field.title = why;
  }
}

function stand(text, isBad = false) {
  const saved = document.getElementById("saved");
  saved.textContent = text;
  saved.classList.toggle("bad", isBad);
}

const words = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

function tell(text, ...more) {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.append(words("p", text), ...more);
  document.getElementById("notice").append(notice);
  return notice;
}

const button = (text, act) => {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.className = "button";
  made.addEventListener("click", act);
  return made;
};

/* Two people in one field: both texts are there, and one chooses. */
function clash({ name, label, who, theirs, shown }, before) {
  held.set(name, { value: dirty.get(name) ?? valueOf(name), mark: before });
  dirty.delete(name);
  keep();
  const [other, mine] = [words("blockquote", shown), words("blockquote", "")];
  const field = fields(name)[0];
  mine.textContent = field?.type === "radio" ? field.closest("fieldset").querySelector(":checked")?.closest("label").querySelector("strong")?.textContent ?? "" : held.get(name).value;
  const over = (value) => {
    held.delete(name);
    notice.remove();
    setValue(name, value);
    if (value === theirs) {
      keep();
      stand("");
    } else {
      dirty.set(name, value);
      keep();
      save();
    }
    fields(name)[0]?.focus();
  };
  const choices = document.createElement("p");
  choices.className = "acts";
  choices.append(button(say("Mine"), () => over(held.get(name).value)), button(say("Theirs"), () => over(theirs)));
  const notice = tell(`${label} – ${who} ${say("Clash")}`, other, words("p", say("You")), mine, choices);
}

/* Requests. Answers null where nothing can be done with what came, having said so. */
async function post(address, body, sent = new Map()) {
  body.set("mark", mark);
  const token = editor.querySelector("[name=csrfmiddlewaretoken]").value;
  return receive(() => fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } }), sent);
}

async function receive(ask, sent = new Map()) {
  let response;
  try {
    response = await ask();
  } catch {
    return unreached(say("Offline"));
  }
  if (response.redirected || response.status === 403) return unreached(say("SignedOut"));
  if (response.status === 404) return unreached(say("Gone"));
  if (!response.headers.get("Content-Type")?.includes("json")) return unreached(say("Offline"));
  const answer = await response.json();
  show(answer, sent);
  return answer;
}

function unreached(reason) {
  why = reason;
  if (dirty.size) {
    stand(`${say("Unsaved")} ${why}`, true);
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  }
  return null;
}

window.addEventListener("online", save);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save();
});

/* What an answer shows: only what became otherwise is replaced, and never a field one types in. */
function show(answer, sent) {
  const before = mark;
  if (answer.mark) mark = answer.mark;
  const active = document.activeElement;
  for (const [id, html] of Object.entries(answer.parts ?? {})) replace(id, html);
  for (const [pk, html] of Object.entries(answer.added ?? {})) {
    if (!document.getElementById(`piece-${pk}`)) document.getElementById("pieces").insertAdjacentHTML("beforeend", html);
  }
  if (answer.pieces) {
    const there = new Set(answer.pieces.map((pk) => `piece-${pk}`));
    for (const piece of document.querySelectorAll(".piece")) if (!there.has(piece.id)) piece.remove();
  }
  for (const each of answer.values ?? []) {
    if (held.has(each.name) || sent.has(each.name)) continue;
    if (!dirty.has(each.name)) setValue(each.name, each.theirs);
    else if (dirty.get(each.name) !== each.theirs) clash(each, before);
  }
  if (answer.told) {
    const reload = button(say("Reload"), () => location.reload());
    const isOld = answer.moved || !editor.querySelector("#findings [data-field]");
    tell(answer.told, ...(isOld ? [reload] : []));
  }
  if ("awaits" in answer) awaits = answer.awaits;
  if (answer.focus) document.getElementById(answer.focus)?.focus();
  else if (!active.isConnected) document.getElementById("editor").querySelector(".column")?.focus();
  ask();
}

function replace(id, html) {
  const old = document.getElementById(id);
  if (!old || old.contains(document.activeElement) && document.activeElement.matches("input[type=text]")) return;
  if (old.outerHTML === html.trim()) return;
  old.insertAdjacentHTML("afterend", html);
  old.remove();
}

/* Others, and what is fetched in the background. */
function ask() {
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => {
    if (document.hidden || dirty.size) return ask();
    sending = sending.then(() => receive(() => fetch(`${editor.dataset.news}?mark=${encodeURIComponent(mark)}`))).then(ask);
  }, awaits ? NEWS.soon : NEWS.usual);
}

/* Forms of parts and of steps */

editor.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-part]")) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  for (const notice of document.querySelectorAll(".notice.refusal")) notice.remove();
  try {
    await save();
    if (form.hasAttribute("data-step")) {
      if (dirty.size || held.size) {
        form.closest("dialog")?.close();
        return void tell(say("First")).classList.add("refusal");
      }
    }
    const body = new FormData(form);
    // What the page asked before comes first: each answer is to be about the mark before it.
    const turn = sending.then(() => post(form.getAttribute("action"), body));
    sending = turn.catch(() => {});
    const answer = await turn;
    if (!answer) return void tell(`${say("Unsaved")} ${why}`).classList.add("refusal");
    form.closest("dialog")?.close();
    if (answer.go) {
      location.href = answer.go;
      if (new URL(answer.go, location).pathname === location.pathname) location.reload();
    } else if (answer.refusal) tell(answer.refusal).classList.add("refusal");
    else if (form.isConnected && !form.querySelector("[name=act]")) form.reset();
  } finally {
    delete form.dataset.busy;
  }
});

editor.addEventListener("click", ({ target }) => {
  const opens = target.closest("[data-opens]");
  if (opens) {
    const dialog = document.getElementById(opens.dataset.opens);
    const frame = dialog.querySelector("iframe[data-src]");
    if (frame) frame.src = frame.dataset.src;
    dialog.showModal();
  }
  target.closest("[data-closes]")?.closest("dialog").close();
  const passage = target.closest("[data-passage]");
  if (passage) openText(passage.dataset.passage);
  const link = target.closest("#missing a");
  if (link) goTo(link.hash.slice(1));
});

/* To the field that is missing: it is focused, not only scrolled to. */
function goTo(id) {
  const place = document.getElementById(id);
  const field = place?.matches("input, textarea") ? place : place?.querySelector("[data-field]:not([type=checkbox]), textarea, input:not([type=hidden])");
  setTimeout(() => (field ?? place)?.focus());
}

/* Evidence: an address that is pasted is fetched at once; a link or a file is dropped. */

const drop = document.getElementById("drop");
const column = document.getElementById("evidence");
drop?.querySelector("details").addEventListener("toggle", ({ target }) => {
  if (target.open) target.querySelector("input").focus();
});

const isAddress = (text) => /^https?:\/\/\S+$/.test(text);
const addForm = drop?.querySelector("form");

drop?.querySelector("#address").addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text").trim();
  if (event.target.value || !isAddress(text)) return;
  event.preventDefault();
  event.target.value = text;
  addForm.requestSubmit();
});

if (drop) {
  const isTaken = ({ dataTransfer }) =>
    ["text/uri-list", "text/plain", "Files"].some((type) => dataTransfer.types.includes(type));
  column.addEventListener("dragover", (event) => {
    if (!isTaken(event) || event.target.matches("textarea, input")) return;
    event.preventDefault();
    column.classList.add("over");
  });
  column.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!column.contains(relatedTarget)) column.classList.remove("over");
  });
  column.addEventListener("drop", (event) => {
    column.classList.remove("over");
    if (event.target.matches("textarea, input")) return;
    event.preventDefault();
    const { files } = event.dataTransfer;
    if (files.length) {
      const input = document.getElementById("file");
      input.files = files;
      return input.form.requestSubmit();
    }
    const links = (event.dataTransfer.getData("text/uri-list") || event.dataTransfer.getData("text/plain")).split(/\s+/);
    const address = links.find(isAddress);
    if (!address) return;
    document.getElementById("address").value = address;
    addForm.requestSubmit();
  });
}

/* The passage: selected in the text of the snapshot */

const dialog = document.getElementById("passage");

async function openText(address) {
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) return void tell(say("Offline"));
  dialog.innerHTML = await response.text();
  if (!dialog.open) dialog.showModal();
  const text = dialog.querySelector("#snapshot-text");
  if (!text) return;
  for (const change of ["beforeinput", "paste", "cut", "drop", "dragstart"]) {
    text.addEventListener(change, (event) => event.preventDefault());
  }
  dialog.querySelector("#find").focus();
  if (text.dataset.to) select(rangeOf({ start: +text.dataset.from, end: +text.dataset.to }, text), text);
}

function select(range, text) {
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const place = range.getBoundingClientRect();
  const around = text.getBoundingClientRect();
  text.scrollTop += place.top - around.top - around.height / 3;
  picked(range, text);
}

function picked(range, text) {
  const span = trimmed(spanOf(range, text));
  const form = dialog.querySelector("form[data-part]");
  form.elements.start.value = span?.start ?? "";
  form.elements.end.value = span?.end ?? "";
  form.querySelector("button[type=submit]").disabled = !span;
  dialog.querySelector("#selected").textContent = span?.words ?? "…";
}

/* What is selected now: of a key that is pressed quickly the browser tells a little later. */
function look() {
  const text = dialog.open && dialog.querySelector("#snapshot-text");
  const selection = getSelection();
  if (!text || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  // A click elsewhere leaves the passage as it was picked.
  if (!range.collapsed && text.contains(range.commonAncestorContainer)) picked(range, text);
}

document.addEventListener("selectionchange", look);
dialog.addEventListener("keydown", look, true);

dialog.addEventListener("change", ({ target }) => {
  if (target.matches("[data-text]")) openText(`${target.dataset.text}?snapshot=${target.value}`);
});

/* Letters without their accents and case, one for one, so that places stay the same. */
const folded = (text) =>
  [...text].map((letter) => {
    const plain = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return [...plain].length === 1 ? plain : letter;
  });

dialog.addEventListener("submit", (event) => {
  if (event.target.id !== "find-in-text") return;
  event.preventDefault();
  const text = dialog.querySelector("#snapshot-text");
  const [letters, wanted] = [folded(text.textContent), folded(dialog.querySelector("#find").value.trim())];
  if (!wanted.length) return;
  const places = [];
  for (let at = 0; at <= letters.length - wanted.length; at++) {
    if (wanted.every((letter, i) => letters[at + i] === letter)) places.push(at);
  }
  const form = dialog.querySelector("form[data-part]");
  const last = form.elements.start.value === "" ? -1 : Number(form.elements.start.value);
  const start = places.find((place) => place > last) ?? places[0];
  dialog.querySelector("#found").textContent = places.length ? `${places.indexOf(start) + 1}/${places.length}` : "0";
  if (start === undefined) return;
  select(rangeOf({ start, end: start + wanted.length }, text), text);
});

editor.querySelectorAll("textarea").forEach(fit);
restore();
ask();
