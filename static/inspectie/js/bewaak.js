// Warns before typed text is left behind. For forms with the attribute data-bewaak.
const gewijzigd = new Set();

for (const formulier of document.querySelectorAll("form[data-bewaak]")) {
  // A form that came back with errors, or from before a session expired, holds text that was never saved.
  if (formulier.dataset.bewaak === "altijd" || formulier.querySelector("[data-foutsamenvatting]")) gewijzigd.add(formulier);
  formulier.addEventListener("input", () => gewijzigd.add(formulier));
  formulier.addEventListener("submit", () => gewijzigd.delete(formulier));
}

window.addEventListener("beforeunload", (gebeurtenis) => {
  if (gewijzigd.size) gebeurtenis.preventDefault();
});
