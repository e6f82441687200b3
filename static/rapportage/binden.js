/**
 * Binds words of a passage to a telling that is picked, and says of the words at the caret what they are bound to.
 *
 * Without this module the panel stays hidden; a sentence is then bound from the uitkomsten, or by typing.
 */
const GEBONDEN = /\[((?:[^[\]\\\n]|\\.|\n(?!\s*\n)|\[\^[^\]\s]+\])+)\]\{([^{}\n]*)\}/g;

export function begin(formulier, veld) {
  const paneel = formulier.querySelector("[data-binden]");
  if (!paneel) return;
  const { telling, groep } = Object.fromEntries(
    ["telling", "groep"].map((naam) => [naam, formulier.elements[`binden-${naam}`]]),
  );
  const hier = formulier.querySelector("[data-hier]");
  const melding = paneel.querySelector("[data-bindmelding]");
  const losmaken = paneel.querySelector("[data-losmaken]");
  paneel.hidden = false;

  const toon = () => {
    const stuk = stukBij(veld);
    losmaken.hidden = !stuk;
    hier.hidden = !stuk;
    if (!stuk) return;
    const regel = [...document.querySelectorAll("[data-maat]")].find((een) => een.dataset.maat === stuk.maat);
    hier.textContent = `‘${stuk.woorden}’ is gebonden aan ${stuk.maat}. ${regel?.dataset.uitleg ?? ""}`;
  };
  const schrijf = (tekst, van, tot, gezegd) => {
    veld.setRangeText(tekst, van, tot, "select");
    veld.dispatchEvent(new Event("input", { bubbles: true }));
    melding.textContent = gezegd;
    toon();
  };

  document.addEventListener("selectionchange", () => document.activeElement === veld && toon());
  document.addEventListener("meegekeken", toon); // what is counted is known only then
  veld.addEventListener("input", toon);
  losmaken.addEventListener("click", () => {
    const stuk = stukBij(veld);
    if (stuk) schrijf(stuk.woorden, stuk.van, stuk.tot, "De woorden zijn los.");
  });
  paneel.querySelector("[data-bind]").addEventListener("click", () => {
    const stuk = stukBij(veld) ?? gekozen(veld);
    if (!stuk) melding.textContent = "Kies eerst in de tekst de woorden die bij de telling horen, binnen een alinea.";
    else if (!telling.value) melding.textContent = "Kies de telling waaraan u deze woorden bindt.";
    else {
      const maat = [telling.value, groep.value].filter(Boolean).join(" ");
      schrijf(`[${stuk.woorden}]{${maat}}`, stuk.van, stuk.tot, `‘${stuk.woorden}’ is gebonden.`);
    }
  });
}

/** The bound stretch in which the selection lies, its notation included. */
function stukBij(veld) {
  for (const stuk of veld.value.matchAll(GEBONDEN)) {
    const [van, tot] = [stuk.index, stuk.index + stuk[0].length];
    if (van <= veld.selectionStart && veld.selectionEnd <= tot) return { van, tot, woorden: stuk[1], maat: stuk[2].trim() };
  }
  return null;
}

/** The words that are selected, without the spaces around them; nothing when they cannot be bound as they are. */
function gekozen(veld) {
  const heel = veld.value.slice(veld.selectionStart, veld.selectionEnd);
  const woorden = heel.trim();
  if (!woorden || /[[\]{}\\]|\n\s*\n/.test(woorden)) return null;
  const van = veld.selectionStart + heel.indexOf(woorden);
  return { van, tot: van + woorden.length, woorden };
}
