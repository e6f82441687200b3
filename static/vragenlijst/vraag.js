/**
 * One question on the page: reads what its controls say, and writes an answer into them.
 *
 * The content has the names of the server: keuze, tekst, gemeente, rijen, toelichting, citaat, intentie, horizon, thema.
 */
const APART = ["toelichting", "citaat", "intentie", "horizon", "thema"]; // kept apart from the answer itself
const MEEST = 40; // rows of afspraken

/** The same content gives the same text, whatever order its fields are in and whichever are empty. */
export function kern(inhoud) {
  const rijen = (inhoud.rijen ?? []).filter((rij) => rij.some(Boolean));
  const velden = ["keuze", "tekst", "gemeente", ...APART].map((naam) => (inhoud[naam] ?? "").trim());
  return JSON.stringify([...velden, rijen]);
}

export class Vraag {
  constructor(element, blad) {
    this.element = element;
    this.code = element.id;
    this.naam = element.dataset.vraag;
    this.plek = `${blad}/${this.code}`;
    this.versieveld = element.querySelector(`[name="${this.naam}-versie"]`);
    this.versieveld.value = element.dataset.versie; // not what the browser remembered of an earlier visit
    this.opgeslagen = kern(this.lees((veld) => veld.defaultValue, "defaultChecked")); // as the server sent it
    this.#maakRegelknop();
  }

  get versie() {
    return Number(this.versieveld.value) || 0;
  }

  set versie(versie) {
    this.versieveld.value = versie;
  }

  get soort() {
    return this.element.dataset.soort;
  }

  get ongewijzigd() {
    return kern(this.lees()) === this.opgeslagen;
  }

  #veld(achter = "") {
    return this.element.querySelector(`[name="${this.naam}${achter}"]`);
  }

  #regels() {
    return [...this.element.querySelectorAll(".afspraken .veldenrij")].map((rij) =>
      [...rij.querySelectorAll("input, textarea")],
    );
  }

  /** What the controls say; or another side of them, such as what they held when the page came. */
  lees(waarde = (veld) => veld.value, gekozen = "checked") {
    const tekst = (veld) => waarde(veld).trim();
    const apart = APART.map((naam) => [naam, this.#veld(`-${naam}`)]).filter(([, veld]) => veld);
    const keuze = this.#rondjes().find((rondje) => rondje[gekozen])?.value ?? "";
    return { keuze, ...this.#ingevuld(tekst), ...Object.fromEntries(apart.map(([naam, veld]) => [naam, tekst(veld)])) };
  }

  #ingevuld(tekst) {
    if (this.soort === "keuze") return {};
    if (this.soort === "gemeente") return { gemeente: tekst(this.#veld()) };
    if (this.soort !== "afspraken") return { tekst: tekst(this.#veld()) };
    const rijen = this.#regels().map((velden) => velden.map(tekst));
    return { rijen: rijen.filter((rij) => rij.some(Boolean)) };
  }

  /** The choices: of a closed question its answers, of another *weet niet* and *n.v.t.* below the answer. */
  #rondjes() {
    const naam = this.soort === "keuze" ? this.naam : `${this.naam}-uitweg`;
    return [...this.element.querySelectorAll(`[name="${naam}"]`)];
  }

  /** Who types an answer takes back that there is none. */
  getypt(veld) {
    const uitweg = this.soort !== "keuze" && this.#rondjes().find((rondje) => rondje.value === "");
    if (uitweg && veld.value.trim() && !APART.some((naam) => veld.name.endsWith(`-${naam}`)) && veld.type !== "radio") {
      uitweg.checked = true;
    }
  }

  /** Leaves alone what already says so: a caret stays where it is. */
  schrijf(inhoud) {
    if (kern(inhoud) === kern(this.lees())) return;
    const zet = (veld, tekst) => veld.value.trim() === (tekst ?? "") || (veld.value = tekst ?? "");
    for (const rondje of this.#rondjes()) rondje.checked = rondje.value === (inhoud.keuze ?? "");
    if (this.soort === "afspraken") {
      const rijen = inhoud.rijen ?? [];
      while (this.#regels().length < Math.min(MEEST, rijen.length + 1)) this.voegRegelToe();
      this.#regels().forEach((velden, nr) => velden.forEach((veld, plaats) => zet(veld, rijen[nr]?.[plaats])));
    } else if (this.soort !== "keuze") zet(this.#veld(), this.soort === "gemeente" ? inhoud.gemeente : inhoud.tekst);
    for (const naam of APART) {
      const veld = this.#veld(`-${naam}`);
      if (veld) zet(veld, inhoud[naam]);
      if (veld && inhoud[naam]) veld.closest("details").open = true;
    }
  }

  /** The content in words: what the panels show. */
  inWoorden(inhoud) {
    const label = inhoud.keuze && this.#rondjes().find((rondje) => rondje.value === inhoud.keuze);
    const regels = [
      label ? document.querySelector(`label[for="${label.id}"]`).textContent : inhoud.keuze,
      inhoud.tekst,
      inhoud.gemeente,
      ...(inhoud.rijen ?? []).map(([partij, afspraak]) => `${partij || "(geen partij)"}: ${afspraak || "(geen afspraak)"}`),
      inhoud.toelichting && `Toelichting: ${inhoud.toelichting}`,
      inhoud.citaat && `Citaat: ${inhoud.citaat}`,
      inhoud.intentie && `Intentie: ${inhoud.intentie}`,
      inhoud.horizon && `Voor wanneer: ${inhoud.horizon}`,
      inhoud.thema && `Thema: ${inhoud.thema}`,
    ].filter(Boolean);
    return regels.join("\n") || "Geen antwoord";
  }

  /** Whether typing so far can be stored: half a municipality cannot, half a date or number cannot, nor an intention before its answer. */
  isAf() {
    const { keuze, tekst, gemeente, rijen, intentie, horizon } = this.lees();
    const beantwoord = keuze || tekst || gemeente || rijen?.length;
    if ((intentie && !beantwoord) || (horizon && !(intentie && /\d{4}$/.test(horizon)))) return false;
    if (["getal", "datum"].includes(this.soort)) return !tekst; // whether 12 is all of it shows when the field is left
    if (this.soort !== "gemeente") return true;
    const getypt = this.#veld().value.trim();
    return !getypt || [...(this.#veld().list?.options ?? [])].some((keuze) => keuze.value === getypt);
  }

  #maakRegelknop() {
    if (this.soort !== "afspraken") return;
    const knop = document.createElement("button");
    knop.type = "button";
    knop.className = "utrecht-button utrecht-button--secondary-action afspraken__erbij";
    knop.textContent = "Regel toevoegen";
    knop.addEventListener("click", () => this.voegRegelToe()?.querySelector("input").focus());
    this.element.querySelector(".afspraken").append(knop);
    this.regelknop = knop;
    knop.hidden = this.#regels().length >= MEEST;
  }

  voegRegelToe() {
    const regels = [...this.element.querySelectorAll(".afspraken .veldenrij")];
    const nr = regels.length;
    if (nr >= MEEST) return null;
    const nieuw = regels.at(-1).cloneNode(true);
    for (const deel of nieuw.querySelectorAll("[name], [id], [for]")) {
      for (const naam of ["name", "id", "for"]) {
        if (deel.hasAttribute(naam)) deel.setAttribute(naam, deel.getAttribute(naam).replace(/-\d+-/, `-${nr}-`));
      }
      if ("value" in deel && deel.name) deel.value = "";
      if (deel.matches("label")) deel.textContent = deel.textContent.replace(/\d+/, nr + 1);
    }
    regels.at(-1).after(nieuw);
    this.regelknop.hidden = nr + 1 >= MEEST;
    return nieuw;
  }
}
