/**
 * A box that chooses all answers on the page at once, or none.
 *
 * Without this module each answer is chosen by itself.
 */
const plek = document.querySelector("[data-kies-alle]");
const vakjes = [...document.querySelectorAll('input[name="kies"]')];

if (plek && vakjes.length > 1) {
  const alle = vakjes[0].cloneNode();
  const label = document.createElement("label");
  alle.id = "kies-alle";
  alle.removeAttribute("name");
  alle.checked = vakjes.every((vakje) => vakje.checked);
  label.htmlFor = alle.id;
  label.className = "utrecht-form-label";
  label.textContent = `alle ${vakjes.length} antwoorden op deze pagina`;
  const rij = document.createElement("div");
  rij.className = "keuze";
  rij.append(alle, label);
  plek.after(rij);
  alle.addEventListener("change", () => {
    for (const vakje of vakjes) vakje.checked = alle.checked;
  });
}
