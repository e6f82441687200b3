/**
 * Opens the folded outcome that the address points at, so that a link to a question shows it and not only where it is.
 *
 * Without this module such a link leads to the folded line; every outcome opens with a click either way.
 */
function open() {
  const doel = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (doel instanceof HTMLDetailsElement) doel.open = true;
}

addEventListener("hashchange", open);
open();

// What is folded on the screen is read on paper.
addEventListener("beforeprint", () => {
  for (const uitkomst of document.querySelectorAll("details.uitkomst")) uitkomst.open = true;
});
