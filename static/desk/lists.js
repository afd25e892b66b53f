/* The filters of a list: opened, one is in the first; closed, back at the button. */
const panel = document.getElementById("changelist-filter");
const button = document.querySelector("[data-filters-open]");

// After the panel is shown, and select2 made of its fields what one can type into.
button?.addEventListener("click", () => {
  setTimeout(() => panel.querySelector("select, input, [role=combobox]")?.focus(), 50);
});
panel?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.target.closest(".select2-container--open")) button.focus();
});

// What is left empty is no filter: it stays out of the address, and out of what is shared.
document.getElementById("filter-form")?.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) if (value === "" || name === "p") event.formData.delete(name);
});
