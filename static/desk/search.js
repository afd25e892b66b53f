/* The search of the desk: a dialog on every page, worked by keys. */
const dialog = document.getElementById("search");
const field = document.getElementById("search-words");

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-search-open]")) {
    dialog.showModal();
    field.select();
  } else if (event.target.closest("[data-search-close]") || event.target === dialog) dialog.close();
});

// Up and down go through what was found, and back to what was typed.
dialog.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [field, ...dialog.querySelectorAll("#search-results a")];
  event.preventDefault();
  stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
});
