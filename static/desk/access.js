/* What the admin's own pages leave unsaid to those who do not see them: names of fields and regions. */
(() => {
  const words = document.currentScript.dataset;

  function name() {
    for (const icon of document.querySelectorAll(".material-symbols-outlined:not([aria-hidden])")) {
      const control = icon.closest("a, button");
      if (control && control.textContent.trim() === icon.textContent.trim() && !control.ariaLabel)
        control.ariaLabel = control.title || icon.textContent.trim();
      icon.ariaHidden = "true";
    }
    // A chosen value names itself; an empty field is named by its label.
    for (const field of document.querySelectorAll("select.select2-hidden-accessible")) {
      const box = field.nextElementSibling?.querySelector("[role=combobox]");
      const label = field.labels[0] ?? document.querySelector(`label[for="${field.id}"]`);
      const text = label?.textContent.replace("*", "").trim() ?? field.ariaLabel;
      if (!box || !text) continue;
      box.removeAttribute("aria-labelledby");
      box.ariaLabel = `${text} ${field.selectedOptions[0]?.textContent.trim() ?? ""}`.trim();
      const shown = box.querySelector("[role=textbox]");
      if (shown) shown.ariaLabel = box.ariaLabel;
    }
    document.querySelectorAll("#nav-sidebar-inner").forEach((menu) => (menu.ariaLabel = words.menu));
    document.querySelectorAll(".simplebar-content-wrapper").forEach((region, place) => {
      region.ariaLabel = region.closest("nav") ? `${words.menu} ${place + 1}` : `${words.table} ${place + 1}`;
    });
    for (const heading of document.querySelectorAll("th"))
      if (!heading.textContent.trim() && !heading.querySelector("input")) {
        const text = Object.assign(document.createElement("span"), { className: "unseen", textContent: words.remove });
        heading.append(text);
      }
  }

  addEventListener("load", () => {
    name();
    const save = document.querySelector("[name=_save]");
    if (save) save.dataset.key ??= "Ctrl+Enter";
    // The theme hides the page until it is drawn, and the browser focuses nothing that is hidden.
    if (document.activeElement === document.body) document.querySelector("[autofocus]")?.focus();
    window.django?.jQuery?.(document).on("select2:select select2:clear formset:added", () => setTimeout(name));
  });
  document.addEventListener("formset:added", () => setTimeout(name));
  document.addEventListener("htmx:load", () => setTimeout(name));
})();
