/**
 * What stands beside the text (how it will be printed, what is to be said of it), made anew by the server after each pause in
 * typing. A melding's place jumps to its words in the text, and what would be right is put there at a click.
 */
import { csrf } from "../vragenlijst/verzender.js";

const RUST = 500; // milliseconds

export function begin(formulier) {
  const veld = formulier.elements.tekst;
  const plek = document.querySelector("[data-meekijkplek]");
  let wekker = 0;
  let gevraagd = veld.value;
  let bezig = null;

  const vraag = async () => {
    if (veld.value === gevraagd) return;
    bezig?.abort();
    bezig = new AbortController();
    const tekst = veld.value;
    try {
      const antwoord = await fetch(formulier.dataset.meekijken, {
        method: "POST",
        redirect: "error",
        headers: { "X-CSRFToken": csrf() },
        body: new URLSearchParams({ tekst, versie: formulier.elements.versie.value }),
        signal: bezig.signal,
      });
      if (!antwoord.ok) return;
      const deel = new DOMParser().parseFromString(await antwoord.text(), "text/html").body;
      gevraagd = tekst;
      vervang(plek, deel);
    } catch {
      // No network, or typed on: the next pause asks again.
    }
  };
  const straks = () => {
    clearTimeout(wekker);
    wekker = setTimeout(vraag, RUST);
  };
  formulier.addEventListener("input", (wat) => wat.target === veld && straks());
  document.addEventListener("change", straks); // the text was put there by the queue

  plek.addEventListener("click", (klik) => {
    const knop = klik.target.closest("[data-van]");
    if (!knop) return;
    const [van, tot] = [Number(knop.dataset.van), Number(knop.dataset.tot)];
    if (veld.value !== gevraagd || veld.disabled) return; // the places are those of another text
    klik.preventDefault();
    if (knop.dataset.voorstel !== undefined) neemOver(veld, van, tot, knop.dataset.voorstel);
    else kies(veld, van, tot);
  });
}

/** Part by part, so that one in which somebody is writing a reason stays as it is. */
function vervang(plek, nieuw) {
  for (const deel of nieuw.querySelectorAll("[data-deel]")) {
    const oud = plek.querySelector(`[data-deel="${deel.dataset.deel}"]`);
    const schrijft = [...oud.querySelectorAll("textarea")].some((vak) => vak.value || vak === document.activeElement);
    if (schrijft) continue;
    // What is folded in a part stays as its reader left it; inside a melding there is another one each time.
    const open = oud.querySelector(":scope > details")?.open;
    const vouw = deel.querySelector(":scope > details");
    if (vouw && open !== undefined) vouw.open = open;
    oud.replaceWith(deel);
    document.dispatchEvent(new Event("meegekeken"));
  }
}

/** Selects the words, and brings them into view: a text area does not scroll to its selection by itself everywhere. */
function kies(veld, van, tot) {
  const heel = veld.value;
  veld.focus({ preventScroll: true });
  veld.value = heel.slice(0, tot);
  const hoogte = veld.scrollHeight;
  veld.value = heel;
  veld.setSelectionRange(van, tot);
  veld.scrollTop = Math.max(0, hoogte - veld.clientHeight / 2);
  veld.scrollIntoView({ block: "nearest" });
}

function neemOver(veld, van, tot, voorstel) {
  veld.setRangeText(voorstel, van, tot, "select");
  veld.focus();
  veld.dispatchEvent(new Event("input", { bubbles: true }));
}
