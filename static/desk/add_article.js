/* Add an article: files are dropped and listed, limits told before anything is sent, and how much
   of it is sent. Without this script the form works all the same. */
const form = document.getElementById("add-article");
const input = form.querySelector("input[type=file]");
const [drop, list, template] = ["add-drop", "add-files", "add-file"].map((id) => document.getElementById(id));
const [sent, said] = ["add-sent", "add-said"].map((id) => document.getElementById(id));
const limit = (name) => Number(form.dataset[name]);
const size = (bytes) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 }).format(
    Math.ceil(bytes / 1000),
  );

input.hasChangeListener = true; // Else Unfold writes the name of the file into the next field.
let chosen = [];

function choose(files) {
  chosen = files;
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  list.replaceChildren(...files.map(row));
  list.hidden = !files.length;
  check();
}

function row(file) {
  const item = template.content.firstElementChild.cloneNode(true);
  item.querySelector(".name").textContent = file.name;
  item.querySelector(".size").textContent = size(file.size);
  item.classList.toggle("too-large", file.size > limit("file"));
  const button = item.querySelector("button");
  button.setAttribute("aria-label", `${button.getAttribute("aria-label")} ${file.name}`);
  button.addEventListener("click", () => {
    choose(chosen.filter((other) => other !== file));
    input.focus();
  });
  return item;
}

/* What would be refused as a whole is told at once, and not sent. */
function check() {
  const together = chosen.reduce((sum, file) => sum + file.size, 0);
  const tooLong = new Blob([form.elements.text.value]).size > limit("text");
  const fault =
    (chosen.length > limit("files") && "tooMany") || (together > limit("together") && "tooLarge") || (tooLong && "tooLong");
  said.textContent = fault ? said.dataset[fault] : "";
  return !fault;
}

input.addEventListener("change", () => {
  const known = new Set(chosen.map((file) => `${file.name} ${file.size}`));
  choose([...chosen, ...[...input.files].filter((file) => !known.has(`${file.name} ${file.size}`))]);
});
form.elements.text.addEventListener("input", check);

const hasFiles = (event) => [...event.dataTransfer.types].includes("Files");
/* Beside the field too: a file dropped on a page leads away from it, and what was typed is lost. */
document.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  drop.classList.add("over");
});
document.addEventListener("dragleave", (event) => event.relatedTarget || drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  drop.classList.remove("over");
  choose([...chosen, ...event.dataTransfer.files]);
});

form.addEventListener("htmx:confirm", (event) => {
  if (event.target === form && !check()) event.preventDefault();
});
form.addEventListener("htmx:xhr:progress", (event) => {
  const { loaded, total, lengthComputable } = event.detail;
  if (event.target !== form || !lengthComputable) return;
  sent.hidden = false;
  sent.value = (100 * loaded) / total;
});
form.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 422) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
  sent.hidden = true;
});
form.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "add-errors") event.target.scrollIntoView({ block: "nearest" });
});

/* To paste at once. The theme hides the page until it is loaded, so the attribute would do nothing. */
addEventListener("load", () => document.activeElement === document.body && form.elements.text.focus());
