// One click is one submission. The server refuses doubles too; this spares the visitor the wait and the doubt.
// A form with `data-bezig` may take a while: its button then says so, and comes back only with the page.
const RUST = 4000; // milliseconds; a download leaves the page standing, so the button must come back
const uitgezet = new Set();

function zetWeerAan() {
  uitgezet.forEach((knop) => {
    knop.disabled = false;
    if (knop.dataset.naam) knop.textContent = knop.dataset.naam;
  });
  uitgezet.clear();
}

function zegBezig(knop, tekst) {
  knop.dataset.naam ??= knop.textContent;
  knop.setAttribute("aria-live", "polite");
  knop.textContent = tekst;
}

document.addEventListener("submit", (gebeurtenis) => {
  if (gebeurtenis.defaultPrevented) return;
  const { target: formulier, submitter } = gebeurtenis;
  const knoppen = [...formulier.querySelectorAll("button:not([type=button])")].filter((knop) => !knop.disabled);
  // After this turn: a button that is already off would not be sent along with its name and value.
  setTimeout(() => knoppen.forEach((knop) => uitgezet.add(knop) && (knop.disabled = true)));
  if (formulier.dataset.bezig) setTimeout(() => submitter && zegBezig(submitter, formulier.dataset.bezig));
  else setTimeout(zetWeerAan, RUST);
});

// Coming back with the browser's own button, the page may return as it was left: buttons off.
window.addEventListener("pageshow", zetWeerAan);
