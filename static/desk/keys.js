/* The keys of the desk. What has data-key="a" is pressed (a field: focused) when that key is, outside
   a text field; with "Ctrl+Enter" inside one too. The style shows the key; "?" lists those of the
   page, where they can be switched off as well (WCAG 2.2, 2.1.4). */
(() => {
  const OFF = "constat.keys.off";
  const isOff = () => localStorage.getItem(OFF) !== null;
  const show = () => document.documentElement.classList.toggle("keys-off", isOff());
  show();

  const isShown = (element) => element.checkVisibility() && !element.disabled && !element.closest("[inert]");
  const ofPage = () => {
    const open = [...document.querySelectorAll("dialog[open]")].pop();
    return [...(open ?? document).querySelectorAll("[data-key]")].filter(isShown);
  };
  const isTyping = (target) =>
    target.isContentEditable ||
    target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
  const name = (event) => (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + event.key;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.isComposing || event.repeat) return;
    if (event.key === "Escape" && isTyping(event.target) && !event.target.closest("dialog")) {
      event.target.blur();
      return;
    }
    const key = name(event);
    const isPlain = !key.startsWith("Ctrl+");
    if (isPlain && (isOff() || isTyping(event.target))) return;
    if (key === "?" && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      return list();
    }
    const pressed = ofPage().filter((element) => element.dataset.key === key);
    const element = pressed.find((element) => element.closest("main")) ?? pressed[0]; // before its frame's
    if (!element) return;
    event.preventDefault();
    if (element.matches("input:not([type=checkbox], [type=radio]), textarea, select")) element.focus();
    else element.click();
  });

  const meaning = (element) =>
    element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;

  function list() {
    const dialog = document.getElementById("keys");
    if (!dialog) return;
    const rows = new Map(ofPage().map((element) => [element.dataset.key, meaning(element).trim()]));
    const keys = document.createElement("dl");
    keys.append(
      ...[...rows].map(([key, text]) => {
        const row = document.createElement("div");
        const [term, description] = [document.createElement("dt"), document.createElement("dd")];
        term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
        description.textContent = text;
        row.append(term, description);
        return row;
      }),
    );
    dialog.querySelector("dl")?.remove();
    dialog.querySelector("h2").after(keys);
    dialog.querySelector("input").checked = !isOff();
    dialog.showModal();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-list]")) list();
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-switch]")) return;
    if (event.target.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
    show();
  });
})();
