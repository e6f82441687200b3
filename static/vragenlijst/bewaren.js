/** Saves each answer of an interview by itself while somebody types. */
import { Invulpagina } from "./invulpagina.js";
import { verzorgToetsen } from "./toetsen.js";
import { apparaat } from "./verzender.js";
import { leerZonderVerbinding } from "./voorraad.js";
import { Vraag } from "./vraag.js";

const formulier = document.querySelector("form[data-bewaren]");
if (formulier && isSecureContext) {
  const toestel = await apparaat(formulier.dataset.gebruiker);
  const { blad } = formulier.dataset;
  const vragen = [...formulier.querySelectorAll("[data-vraag]")].map((element) => new Vraag(element, blad));
  const pagina = new Invulpagina(formulier, toestel, vragen);
  verzorgToetsen(formulier);
  leerZonderVerbinding();
  await pagina.begin();
}
