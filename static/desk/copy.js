/* A field that is there to be copied: chosen wholly when one is in it; a button does it at once. */
for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // Browsers keep the clipboard from pages without HTTPS.
    }
    document.getElementById("copied").textContent = button.dataset.copied;
  });
}
