/**
 * Looks every second how far the printing is, and shows that in place, so that nobody who listens or zooms in loses their place.
 *
 * Without this module the page refreshes as a whole.
 */
const WACHT = 1000;

async function kijk() {
  let bezig = true;
  try {
    const antwoord = await fetch(location.href);
    if (!antwoord.ok || antwoord.redirected) return location.reload();
    const pagina = new DOMParser().parseFromString(await antwoord.text(), "text/html");
    bezig = pagina.querySelector("[data-bezig]") !== null;
    document.title = pagina.title;
    for (const deel of document.querySelectorAll("[data-deel]")) {
      const nieuw = pagina.querySelector(`[data-deel="${deel.dataset.deel}"]`);
      if (nieuw.innerHTML !== deel.innerHTML) deel.replaceChildren(...nieuw.childNodes);
    }
  } catch {
    // No connection: look again later.
  }
  if (bezig) setTimeout(kijk, WACHT);
}

setTimeout(kijk, WACHT);
