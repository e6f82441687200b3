/**
 * The queue on the device: what was typed and is not yet known to be stored. One database per person.
 *
 * A row (`rij`) is one change of one answer, or of the text of a passage. It is written here before it is sent and goes only after the server said 200.
 *
 *     wacht       never sent: a later change of the same answer takes its place
 *     geprobeerd  sent at least once: the server may have it, so it keeps its content and its key until it is acknowledged;
 *                 a later change follows in a row of its own, whose `versie` is null until then
 *     conflict    refused with 409: waits for the person's choice, with what stands there in `opgeslagen`
 *     geweigerd   refused for good, with the reason in `fout`: waits for a change, or to be thrown away
 *
 * Rows that follow each other are a `keten`: what one page, or pages that saw each other's change, made of one answer. A tab that
 * did not see what another tab typed there begins a keten of its own, over the version that it did see: the server refuses the
 * later one with 409, as it does for two people.
 *
 * Once there has been a gespreksverslag a change takes a `reden`: null until somebody gave it, and so long the row stays here.
 *
 * Beside the queue stands what was acknowledged last (`stand`), so that a page from the store shows it too.
 *
 * The rules are plain functions over all rows, run inside one transaction. Without IndexedDB (some private windows) the same
 * rules run over a list in memory, and `blijvend` is false.
 */
const VOORVOEGSEL = "antwoorden-";
export const RUST = 700; // milliseconds without typing before an answer is sent
const ONGELOOFLIJK = 60_000; // a rest longer than this means that the clock was set back

/** "1 antwoord", "3 antwoorden", "1 tekst": what waits, in a word. */
export function hoeveel(rijen) {
  const getal = new Set(rijen.map((rij) => rij.plek)).size;
  const soort = rijen.some((rij) => rij.vraag !== "tekst") ? ["antwoord", "antwoorden"] : ["tekst", "teksten"];
  return `${getal} ${soort[getal === 1 ? 0 : 1]}`;
}

export const nieuweSleutel = () => crypto.randomUUID();

// --- Rules: rows in; rows to write, rows to remove and an outcome out ------------------------------------------------

const op = (rijen, plek) => rijen.filter((rij) => rij.plek === plek);
const gezien = (rijen, plek, eigen) => op(rijen, plek).filter((rij) => eigen.has(rij.sleutel));
const zelfde = (een, ander) => JSON.stringify(een) === JSON.stringify(ander);

/** A change: joins the row that waits, or follows the one that is on its way. `eigen`: keys that this page made, or saw. */
function wijzig(rijen, stand, nieuw, eigen) {
  const laatste = gezien(rijen, nieuw.plek, eigen).at(-1);
  const sleutelVers = nieuweSleutel();
  const vers = { ...nieuw, sleutel: sleutelVers, keten: laatste?.keten ?? sleutelVers, stand: "wacht" };
  if (!laatste) {
    // Acknowledged between typing and writing: this change was typed over that one, not over what the page had before.
    const bewaard = stand.find((regel) => regel.plek === nieuw.plek && eigen.has(regel.sleutel));
    const versie = Math.max(nieuw.versie, bewaard?.versie ?? 0);
    return { zet: [{ ...vers, versie }], uitkomst: vers.sleutel };
  }
  const reden = nieuw.reden ?? laatste.reden;
  const opnieuw = laatste.stand === "geweigerd" && laatste.reden !== reden;
  if (laatste.stand !== "wacht" && !opnieuw && zelfde(laatste.inhoud, nieuw.inhoud)) return { uitkomst: laatste.sleutel };
  if (laatste.stand === "geprobeerd") return { zet: [{ ...vers, versie: null }], uitkomst: vers.sleutel };
  const { inhoud, woorden, rijp } = nieuw;
  if (laatste.stand === "conflict") return { zet: [{ ...laatste, inhoud, woorden, reden }], uitkomst: laatste.sleutel };
  const { fout, ...rest } = laatste;
  const sleutel = laatste.stand === "geweigerd" ? vers.sleutel : laatste.sleutel;
  return { zet: [{ ...rest, inhoud, woorden, reden, rijp, sleutel, stand: "wacht" }], uitkomst: sleutel };
}

/** Typed back to what is stored: what never left the device need not. False when that cannot be said. */
function trekIn(rijen, plek, eigen) {
  const hier = gezien(rijen, plek, eigen);
  const vrij = hier.length === 1 && ["wacht", "geweigerd"].includes(hier[0].stand);
  return { weg: vrij ? hier : [], uitkomst: vrij || hier.length === 0 };
}

/** The next row to send, marked as tried; by sequence. */
function neem(rijen, nu) {
  const rust = (rij) => rij.rijp > nu && rij.rijp - nu < ONGELOOFLIJK;
  const opPlek = new Set(); // an answer of which somebody still types: another tab's change of it waits its turn
  const rij = rijen.find((rij) => {
    if (opPlek.has(rij.plek) || rij.versie === null || rij.reden === null) return false;
    if (rij.stand === "wacht" && rust(rij)) opPlek.add(rij.plek);
    return rij.stand === "geprobeerd" || (rij.stand === "wacht" && !rust(rij));
  });
  if (!rij) return { uitkomst: null };
  const genomen = { ...rij, stand: "geprobeerd" };
  return { zet: [genomen], uitkomst: genomen };
}

function volgers(rijen, rij) {
  return op(rijen, rij.plek).filter((ander) => ander.keten === rij.keten && ander.volg > rij.volg);
}

function bevestig(rijen, rij, versie) {
  const { plek, sleutel, inhoud } = rij;
  return {
    weg: [rij],
    zet: volgers(rijen, rij).map((volger) => ({ ...volger, versie })),
    stand: { plek, sleutel, versie, inhoud },
  };
}

function botst(rijen, rij, opgeslagen) {
  const later = volgers(rijen, rij);
  const { inhoud, woorden } = later.at(-1) ?? rij;
  return { weg: later, zet: [{ ...rij, inhoud, woorden, stand: "conflict", opgeslagen }] };
}

function weiger(rijen, rij, fout) {
  const later = volgers(rijen, rij);
  if (later.length) return { weg: [rij], zet: later.map((volger) => ({ ...volger, versie: rij.versie })) };
  return { zet: [{ ...rij, stand: "geweigerd", fout }] };
}

/** Per answer the row to speak of: one that somebody has to choose about, or else the last. */
export function wieKiest(rijen) {
  const kiezen = rijen.filter((rij) => ["conflict", "geweigerd"].includes(rij.stand));
  return new Map([...rijen, ...kiezen].map((rij) => [rij.plek, rij]));
}

/** The choice in a conflict: mine goes over what stands there, or what stands there stays. */
function kies(rijen, plek, mijne) {
  const rij = wieKiest(rijen).get(plek);
  if (rij?.stand !== "conflict") return { uitkomst: null };
  const { opgeslagen, ...rest } = rij;
  if (!mijne) return { weg: [rij], stand: { plek, sleutel: rij.sleutel, ...opgeslagen }, uitkomst: rij };
  const opnieuw = { ...rest, stand: "wacht", rijp: 0, versie: opgeslagen.versie, sleutel: nieuweSleutel() };
  return { zet: [opnieuw], uitkomst: opnieuw };
}

/** What was refused, once more as it is, under a new key. */
function herkans(rijen, plek) {
  const geweigerd = op(rijen, plek).filter((rij) => rij.stand === "geweigerd");
  const zet = geweigerd.map(({ fout, ...rij }) => ({ ...rij, stand: "wacht", rijp: 0, sleutel: nieuweSleutel() }));
  return { zet, uitkomst: zet[0] ?? null };
}

// --- Where the rows are ----------------------------------------------------------------------------------------------

const belofte = (verzoek) =>
  new Promise((klaar, mis) => {
    verzoek.onsuccess = () => klaar(verzoek.result);
    verzoek.onerror = () => mis(verzoek.error);
  });

class OpApparaat {
  constructor(db) {
    this.db = db;
    db.onversionchange = () => db.close(); // another tab logs out and wipes
  }

  static async open(gebruiker) {
    const verzoek = indexedDB.open(VOORVOEGSEL + gebruiker, 1);
    verzoek.onupgradeneeded = () => {
      verzoek.result.createObjectStore("rij", { keyPath: "volg", autoIncrement: true });
      verzoek.result.createObjectStore("stand", { keyPath: "plek" });
    };
    return new OpApparaat(await belofte(verzoek));
  }

  /** One transaction: `regel` sees everything as it is then, and what it returns is on the disk when this resolves. */
  doe(regel) {
    return new Promise((klaar, mis) => {
      const werk = this.db.transaction(["rij", "stand"], "readwrite", { durability: "strict" });
      const [rij, stand] = [werk.objectStore("rij"), werk.objectStore("stand")];
      let besluit;
      stand.getAll().onsuccess = ({ target: standen }) => {
        rij.getAll().onsuccess = ({ target: rijen }) => {
          besluit = regel(rijen.result, standen.result);
          besluit.weg?.forEach((oud) => rij.delete(oud.volg));
          besluit.zet?.forEach((nieuw) => rij.put(nieuw));
          besluit.zonderStand?.forEach((plek) => stand.delete(plek));
          if (besluit.stand) stand.put(besluit.stand);
          if (besluit.alles) [rij, stand].forEach((vak) => vak.clear());
        };
      };
      werk.oncomplete = () => klaar(besluit.uitkomst);
      werk.onerror = werk.onabort = () => mis(werk.error ?? new Error("afgebroken"));
    });
  }
}

class InGeheugen {
  rijen = [];
  standen = new Map();
  volg = 0;

  async doe(regel) {
    const besluit = regel([...this.rijen], [...this.standen.values()]);
    const weg = new Set([...(besluit.weg ?? []), ...(besluit.zet ?? [])].map((rij) => rij.volg));
    this.rijen = besluit.alles ? [] : this.rijen.filter((rij) => !weg.has(rij.volg));
    besluit.zet?.forEach((rij) => this.rijen.push({ ...rij, volg: rij.volg ?? ++this.volg }));
    this.rijen.sort((een, ander) => een.volg - ander.volg);
    if (besluit.stand) this.standen.set(besluit.stand.plek, besluit.stand);
    return besluit.uitkomst;
  }
}

export class Wachtrij {
  #vak;

  constructor(gebruiker, vak) {
    this.gebruiker = gebruiker;
    this.#vak = vak;
    this.blijvend = vak instanceof OpApparaat;
  }

  static async open(gebruiker) {
    const vak = await OpApparaat.open(gebruiker).catch(() => new InGeheugen());
    return new Wachtrij(gebruiker, vak);
  }

  /** All rows, in order. */
  rijen = () => this.#vak.doe((rijen) => ({ uitkomst: rijen }));
  standen = () => this.#vak.doe((rijen, standen) => ({ uitkomst: standen }));
  vergeetStanden = (plekken) => this.#vak.doe(() => ({ zonderStand: plekken }));
  wijzig = (nieuw, eigen) => this.#vak.doe((rijen, standen) => wijzig(rijen, standen, nieuw, eigen));
  trekIn = (plek, eigen) => this.#vak.doe((rijen) => trekIn(rijen, plek, eigen));
  neem = () => this.#vak.doe((rijen) => neem(rijen, Date.now()));
  bevestig = (rij, versie) => this.#vak.doe((rijen) => bevestig(rijen, rij, versie));
  botst = (rij, opgeslagen) => this.#vak.doe((rijen) => botst(rijen, rij, opgeslagen));
  weiger = (rij, fout) => this.#vak.doe((rijen) => weiger(rijen, rij, fout));
  kies = (plek, mijne) => this.#vak.doe((rijen) => kies(rijen, plek, mijne));
  herkans = (plek) => this.#vak.doe((rijen) => herkans(rijen, plek));
  verwerp = (plek) => this.#vak.doe((rijen) => ({ weg: op(rijen, plek).filter((rij) => rij.stand === "geweigerd") }));
  /** Send at once what still rests after typing. */
  rijpAlles = () => this.#vak.doe((rijen) => ({ zet: rijen.map((rij) => ({ ...rij, rijp: 0 })) }));
  wis = () => this.#vak.doe(() => ({ alles: true }));
}

/** Forget this person on this device: the queue, and the pages that were kept. */
export async function wisApparaat(wachtrij) {
  await wachtrij.wis();
  indexedDB.deleteDatabase(VOORVOEGSEL + wachtrij.gebruiker);
  await caches.delete(`invullen-${wachtrij.gebruiker}`);
  await caches.delete("bezoeker");
}

/** Whether other people have a queue on this device; true when the browser does not say. */
export async function anderenOpApparaat(gebruiker) {
  const bekend = await indexedDB.databases?.().catch(() => null);
  if (!bekend) return true;
  return bekend.some(({ name }) => name.startsWith(VOORVOEGSEL) && name !== VOORVOEGSEL + gebruiker);
}
