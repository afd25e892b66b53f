/* Ticking rows: all by the box in the head, a range with shift; the dialog that asks why. */
const form = document.getElementById("all");
const boxes = () => [...form.querySelectorAll("[name=claim]:not(:disabled)")];
let last = null;

form.addEventListener("click", (event) => {
  const box = event.target;
  if (box.matches("[data-ticks]")) boxes().forEach((other) => (other.checked = box.checked));
  if (box.matches("[name=claim]")) {
    const all = boxes();
    if (event.shiftKey && last) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
      all.slice(from, to + 1).forEach((other) => (other.checked = box.checked));
    }
    last = box;
  }
  const button = box.closest("button");
  if (button?.dataset.opens) document.getElementById(button.dataset.opens).showModal();
  if (button && "closes" in button.dataset) button.closest("dialog").close();
});
