// Rows of gesprekspartners: one empty row to begin with, more on request. Without this script the page has spare rows.
const vak = document.querySelector("[data-gesprekspartners]");

if (vak) {
  const formulier = vak.closest("form");
  const totaal = formulier.elements.namedItem("partner-TOTAL_FORMS");
  const hoogstens = Number(vak.dataset.gesprekspartners);
  const rijen = () => [...vak.querySelectorAll("[data-gesprekspartner]")];
  const isLeeg = (rij) => [...rij.querySelectorAll("input")].every((veld) => veld.value === "");
  const heeftFout = (rij) => rij.querySelector("[aria-invalid]") !== null;

  // Field names carry the number of their row: partner-2-naam, id_partner-2-naam_error.
  function nummer(rij, plaats) {
    for (const deel of rij.querySelectorAll("*")) {
      for (const naam of ["name", "id", "for", "aria-describedby"]) {
        const waarde = deel.getAttribute(naam);
        const nieuw = waarde?.replace(/partner-\d+-/g, `partner-${plaats}-`);
        if (waarde === null || nieuw === waarde) continue;
        if (naam === "id") wijsOpnieuw(waarde, nieuw, plaats + 1);
        deel.setAttribute(naam, nieuw);
      }
    }
    rij.querySelector("[data-nummer]").textContent = plaats + 1;
  }

  /** The error summary keeps pointing at the row that it speaks of. */
  function wijsOpnieuw(oud, nieuw, rijnummer) {
    for (const link of document.querySelectorAll(`[data-foutsamenvatting] a[href="#${CSS.escape(oud)}"]`)) {
      link.setAttribute("href", `#${nieuw}`);
      link.querySelector("[data-rijnummer]").textContent = rijnummer;
    }
  }

  function tel() {
    rijen().forEach(nummer);
    totaal.value = rijen().length;
    knop.hidden = rijen().length >= hoogstens;
  }

  const voorbeeld = rijen().at(-1).cloneNode(true);
  for (const veld of voorbeeld.querySelectorAll("input")) {
    veld.value = "";
    veld.removeAttribute("value");
    veld.removeAttribute("aria-invalid");
    veld.removeAttribute("aria-describedby");
  }
  voorbeeld.querySelectorAll(".utrecht-form-field-error-message").forEach((melding) => melding.remove());

  function metWeghaalknop(rij) {
    const weg = document.createElement("button");
    weg.type = "button";
    weg.className = "utrecht-button utrecht-button--subtle";
    weg.textContent = "Haal deze gesprekspartner weg";
    weg.addEventListener("click", () => {
      const plaats = rijen().indexOf(rij);
      rij.remove();
      if (!rijen().length) voegToe();
      tel();
      formulier.dispatchEvent(new Event("input", { bubbles: true })); // it counts as typed: bewaak.js warns
      rijen()[Math.min(plaats, rijen().length - 1)].querySelector("input").focus();
    });
    rij.append(weg);
    return rij;
  }

  function voegToe() {
    vak.append(metWeghaalknop(voorbeeld.cloneNode(true)));
  }

  const knop = document.createElement("button");
  knop.type = "button";
  knop.className = "utrecht-button utrecht-button--secondary-action";
  knop.textContent = "Nog een gesprekspartner";
  knop.addEventListener("click", () => {
    voegToe();
    tel();
    rijen().at(-1).querySelector("input").focus();
  });

  rijen().forEach(metWeghaalknop);
  for (const rij of rijen().slice(1).reverse()) {
    if (isLeeg(rij) && !heeftFout(rij)) rij.remove();
  }
  vak.after(knop);
  tel();
}
