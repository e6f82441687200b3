/**
 * Shows follow-up questions as soon as the answer that opens them is chosen, and hides them when it is not.
 *
 * Without this module every question is on the page with its condition in words. Hidden answers stay in the form: changing
 * one's mind never destroys text.
 *
 * A question is an element with `data-vraag`; `data-voorwaarde-veld` and `data-voorwaarde-keuze` name the field and the choice
 * it hangs on, `data-gevraagd` says whether it is open when that field is on another page.
 */
const vragen = [...document.querySelectorAll("[data-vraag]")];
const opNaam = new Map(vragen.map((vraag) => [vraag.dataset.vraag, vraag]));

function isOpen(vraag) {
  const veld = vraag.dataset.voorwaardeVeld;
  if (!veld) return true;
  const bepalend = opNaam.get(veld);
  if (!bepalend) return vraag.dataset.gevraagd === "ja";
  const gekozen = bepalend.querySelector(`input[name="${veld}"]:checked`);
  return isOpen(bepalend) && gekozen?.value === vraag.dataset.voorwaardeKeuze;
}

function ververs() {
  for (const vraag of vragen) vraag.hidden = !isOpen(vraag);
}

document.addEventListener("change", ververs);
document.addEventListener("reset", () => setTimeout(ververs));
ververs();
