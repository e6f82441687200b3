// Tables on a narrow screen. Without this script a wide table scrolls sideways; with it,
// a table with class "kaarten" becomes a list of cards that keeps its roles, and a table that does scroll can be reached by keyboard.
const ROLLEN = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };

function maakKaarten(tabel) {
  const koppen = [...tabel.querySelectorAll("thead tr:last-child > *")].map((cel) => cel.textContent.trim());
  for (const deel of [tabel, ...tabel.querySelectorAll("thead, tbody, tfoot, tr, td, th")]) {
    // display: block would take these roles away.
    const rol = ROLLEN[deel.tagName] ?? (deel.scope === "row" ? "rowheader" : "columnheader");
    deel.setAttribute("role", rol);
  }
  for (const cel of tabel.querySelectorAll("tbody td, tfoot td")) {
    if (koppen[cel.cellIndex]) cel.dataset.label = koppen[cel.cellIndex];
  }
  tabel.classList.add("kaarten--klaar");
}

function maakBereikbaar(vak) {
  const schuift = vak.scrollWidth > vak.clientWidth;
  vak.toggleAttribute("tabindex", schuift);
  if (!schuift) return vak.removeAttribute("role");
  vak.tabIndex = 0;
  vak.setAttribute("role", "region");
  vak.setAttribute("aria-label", vak.querySelector("caption")?.textContent.trim() || "Tabel");
}

document.querySelectorAll("table.kaarten").forEach(maakKaarten);
const waarnemer = new ResizeObserver((maten) => maten.forEach(({ target }) => maakBereikbaar(target)));
document.querySelectorAll(".tabelvak").forEach((vak) => waarnemer.observe(vak));
