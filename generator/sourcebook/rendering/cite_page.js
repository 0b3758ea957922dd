/* A button beside each form of a citation that copies it. Without this script its text can be selected. */
(() => {
  "use strict";

  const select = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  const copy = async (text, button) => {
    try {
      // Only where the page comes over HTTPS or from this machine.
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    } catch {
      select(text);
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  };

  const addButton = (text) => {
    const heading = text.previousElementSibling;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sb-copy-button" });
    button.textContent = "Copy";
    // The words of the button change when it has done its work, which a screen reader is to tell.
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(text, button));
    heading.append(button);
  };

  const start = () =>
    document.querySelectorAll(".sb-copy").forEach((text) => {
      if (!text.previousElementSibling.querySelector("button")) addButton(text);
    });

  // With instant navigation Material exchanges the page and says so here.
  if (typeof document$ === "undefined") start();
  else document$.subscribe(start);
})();
