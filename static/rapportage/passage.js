/** The desk of a passage: saves the text by itself while somebody types, and shows beside it what the server makes of it. */
import { begin as bind } from "./binden.js";
import { Invulpagina } from "../vragenlijst/invulpagina.js";
import { apparaat } from "../vragenlijst/verzender.js";
import { leerZonderVerbinding } from "../vragenlijst/voorraad.js";
import { begin as kijkMee } from "./meekijken.js";
import { Tekstvak } from "./tekstvak.js";

const RUST = 1500; // milliseconds without typing before the text is sent

/** What the page said when it came is no longer so: who changed it last, and what an earlier button had done. */
function klaar({ gewijzigd }) {
  if (gewijzigd) document.querySelector("[data-gewijzigd]").textContent = gewijzigd;
  for (const bericht of document.querySelectorAll(".bericht:not(.utrecht-alert--error)")) bericht.remove();
}

const formulier = document.querySelector("form[data-meekijken]");
if (formulier) kijkMee(formulier);
if (formulier) bind(formulier, formulier.elements.tekst);
if (formulier?.matches("[data-bewaren]") && isSecureContext) {
  const toestel = await apparaat(formulier.dataset.gebruiker);
  const vakken = [...formulier.querySelectorAll("[data-vraag]")].map((element) => new Tekstvak(element, formulier));
  const pagina = new Invulpagina(formulier, toestel, vakken, RUST);
  leerZonderVerbinding();
  toestel.verzender.addEventListener("bewaard", ({ detail }) => detail.rij.blad === formulier.dataset.blad && klaar(detail));
  await pagina.begin();
}
