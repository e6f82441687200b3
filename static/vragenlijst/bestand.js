// Says at once that a chosen file is too large, before it is sent. The server decides; this spares the wait.
const veld = document.querySelector("input[type=file][data-hoogstens]");

function melding() {
  const tekst = document.createElement("p");
  tekst.className = "utrecht-form-field-error-message";
  tekst.setAttribute("role", "alert");
  veld.before(tekst);
  return tekst;
}

if (veld) {
  const vak = melding();
  const hoogstens = Number(veld.dataset.hoogstens);
  const controleer = () => {
    const [bestand] = veld.files;
    const teGroot = Boolean(bestand) && bestand.size > hoogstens;
    const groot = (aantal) => `${(aantal / 1e6).toLocaleString("nl-NL", { maximumFractionDigits: 1 })} MB`;
    vak.textContent = teGroot ? `'${bestand.name}' is ${groot(bestand.size)} groot; er past hoogstens ${groot(hoogstens)}.` : "";
    return !teGroot;
  };
  veld.addEventListener("change", controleer);
  // Before eenmaal.js and bewaak.js hear of it: nothing is sent, so no button goes off and nothing counts as saved.
  veld.form.addEventListener(
    "submit",
    (gebeurtenis) => {
      if (controleer()) return;
      gebeurtenis.preventDefault();
      gebeurtenis.stopImmediatePropagation();
      veld.focus();
    },
    { capture: true },
  );
}
