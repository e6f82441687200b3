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
  if (document.readyState !== "complete") await new Promise((klaar) => addEventListener("load", klaar, { once: true }));
  const bestanden = performance.getEntriesByType("resource").map((deel) => deel.name);
  const eigen = bestanden.filter((adres) => adres.startsWith(`${location.origin}/`) && new URL(adres).pathname.includes("."));
  active.postMessage({ bewaar: [...(buitenom ? [location.pathname] : []), ...eigen] });
}
