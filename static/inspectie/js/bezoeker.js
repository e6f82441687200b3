// Writes down who is at this device, for the service worker: without a network it shows a kept page to that person only.
// On the login page nobody is, and so no kept page opens until somebody has logged in.
if ("caches" in window) {
  const wie = document.querySelector("[data-gebruiker]")?.dataset.gebruiker ?? "";
  const vak = await caches.open("bezoeker");
  await vak.put("/bezoeker", new Response(wie));
}
