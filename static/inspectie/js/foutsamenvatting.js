// Puts the keyboard where the errors are told, so that the first thing read after a refused form is why.
document.querySelector("[data-foutsamenvatting]")?.focus();
