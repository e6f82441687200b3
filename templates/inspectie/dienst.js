/**
 * The service worker: an interview or a passage of a report that was opened before opens without a network too.
 *
 * Kept are, per person, the pages that the server marked with `X-Gebruiker` (those of filling in), and the files
 * they need. Everything else goes to the network and is not kept. Which person is at this device is written down by
 * `inspectie/js/bezoeker.js` on every page, the login page included: without a name there, no page is shown from the store.
 */
const VERSIE = "{{ versie|escapejs }}";
const STATISCH = "{{ statisch|escapejs }}";
const BESTANDEN = `bestanden-${VERSIE}`;
const BEZOEKER = "bezoeker";
const PAGINAS = "invullen-"; // followed by the id of the person
const ZONDER_VERBINDING = "/zonder-verbinding/";
const INVULLEN = /^\/(interviews\/\d+\/onderdeel\/[^/]+|rondes\/[^/]+\/rapport\/\d+)\/$/;

self.addEventListener("install", (gebeurtenis) => {
  gebeurtenis.waitUntil(
    caches
      .open(BESTANDEN)
      .then((vak) => vak.add(new Request(ZONDER_VERBINDING, { credentials: "omit", cache: "reload" })))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (gebeurtenis) => {
  gebeurtenis.waitUntil(ruimOp().then(() => self.clients.claim()));
});

async function ruimOp() {
  const oud = (await caches.keys()).filter((naam) => naam.startsWith("bestanden-") && naam !== BESTANDEN);
  await Promise.all(oud.map((naam) => caches.delete(naam)));
}

self.addEventListener("fetch", (gebeurtenis) => {
  const { request } = gebeurtenis;
  const adres = new URL(request.url);
  if (request.method !== "GET" || adres.origin !== self.location.origin) return;
  if (request.mode === "navigate") gebeurtenis.respondWith(pagina(request, adres));
  else if (adres.pathname.startsWith(STATISCH)) gebeurtenis.respondWith(bestand(request));
});

/** What a page asks to keep: itself when it was opened before this worker was there, and the files it was made with. */
self.addEventListener("message", (gebeurtenis) => {
  const { bewaar } = gebeurtenis.data ?? {};
  if (Array.isArray(bewaar)) gebeurtenis.waitUntil(Promise.allSettled(bewaar.map(haal)));
});

async function haal(tekst) {
  const adres = new URL(tekst, self.location.origin);
  if (adres.origin !== self.location.origin) return;
  if (INVULLEN.test(adres.pathname)) return bewaarPagina(adres, await fetch(adres.pathname));
  if (!adres.pathname.startsWith(STATISCH) || (await caches.match(adres.href))) return;
  return bewaarBestand(adres.href, await fetch(adres.href));
}

async function pagina(request, adres) {
  let antwoord;
  try {
    antwoord = await fetch(request);
    if (antwoord.status < 502) {
      if (!adres.search && INVULLEN.test(adres.pathname)) await bewaarPagina(adres, antwoord.clone()).catch(() => {});
      return antwoord;
    }
  } catch {
    // No network: see below.
  }
  return (await uitVoorraad(adres)) ?? antwoord ?? (await caches.match(ZONDER_VERBINDING)) ?? Response.error();
}

async function bewaarPagina(adres, antwoord) {
  const gebruiker = antwoord.headers.get("X-Gebruiker");
  if (antwoord.status !== 200 || !gebruiker) return;
  const vak = await caches.open(PAGINAS + gebruiker);
  await vak.put(adres.pathname, antwoord);
}

async function uitVoorraad(adres) {
  if (!INVULLEN.test(adres.pathname)) return undefined;
  const briefje = await caches.match("/bezoeker", { cacheName: BEZOEKER });
  const gebruiker = briefje && (await briefje.text());
  if (!gebruiker) return undefined;
  return caches.match(adres.pathname, { cacheName: PAGINAS + gebruiker });
}

async function bestand(request) {
  try {
    const antwoord = await fetch(request);
    await bewaarBestand(request.url, antwoord.clone()).catch(() => {});
    return antwoord;
  } catch (fout) {
    const bewaard = await caches.match(request.url);
    if (bewaard) return bewaard;
    throw fout;
  }
}

async function bewaarBestand(adres, antwoord) {
  if (antwoord.status !== 200) return;
  const vak = await caches.open(BESTANDEN);
  await vak.put(adres, antwoord);
}
