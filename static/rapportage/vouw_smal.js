/**
 * On a phone what is long begins folded: `<details data-vouw-smal open>`. What stands beside an error stays open, and so does
 * what the address points at.
 *
 * Without this module everything is open, at any width.
 */
const doel = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));

if (matchMedia("(max-width: 40rem)").matches) {
  for (const vak of document.querySelectorAll("details[data-vouw-smal]")) {
    vak.open = Boolean(vak.parentElement.querySelector(".utrecht-form-field-error-message") || (doel && vak.contains(doel)));
  }
}
