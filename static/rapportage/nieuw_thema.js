/**
 * Says at every check box for the new theme what it will be called, as it is typed.
 *
 * Without this module the box says "het nieuwe thema", and works the same.
 */
const naam = document.getElementById("id_nieuw");
const labels = [...document.querySelectorAll('.antwoord input[value="0"] + label')];
const gewoon = labels[0]?.textContent;

function benoem() {
  const tekst = naam.value.trim();
  for (const label of labels) label.textContent = tekst ? `nieuw: ${tekst}` : gewoon;
}

if (naam && labels.length) {
  naam.addEventListener("input", benoem);
  benoem();
}
