/**
 * Sends the queue, row by row, one tab at a time; tries again with back-off and jitter until it is done or somebody has to choose.
 *
 * Events: `toestand` when there is something else to say, `bewaard` (detail: row, version, time, progress) after each
 * acknowledgement, also those that another tab received.
 */
import { Wachtrij } from "./wachtrij.js";

const LANGSTE_PAUZE = 60_000;
const GEDULD = 30_000; // for one answer of the server
const VOORGOED = new Set([400, 403, 404, 405, 413, 422, 423]);

const bericht = ({ sleutel, vraag, versie, inhoud, reden }) => JSON.stringify({ sleutel, vraag, versie, inhoud, reden: reden ?? "" });

/** The token as it is now: after logging in again the one in the page is of no use. */
export const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

export class Verzender extends EventTarget {
  /** "rust", "bezig", "geen verbinding", "storing", "sessie" or "ander" */
  toestand = "rust";
  #mislukt = 0;
  #nietVoor = 0;
  #loopt = null;
  #nogEens = false;
  #wekker = 0;

  constructor(wachtrij) {
    super();
    this.wachtrij = wachtrij;
    this.kanaal = new BroadcastChannel(`antwoorden-${wachtrij.gebruiker}`);
    this.kanaal.onmessage = ({ data }) => this.#vertel(data.soort, data.detail);
    addEventListener("online", () => this.verzend({ meteen: true }));
    addEventListener("offline", () => this.#wordt("geen verbinding"));
    addEventListener("focus", () => this.verzend({ meteen: true }));
    document.addEventListener("visibilitychange", () => document.hidden || this.verzend({ meteen: true }));
    if (!navigator.onLine) this.toestand = "geen verbinding";
  }

  /** Say in this tab and in the others that something changed. */
  meld(soort, detail = {}) {
    this.#vertel(soort, detail);
    this.kanaal.postMessage({ soort, detail });
  }

  #vertel(soort, detail) {
    this.dispatchEvent(new CustomEvent(soort, { detail }));
  }

  /** Resolves when nothing more can be sent now. `meteen`: do not wait for the end of a pause. */
  verzend({ meteen = false } = {}) {
    if (meteen) this.#nietVoor = 0;
    this.#nogEens = true;
    this.#loopt ??= this.#zolangNodig()
      .catch(() => {}) // the queue is closed: somebody logs out in another tab
      .finally(() => (this.#loopt = null));
    return this.#loopt;
  }

  /** Send after `rust` milliseconds; each call starts the rest anew. */
  straks(rust) {
    clearTimeout(this.#wekker);
    this.#wekker = setTimeout(() => this.verzend(), rust + 5);
  }

  async #zolangNodig() {
    while (this.#nogEens) {
      this.#nogEens = false;
      const slot = `antwoorden-${this.wachtrij.gebruiker}`;
      await (navigator.locks ? navigator.locks.request(slot, () => this.#ronde()) : this.#ronde());
    }
  }

  async #ronde() {
    for (;;) {
      if (!navigator.onLine) return this.#wordt("geen verbinding");
      if (Date.now() < this.#nietVoor) return this.straks(this.#nietVoor - Date.now());
      const rij = await this.wachtrij.neem();
      if (!rij) return this.#wordt("rust");
      this.#wordt("bezig");
      if (!(await this.#zend(rij))) return;
    }
  }

  #wordt(toestand) {
    this.toestand = toestand;
    this.#vertel("toestand", {});
  }

  /** True when the next row can go. */
  async #zend(rij) {
    let antwoord;
    let inhoud = null;
    try {
      antwoord = await fetch(rij.doel, {
        method: "POST",
        redirect: "error",
        headers: {
          Accept: "application/json",
          "Content-Type": "application/json",
          "X-CSRFToken": csrf(),
          "X-Gebruiker": this.wachtrij.gebruiker,
        },
        body: bericht(rij),
        signal: AbortSignal.timeout(GEDULD),
      });
      if (antwoord.headers.get("Content-Type")?.startsWith("application/json")) inhoud = await antwoord.json();
    } catch {
      return this.#pauzeer("geen verbinding");
    }
    return this.#verwerk(rij, antwoord, inhoud);
  }

  async #verwerk(rij, { status, headers }, inhoud) {
    if (status === 200 && Number.isInteger(inhoud?.versie)) {
      await this.wachtrij.bevestig(rij, inhoud.versie);
      this.meld("bewaard", { rij, ...inhoud });
    } else if (status === 409 && inhoud?.opgeslagen) {
      await this.wachtrij.botst(rij, inhoud.opgeslagen);
      this.meld("toestand");
    } else if (status === 401) {
      return this.#wordt(inhoud?.ander ? "ander" : "sessie"), false;
    } else if (VOORGOED.has(status) && inhoud?.fout) {
      await this.wachtrij.weiger(rij, inhoud.fout);
      this.meld("toestand");
    } else if (status === 403) {
      return this.#wordt("sessie"), false; // no valid token: the page that logging in leads back to brings one
    } else {
      return this.#pauzeer("storing", Number(headers.get("Retry-After")) * 1000 || 0);
    }
    this.#mislukt = 0;
    return true;
  }

  #pauzeer(toestand, minstens = 0) {
    const pauze = Math.min(LANGSTE_PAUZE, 1000 * 2 ** this.#mislukt++);
    const wacht = Math.max(minstens, pauze * (0.5 + Math.random()));
    this.#nietVoor = Date.now() + wacht;
    this.#wordt(toestand);
    this.straks(wacht);
    return false;
  }
}

let geopend;

/** The queue of the person on this page and its sender: one of each, whoever asks. */
export function apparaat(gebruiker) {
  geopend ??= Wachtrij.open(gebruiker).then((wachtrij) => ({ wachtrij, verzender: new Verzender(wachtrij) }));
  return geopend;
}
