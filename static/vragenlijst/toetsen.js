/** Filling in without the mouse: Alt with the arrows goes to the next question, with Page Down to the next onderdeel; Ctrl+S saves. */
const BEDIENING = "input:checked, input[type=radio], input:not([type=hidden]), textarea, button";

export function verzorgToetsen(formulier) {
  document.querySelectorAll("[data-toetsen]").forEach((uitleg) => (uitleg.hidden = false));
  document.addEventListener("keydown", (toets) => {
    const alleenAlt = toets.altKey && !toets.ctrlKey && !toets.metaKey && !toets.shiftKey;
    const opslaan = (toets.ctrlKey || toets.metaKey) && !toets.altKey && !toets.shiftKey && toets.key.toLowerCase() === "s";
    if (opslaan) {
      toets.preventDefault();
      formulier.requestSubmit(formulier.querySelector("button:not([type=button]):not([name])"));
    } else if (alleenAlt && doe[toets.key]) {
      toets.preventDefault();
      doe[toets.key](formulier);
    }
  });
}

const doe = {
  ArrowDown: (formulier) => naarVraag(formulier, 1),
  ArrowUp: (formulier) => naarVraag(formulier, -1),
  PageDown: () => naarOnderdeel("nextElementSibling"),
  PageUp: () => naarOnderdeel("previousElementSibling"),
};

function naarVraag(formulier, stap) {
  const vragen = [...formulier.querySelectorAll("[data-vraag]:not([hidden])")];
  const hier = vragen.indexOf(document.activeElement.closest("[data-vraag]"));
  const daar = hier < 0 ? 0 : Math.min(vragen.length - 1, Math.max(0, hier + stap));
  const veld = vragen[daar]?.querySelector(":scope > .veld input:checked") ?? vragen[daar]?.querySelector(BEDIENING);
  veld?.focus({ preventScroll: true });
  vragen[daar]?.scrollIntoView({ block: "center" });
}

function naarOnderdeel(kant) {
  const hier = document.querySelector(".zijnavigatie li:has([aria-current])");
  const link = hier?.[kant]?.querySelector("a");
  if (link) location.assign(link.href);
}
