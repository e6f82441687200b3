/** The text of a passage, as invulpagina.js asks of whatever is saved by itself (compare vragenlijst/vraag.js). */
import { kern } from "../vragenlijst/vraag.js";

const SOORTEN = { weg: "del", nieuw: "ins" };

export class Tekstvak {
  code = "tekst";

  constructor(element, formulier) {
    this.element = element;
    this.veld = element.querySelector("textarea");
    this.plek = `${formulier.dataset.blad}/tekst`;
    this.versieveld = formulier.elements.versie;
    this.versieveld.value = element.dataset.versie; // not what the browser remembered of an earlier visit
    this.opgeslagen = kern({ tekst: this.veld.defaultValue });
  }

  get versie() {
    return Number(this.versieveld.value);
  }

  set versie(versie) {
    this.versieveld.value = versie;
  }

  get ongewijzigd() {
    return kern(this.lees()) === this.opgeslagen;
  }

  lees() {
    return { tekst: this.veld.value.trim() };
  }

  /** Leaves alone what already says so: a caret stays where it is. */
  schrijf(inhoud) {
    if (kern(inhoud) === kern(this.lees())) return;
    this.veld.value = inhoud.tekst ?? "";
  }

  inWoorden({ tekst }) {
    return tekst || "Geen tekst";
  }

  isAf() {
    return true;
  }

  /** In the panel of a conflict: the difference as the server saw it, while that is still the text that waits. */
  vulPaneel(paneel, { opgeslagen, inhoud }) {
    const vak = paneel.querySelector("[data-verschil]");
    vak.hidden = !opgeslagen.verschil || opgeslagen.gestuurd !== inhoud.tekst;
    if (vak.hidden) return;
    vak.querySelector("p").replaceChildren(
      ...opgeslagen.verschil.map(([soort, tekst]) => {
        if (!SOORTEN[soort]) return document.createTextNode(tekst);
        return Object.assign(document.createElement(SOORTEN[soort]), { textContent: tekst });
      }),
    );
  }
}
