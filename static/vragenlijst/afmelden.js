/**
 * On every page of somebody who fills in interviews or writes a report: sends what still waits on this device, says what does
 * not get through, and at logging out forgets this person here, after a warning when something would be lost.
 */
import { apparaat, csrf } from "./verzender.js";
import { anderenOpApparaat, hoeveel, wisApparaat } from "./wachtrij.js";

const persoon = document.querySelector(".kop__wie [data-gebruiker]");
const formulier = persoon?.closest("form"); // the one that logs out

function maak(soort, tekst = "", eigenschappen = {}) {
  return Object.assign(document.createElement(soort), { textContent: tekst }, eigenschappen);
}

const begin = ({ woorden }) => (woorden.length > 160 ? `${woorden.slice(0, 160)}…` : woorden);

function lijst(rijen) {
  const ul = maak("ul");
  for (const rij of rijen) {
    const li = maak("li");
    li.append(maak("a", `${rij.vraag}, ${rij.titel}`, { href: `${rij.pagina}#${rij.vraag}` }), `: ${begin(rij)}`);
    ul.append(li);
  }
  return ul;
}

/** True when somebody chooses to log out all the same. */
function vraagNa(rijen) {
  const venster = maak("dialog", "", { className: "afmelden" });
  venster.setAttribute("aria-labelledby", "afmelden-kop");
  const balk = maak("form", "", { method: "dialog", className: "knoppenbalk" });
  balk.append(
    maak("button", "Ingelogd blijven", { className: "utrecht-button utrecht-button--primary-action", value: "blijf", autofocus: true }),
    maak("button", "Uitloggen en weggooien", {
      className: "utrecht-button utrecht-button--secondary-action utrecht-button--danger",
      value: "weg",
    }),
  );
  venster.append(
    maak("h2", `Er ${rijen.length === 1 ? "wacht" : "wachten"} nog ${hoeveel(rijen)}`, { id: "afmelden-kop" }),
    maak("p", "Dit staat alleen op dit apparaat en is nog niet verzonden. Logt u nu uit, dan gaat het verloren."),
    lijst(rijen),
    balk,
  );
  document.body.append(venster);
  venster.showModal();
  return new Promise((klaar) =>
    venster.addEventListener("close", () => {
      venster.remove();
      klaar(venster.returnValue === "weg");
    }),
  );
}

async function meldAf({ wachtrij, verzender }) {
  await wachtrij.rijpAlles();
  await verzender.verzend({ meteen: true });
  const rijen = await wachtrij.rijen();
  if (rijen.length && !(await vraagNa(rijen))) return;
  verzender.kanaal.postMessage({ soort: "afgemeld" }); // to the other tabs
  await wisApparaat(wachtrij);
  if (!(await anderenOpApparaat(wachtrij.gebruiker))) {
    formulier.append(maak("input", "", { type: "hidden", name: "alles", value: "ja" }));
  }
  vertrek();
}

function vertrek() {
  if (csrf()) formulier.elements.csrfmiddlewaretoken.value = csrf();
  formulier.submit();
}

function toonWatWacht(rijen) {
  const melding = maak("div", "", { className: "utrecht-alert utrecht-alert--warning bericht" });
  melding.setAttribute("role", "status");
  melding.append(maak("p", `Nog niet opgeslagen, en alleen op dit apparaat: ${hoeveel(rijen)}.`), lijst(rijen));
  document.querySelector("main").prepend(melding);
}

if (formulier && isSecureContext) {
  const toestel = await apparaat(persoon.dataset.gebruiker);
  let bezig = false;
  formulier.addEventListener("submit", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    if (bezig) return;
    bezig = true;
    meldAf(toestel).catch(vertrek).finally(() => (bezig = false));
  });
  toestel.verzender.addEventListener("afgemeld", () => location.replace("/inloggen/"));
  if (!document.querySelector("form[data-bewaren]")) {
    await toestel.verzender.verzend({ meteen: true });
    const rijen = await toestel.wachtrij.rijen();
    if (rijen.length) toonWatWacht(rijen);
  }
}
