// One click is one submission. The server refuses doubles too; this spares the visitor the wait and the doubt.
const RUST = 4000; // milliseconds; a download leaves the page standing, so the button must come back
const uitgezet = new Set();

function zetWeerAan() {
  uitgezet.forEach((knop) => (knop.disabled = false));
  uitgezet.clear();
}

document.addEventListener("submit", (gebeurtenis) => {
  if (gebeurtenis.defaultPrevented) return;
  const knoppen = [...gebeurtenis.target.querySelectorAll("button:not([type=button])")].filter((knop) => !knop.disabled);
  // After this turn: a button that is already off would not be sent along with its name and value.
  setTimeout(() => knoppen.forEach((knop) => uitgezet.add(knop) && (knop.disabled = true)));
  setTimeout(zetWeerAan, RUST);
});

// Coming back with the browser's own button, the page may return as it was left: buttons off.
window.addEventListener("pageshow", zetWeerAan);
