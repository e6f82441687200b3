/**
 * A page that saves by itself what is typed on it, through the queue on the device (wachtrij.js, verzender.js).
 *
 * What is saved each by itself is a "vraag": a question of an interview (vraag.js), or the text of a passage of the report. For a
 * form with `data-bewaren`; without this module, or where the browser cannot keep anything and says so, the form is an ordinary
 * one with a button. A button with a name that is not "verder" is sent the ordinary way, once everything is stored.
 */
import { Bewaarstand, merk } from "./bewaarstand.js";
import { toonPaneel } from "./paneel.js";
import { csrf } from "./verzender.js";
import { kern } from "./vraag.js";
import { RUST, wieKiest } from "./wachtrij.js";

const HALF_GETYPT = 10_000; // milliseconds for a municipality that is not yet one of the list

export class Invulpagina {
  #eigen = new Set(); // keys of the changes that this page made, or took from the device
  #bezig = 0; // changes on their way to the device
  #kapot = false; // the device refuses: the button does it the ordinary way
  #keten = new Map();
  #tijden = new Map();
  #tijd = "";
  #rijen = [];
  #verversing = null;
  #doorlaten = false; // the next submission goes the ordinary way

  /** `blad` of the form says what is filled in: an interview, or a passage. */
  constructor(formulier, { wachtrij, verzender }, vragen, rust = RUST) {
    Object.assign(this, { formulier, wachtrij, verzender, rust });
    this.vragen = new Map(vragen.map((vraag) => [vraag.plek, vraag]));
    this.stand = new Bewaarstand();
  }

  async begin() {
    this.formulier.addEventListener("input", (wat) => this.#getypt(wat.target, this.rust));
    this.formulier.addEventListener("change", (wat) => this.#getypt(wat.target, 0));
    this.formulier.addEventListener("submit", (wat) => this.#knop(wat));
    addEventListener("beforeunload", (wat) => this.#nogNietVeilig() && wat.preventDefault());
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
    this.verzender.addEventListener("bewaard", ({ detail }) => this.#bewaard(detail));
    this.verzender.addEventListener("toestand", () => this.ververs());
    await this.#legErover();
    await this.ververs();
    await this.verzender.verzend({ meteen: true });
  }

  // --- From the device onto the page -----------------------------------------------------------------------------------

  /** What the device knows better than the page that came from the server, or from the store. */
  async #legErover() {
    const oud = [];
    for (const stand of await this.wachtrij.standen()) {
      const vraag = this.vragen.get(stand.plek);
      if (!vraag) continue;
      if (stand.versie > vraag.versie) this.#neemOver(vraag, stand);
      else oud.push(stand.plek);
    }
    await this.wachtrij.vergeetStanden(oud);
    for (const rij of await this.wachtrij.rijen()) {
      const vraag = this.vragen.get(rij.plek);
      if (!vraag) continue;
      this.#eigen.add(rij.sleutel);
      if (rij.reden && this.#reden() === null) this.formulier.elements.reden.value = rij.reden;
      const getypt = vraag.ongewijzigd ? null : vraag.lees();
      vraag.schrijf(getypt ? samen(rij.inhoud, getypt) : rij.inhoud);
    }
    for (const vraag of this.vragen.values()) if (!vraag.ongewijzigd) this.#leg(vraag, 0);
    this.#routing();
  }

  #neemOver(vraag, { versie, inhoud }) {
    const vrij = vraag.ongewijzigd || kern(vraag.lees()) === kern(inhoud);
    if (!vrij) return; // typed over already: the server will show both
    vraag.schrijf(inhoud);
    vraag.versie = versie;
    vraag.opgeslagen = kern(inhoud);
  }

  #bewaard({ rij, versie, tijd, voortgang }) {
    if (rij.blad !== this.formulier.dataset.blad) return;
    const vraag = this.vragen.get(rij.plek);
    this.#tijd = tijd;
    toonVoortgang(voortgang);
    if (!vraag) return;
    this.#tijden.set(rij.plek, tijd);
    if (this.#eigen.has(rij.sleutel)) {
      vraag.versie = versie;
      vraag.opgeslagen = kern(rij.inhoud);
    } else this.#neemOver(vraag, { versie, inhoud: rij.inhoud });
    this.#routing();
    this.ververs();
  }

  /** Follow-up questions look at the page, whoever changed it. */
  #routing() {
    document.dispatchEvent(new Event("change"));
  }

  /** Say how it stands; several requests in a row are one. */
  ververs(hardop = false) {
    this.#verversing ??= this.wachtrij
      .rijen()
      .then((rijen) => this.#toon(rijen, hardop))
      .catch(() => {})
      .finally(() => (this.#verversing = null));
    return this.#verversing;
  }

  #toon(rijen, hardop) {
    const { toestand } = this.verzender;
    const laatste = wieKiest(rijen);
    this.#rijen = rijen;
    this.#toonStand(hardop);
    for (const [plek, vraag] of this.vragen) {
      merk(vraag, laatste.get(plek), toestand, this.#tijden.get(plek));
      toonPaneel(vraag, laatste.get(plek), (keuze) => this.#kies(vraag, keuze));
    }
  }

  /** The line for the page; "opgeslagen" goes from it at the keystroke, not when that has reached the device. */
  #toonStand(hardop = false) {
    const toestand = this.#bezig && this.verzender.toestand === "rust" ? "bezig" : this.verzender.toestand;
    const blijvend = this.wachtrij.blijvend && !this.#kapot;
    this.stand.toon({ rijen: this.#rijen, toestand, tijd: this.#tijd, blijvend }, hardop);
  }

  // --- From the page onto the device -----------------------------------------------------------------------------------

  /** Why: "" where nobody asks, null where it is asked and not yet given. */
  #reden() {
    const { reden } = this.formulier.elements;
    return reden ? reden.value.trim() || null : "";
  }

  #getypt(veld, rust) {
    if (veld.name === "reden") return rust || this.#legAlles();
    const element = veld.closest("[data-vraag]");
    if (!element) return;
    const vraag = [...this.vragen.values()].find((een) => een.element === element);
    vraag.getypt?.(veld);
    this.#leg(vraag, rust && !vraag.isAf() ? HALF_GETYPT : rust);
  }

  #legAlles() {
    return Promise.all([...this.vragen.values()].filter((vraag) => !vraag.ongewijzigd).map((vraag) => this.#leg(vraag, 0)));
  }

  /** Onto the device, one change after the other; each takes the content as it is when its turn comes. */
  #leg(vraag, rust) {
    const leg = async () => {
      const { doel, blad, titel } = this.formulier.dataset;
      const inhoud = vraag.lees();
      if (vraag.ongewijzigd && (await this.wachtrij.trekIn(vraag.plek, this.#eigen))) return;
      const { plek, code, versie } = vraag;
      const waar = { plek, vraag: code, blad, doel, titel, pagina: location.pathname };
      const rij = { ...waar, versie, inhoud, reden: this.#reden(), woorden: vraag.inWoorden(inhoud), rijp: Date.now() + rust };
      this.#eigen.add(await this.wachtrij.wijzig(rij, this.#eigen));
      this.verzender.straks(rust);
    };
    this.#bezig++;
    if (!vraag.ongewijzigd) this.#toonStand();
    const klaar = (this.#keten.get(vraag.plek) ?? Promise.resolve())
      .then(leg)
      .catch(() => (this.#kapot = true))
      .finally(() => {
        this.#bezig--;
        this.verzender.meld("toestand");
      });
    this.#keten.set(vraag.plek, klaar);
    return klaar;
  }

  #nogNietVeilig() {
    return this.#bezig > 0 || this.#kapot || (!this.wachtrij.blijvend && this.#rijen.length > 0);
  }

  // --- Buttons -----------------------------------------------------------------------------------------------------------

  #knop(gebeurtenis) {
    this.formulier.elements.csrfmiddlewaretoken.value = csrf() || this.formulier.elements.csrfmiddlewaretoken.value;
    if (this.#kapot) return;
    if (this.#doorlaten) return (this.#doorlaten = false);
    gebeurtenis.preventDefault();
    const { submitter } = gebeurtenis;
    if (submitter?.name && submitter.name !== "verder") this.#daarna(submitter);
    else this.#bewaarAlles(submitter?.name === "verder");
  }

  async #verzendAlles() {
    await this.#legAlles();
    await this.wachtrij.rijpAlles();
    await this.verzender.verzend({ meteen: true });
    await this.ververs();
  }

  /** What another button asks is asked of the stored text; it waits for whoever has to choose first. */
  async #daarna(knop) {
    await this.#verzendAlles();
    const hier = this.#rijen.filter((rij) => rij.pagina === location.pathname);
    if (hier.length) return this.ververs(true);
    this.#doorlaten = true;
    this.formulier.requestSubmit(knop);
  }

  async #bewaarAlles(verder) {
    await this.#verzendAlles();
    await this.ververs(true);
    const paneel = this.formulier.querySelector("[data-paneel]");
    if (paneel) return paneel.querySelector("button").focus();
    const zonderReden = (rij) => rij.reden === null && rij.pagina === location.pathname;
    if (this.#rijen.some(zonderReden)) return this.formulier.elements.reden.focus();
    if (!verder) return;
    if (["sessie", "ander"].includes(this.verzender.toestand)) return this.stand.regel.querySelector("a")?.focus();
    location.assign(document.querySelector(".zijnavigatie li:has([aria-current]) + li a").href);
  }

  async #kies(vraag, keuze) {
    const eigen = new Set(this.#eigen);
    const rij = await this.#volgens(vraag, keuze);
    const vanHier = rij && (eigen.has(rij.sleutel) || eigen.has(rij.keten) || vraag.ongewijzigd); // or of another tab
    if (rij && keuze !== "houd") this.#eigen.add(rij.sleutel);
    if (vanHier && keuze === "mijn") vraag.schrijf(rij.inhoud);
    if (vanHier && keuze === "houd") {
      vraag.schrijf(rij.opgeslagen.inhoud);
      vraag.versie = rij.opgeslagen.versie;
      vraag.opgeslagen = kern(rij.opgeslagen.inhoud);
    }
    if (keuze === "verwerp") location.reload();
    this.#routing();
    await this.verzender.verzend({ meteen: true });
    await this.ververs();
    this.verzender.meld("toestand");
    vraag.element.querySelector("input:checked, input[type=radio], textarea, input:not([type=hidden])").focus();
  }

  #volgens(vraag, keuze) {
    if (keuze === "verwerp") return this.wachtrij.verwerp(vraag.plek);
    if (keuze === "opnieuw") return this.wachtrij.herkans(vraag.plek);
    return this.wachtrij.kies(vraag.plek, keuze === "mijn");
  }
}

/** Typed before what waited could be shown: nothing of either goes. */
function samen(wachtte, getypt) {
  const beide = (naam) => [...new Set([wachtte[naam], getypt[naam]])].filter(Boolean).join("\n");
  const uit = { ...wachtte };
  for (const naam of ["tekst", "toelichting", "citaat", "intentie"]) if (naam in getypt) uit[naam] = beide(naam);
  for (const naam of ["keuze", "gemeente", "horizon", "thema"]) if (getypt[naam]) uit[naam] = getypt[naam];
  if (getypt.rijen?.length) uit.rijen = [...(wachtte.rijen ?? []), ...getypt.rijen];
  return uit;
}

function toonVoortgang(voortgang = {}) {
  for (const [code, [beantwoord, gevraagd]] of Object.entries(voortgang)) {
    const stand = document.querySelector(`.zijnavigatie a[href$="/onderdeel/${CSS.escape(code)}/"] .zijnavigatie__stand`);
    if (stand) stand.textContent = `${beantwoord} van ${gevraagd}`;
  }
}
