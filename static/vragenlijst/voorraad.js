/** Lets the service worker keep this page and its files, so that it opens without a network. See templates/inspectie/dienst.js. */
export async function leerZonderVerbinding() {
  if (!("serviceWorker" in navigator)) return;
  const buitenom = !navigator.serviceWorker.controller; // this page came in before the worker could see it
  try {
    await navigator.serviceWorker.register("/dienst.js", { scope: "/" });
  } catch {
    return; // no network, or not allowed: the page works as it is
  }
  const { active } = await navigator.serviceWorker.ready;
  if (buitenom) active.postMessage({ bewaar: [location.pathname] });
  // Also what comes in while the worker takes over the page: that passed it by, and no list made at one moment holds it.
  const stuur = (delen) => active.postMessage({ bewaar: delen.map((deel) => deel.name).filter(isEigenBestand) });
  new PerformanceObserver((lijst) => stuur(lijst.getEntries())).observe({ type: "resource", buffered: true });
}

function isEigenBestand(adres) {
  return adres.startsWith(`${location.origin}/`) && new URL(adres).pathname.includes(".");
}
