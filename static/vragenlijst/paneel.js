/** The panels at a question: a conflict, with both texts, and a refusal, with its reason. Nothing goes until somebody chooses. */
const sjabloon = (naam) => document.querySelector(`template[data-${naam}]`).content.firstElementChild;

/** Shows, refreshes or removes the panel of this question. `kies(what)` is called with the button's value. */
export function toonPaneel(vraag, rij, kies) {
  const soort = ["conflict", "geweigerd"].includes(rij?.stand) ? rij.stand : "";
  let paneel = vraag.element.querySelector("[data-paneel]");
  if (paneel && paneel.dataset.paneel !== soort) {
    paneel.remove();
    paneel = null;
  }
  vraag.element.classList.toggle("vraag--conflict", soort === "conflict");
  if (!soort) return;
  paneel ??= maak(vraag, soort, kies);
  const zet = (naam, tekst) => {
    const deel = paneel.querySelector(`[data-deel="${naam}"]`);
    if (deel.textContent !== tekst) deel.textContent = tekst;
  };
  if (soort === "geweigerd") return zet("fout", rij.fout);
  const { opgeslagen } = rij;
  zet("wie", opgeslagen.wie ? `door ${opgeslagen.wie}, ${opgeslagen.wanneer}` : "er staat geen antwoord meer");
  zet("opgeslagen", vraag.inWoorden(opgeslagen.inhoud));
  zet("uw", vraag.inWoorden(rij.inhoud));
  vraag.vulPaneel?.(paneel, rij);
}

function maak(vraag, soort, kies) {
  const paneel = sjabloon(soort).cloneNode(true);
  paneel.dataset.paneel = soort;
  for (const deel of paneel.querySelectorAll("[data-code]")) deel.textContent = vraag.code;
  for (const deel of paneel.querySelectorAll("[aria-label]")) {
    deel.setAttribute("aria-label", `${deel.getAttribute("aria-label")} ${vraag.code}`);
  }
  for (const knop of paneel.querySelectorAll("button")) knop.addEventListener("click", () => kies(knop.value));
  vraag.element.querySelector(".vraag__kop").after(paneel);
  return paneel;
}
