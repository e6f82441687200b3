/**
 * Says how it stands: one line for the page, a mark at each question, and a voice that only speaks up when there is news.
 */
import { hoeveel } from "./wachtrij.js";

const wachten = (rijen) => `er ${hoeveel(rijen).startsWith("1 ") ? "wacht" : "wachten"} ${hoeveel(rijen)}`;

/** Class, words (a pair is a link: text, address) and whether it is worth saying aloud. */
export function zin({ rijen, toestand, tijd, blijvend }) {
  const met = (stand) => rijen.filter((rij) => rij.stand === stand);
  if (toestand === "sessie") {
    const login = `/inloggen/?next=${encodeURIComponent(location.pathname)}`;
    return { soort: "let-op", delen: ["Uw sessie is verlopen: ", ["log opnieuw in", login], `; ${wachten(rijen)}`] };
  }
  if (toestand === "ander") {
    return { soort: "let-op", delen: [`Op dit apparaat is nu iemand anders ingelogd; ${wachten(rijen)} op u`] };
  }
  const [botst, geweigerd] = [met("conflict"), met("geweigerd")];
  if (botst.length) return { soort: "fout", delen: ["Conflict bij ", ...opsomming(botst)] };
  if (geweigerd.length) return { soort: "fout", delen: ["Niet opgeslagen: ", ...opsomming(geweigerd)] };
  const zonder = rijen.filter((rij) => rij.reden === null);
  if (zonder.length) {
    const { pagina } = zonder[0];
    const reden = ["geef eerst de reden van de wijziging", `${pagina === location.pathname ? "" : pagina}#id_reden`];
    return { soort: "let-op", delen: [`Nog niet opgeslagen: ${hoeveel(zonder)}; `, reden, waarschuwing(blijvend)] };
  }
  if (toestand === "geen verbinding" || toestand === "storing") {
    const waarom = toestand === "storing" ? "de monitor antwoordt niet" : "geen verbinding";
    if (rijen.length) return { soort: "wacht", delen: [`Nog niet verzonden: ${hoeveel(rijen)}, ${waarom}`, waarschuwing(blijvend)] };
    return { soort: "wacht", delen: [blijvend ? "Geen verbinding. Wat u typt, wordt op dit apparaat bewaard" : "Geen verbinding", waarschuwing(blijvend)] };
  }
  if (rijen.length || toestand === "bezig") return { soort: "bezig", delen: ["Bezig met opslaan"] };
  if (tijd) return { soort: "klaar", delen: [`Opgeslagen om ${tijd}`] };
  return { soort: "rust", delen: ["Wat u invult, wordt meteen bewaard"] };
}

const waarschuwing = (blijvend) => (blijvend ? "" : ". Deze browser bewaart niets: laat de pagina open");

/** V1.3 and V2.5, as links; of another page by its title. */
function opsomming(rijen) {
  return rijen.flatMap((rij, nr) => {
    const hier = rij.pagina === location.pathname;
    const naam = hier ? rij.vraag : `${rij.vraag} (${rij.titel})`;
    return [nr ? ", " : "", [naam, `${hier ? "" : rij.pagina}#${rij.vraag}`]];
  });
}

export class Bewaarstand {
  #gezegd = "rust";

  constructor() {
    this.vak = document.querySelector("[data-bewaarstand]");
    this.regel = this.vak.querySelector("[data-regel]");
    this.stem = document.querySelector("[data-melding]");
    this.vak.hidden = false;
  }

  toon(hoe, hardop = false) {
    const { soort, delen } = zin(hoe);
    const tekst = delen.map((deel) => (Array.isArray(deel) ? deel[0] : deel)).join("");
    if (this.vak.dataset.soort !== soort || this.regel.textContent !== tekst) {
      this.vak.dataset.soort = soort;
      this.regel.replaceChildren(...delen.filter(Boolean).map(knoop));
    }
    this.#zeg(soort, tekst, hardop);
  }

  /** Trouble is told once, and that it is over; saving by itself is not told at each answer. */
  #zeg(soort, tekst, hardop) {
    if (soort === "bezig") return;
    const mis = (welke) => !["rust", "klaar"].includes(welke);
    if (hardop || (soort !== this.#gezegd && (mis(soort) || mis(this.#gezegd)))) this.stem.textContent = tekst;
    this.#gezegd = soort;
  }
}

function knoop(deel) {
  if (!Array.isArray(deel)) return document.createTextNode(deel);
  const link = document.createElement("a");
  [link.textContent, link.href] = deel;
  return link;
}

/** The mark at one question. */
export function merk(vraag, rij, toestand, tijd) {
  const merkje = vraag.element.querySelector("[data-vraagstand]");
  const [soort, tekst] = merkteken(rij, toestand, tijd);
  if (merkje.textContent === tekst) return;
  merkje.dataset.soort = soort;
  merkje.textContent = tekst;
}

function merkteken(rij, toestand, tijd) {
  if (rij?.stand === "conflict") return ["fout", "conflict"];
  if (rij?.stand === "geweigerd") return ["fout", "niet opgeslagen"];
  if (rij?.reden === null) return ["wacht", "wacht op de reden"];
  if (rij) return ["rust", "bezig"].includes(toestand) ? ["bezig", "wordt opgeslagen"] : ["wacht", "wacht op dit apparaat"];
  return tijd ? ["klaar", `opgeslagen om ${tijd}`] : ["rust", ""];
}
