/* Selecting rows of a list, and keys of a page that one works through. Every page works without it. */
"use strict";

(() => {
  const bar = document.querySelector("[data-bulk]");

  const watchSelection = () => {
    const boxes = [...document.querySelectorAll("input[name=row][form=bulk]")];
    const all = document.querySelector("[data-pick-all]");
    const every = bar.querySelector("[data-pick-every]");
    const shown = bar.querySelector("[data-pick-count]");
    const none = bar.querySelector("[data-pick-none]");
    const update = () => {
      const count = boxes.filter((box) => box.checked).length;
      bar.hidden = count === 0;
      none.hidden = count === 0;
      if (every && count === 0) every.checked = false;
      if (all) {
        all.checked = count === boxes.length && count > 0;
        all.indeterminate = count > 0 && count < boxes.length;
      }
      const number = every && every.checked ? every.parentElement.textContent.trim() : count.toLocaleString("ja");
      shown.textContent = every && every.checked ? number : shown.dataset.words.replace("{count}", number);
    };
    const select = (checked) => {
      boxes.forEach((box) => { box.checked = checked; });
      update();
    };
    boxes.forEach((box) => box.addEventListener("change", update));
    if (all) all.addEventListener("change", () => select(all.checked));
    if (every) every.addEventListener("change", update);
    none.addEventListener("click", () => select(false));
    window.addEventListener("pageshow", update);
    update();
  };

  /* A key does what the control does that names it, unless somebody is typing or holds another key down. */
  const TYPING = "input, select, textarea, [contenteditable]";

  const listenToKeys = () => {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
      if (event.target.closest(TYPING)) return;
      const control = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!control) return;
      event.preventDefault();
      if (control.matches(TYPING)) control.focus();
      else control.click();
    });
  };

  if (bar) watchSelection();
  if (document.querySelector("[data-key]")) listenToKeys();
})();
