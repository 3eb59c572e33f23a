/* What makes typing safer. Every page works without it; it depends on nothing and reads no data but its own. */
"use strict";

(() => {
  /* The Enter that ends a kana conversion chooses a word. It never sends the form. */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229) && event.target.form) {
      event.preventDefault();
    }
  }, true);

  /* A second click sends nothing. The pressed button goes grey after its name and value have left with the form. */
  const guardDoubleSubmit = (form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      if (event.defaultPrevented) return;
      form.dataset.sent = "yes";
      setTimeout(() => { if (event.submitter) event.submitter.disabled = true; }, 0);
    });
  };

  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("button:disabled").forEach((button) => { button.disabled = false; });
    });
  });

  /* How much is written, in characters as a person counts them: 𠮷 is one. The limit is the server's to enforce:
     with the counter beside it, a long paste is kept and can be shortened instead of being cut off unseen. */
  const LONG = 500;

  const countCharacters = (control) => {
    const words = document.getElementById("count-words").dataset;
    const most = Number(control.dataset.countMax || control.getAttribute("maxlength"));
    const shown = document.createElement("p");
    shown.className = "field__count";
    const field = control.closest(".field");
    if (!field || !most) return;
    field.append(shown);
    control.removeAttribute("maxlength");
    const announce = document.createElement("p");
    announce.className = "u-hidden";
    announce.setAttribute("aria-live", "polite");
    field.append(announce);
    let waiting;
    const update = () => {
      const now = Array.from(control.value).length;
      const over = now > most;
      shown.hidden = most > LONG && now < most * 0.8;
      shown.classList.toggle("is-over", over);
      shown.textContent = (over ? words.over : words.within)
        .replace("{now}", now.toLocaleString("ja")).replace("{max}", most.toLocaleString("ja"))
        .replace("{over}", (now - most).toLocaleString("ja"));
      clearTimeout(waiting);
      if (now >= most * 0.9) waiting = setTimeout(() => { announce.textContent = shown.textContent; }, 1000);
    };
    control.addEventListener("input", update);
    update();
  };

  /* Words typed into a form with data-draft stay in this browser until the server has taken them. */
  const KEEP_DAYS = 14;
  const prefix = `draft:${document.body.dataset.user || ""}:`;

  const store = {
    read(key) {
      try { return JSON.parse(localStorage.getItem(prefix + key)); } catch { return null; }
    },
    write(key, draft) {
      try { localStorage.setItem(prefix + key, JSON.stringify(draft)); } catch { /* full, or not allowed: no draft */ }
    },
    drop(key) {
      try { localStorage.removeItem(prefix + key); } catch { /* not allowed: there is none */ }
    },
    keys() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
      } catch { return []; }
    },
  };

  const UNKEPT = new Set(["csrfmiddlewaretoken"]);
  const isKept = (control) =>
    control.name && !UNKEPT.has(control.name) && !["password", "file", "submit", "button", "reset"].includes(control.type);

  /* Hidden fields (uid, version) go along, so that the server still sees which record, and which version of it,
     these words were written for. They alone are no reason to offer a draft. */
  const wordsOf = (form, { hidden }) => [...form.elements]
    .filter((control) => isKept(control) && (hidden || control.type !== "hidden"))
    .map((control) => {
      if (control.type === "checkbox" || control.type === "radio") return [control.name, control.value, control.checked];
      if (control.multiple) return [control.name, [...control.selectedOptions].map((option) => option.value)];
      return [control.name, control.value];
    });

  const putBack = (form, words) => {
    const controls = [...form.elements].filter(isKept);
    const used = new Set();
    words.forEach(([name, value, checked]) => {
      const control = controls.find((each) => each.name === name && !used.has(each)
        && (checked === undefined || each.value === value));
      if (!control) return;
      used.add(control);
      if (checked !== undefined) control.checked = checked;
      else if (Array.isArray(value)) [...control.options].forEach((option) => { option.selected = value.includes(option.value); });
      else control.value = value;
      if (control.value && control.type !== "hidden" && checked !== false) {
        const fold = control.closest("details");
        if (fold) fold.open = true;
      }
      control.dispatchEvent(new Event("input", { bubbles: true }));
    });
  };

  const offerDraft = (form, key, draft) => {
    const offer = document.getElementById("draft-offer").content.firstElementChild.cloneNode(true);
    const time = offer.querySelector("[data-draft-time]");
    const at = new Date(draft.at);
    time.dateTime = at.toISOString();
    time.textContent = at.toLocaleString("ja-JP-u-ca-japanese", { dateStyle: "medium", timeStyle: "short" });
    offer.querySelector("[data-draft-restore]").addEventListener("click", () => {
      form.dispatchEvent(new CustomEvent("draft-restore", { detail: draft.words }));  // a form of rows makes room
      putBack(form, draft.words);
      offer.remove();
      const first = [...form.elements].find((control) => isKept(control) && control.type !== "hidden");
      if (first) first.focus();
    });
    offer.querySelector("[data-draft-discard]").addEventListener("click", () => {
      store.drop(key);
      offer.remove();
    });
    form.before(offer);
  };

  /* A form that comes back with what was just sent (data-answer) shows these words itself. */
  const keepDraft = (form) => {
    const key = form.dataset.draft;
    const found = store.read(key);
    const present = JSON.stringify(wordsOf(form, { hidden: false }));
    const isOld = found && Date.now() - found.at > KEEP_DAYS * 86400000;
    if (isOld) store.drop(key);
    else if (found && found.shown !== present && !(found.sent && "answer" in form.dataset)) offerDraft(form, key, found);
    const save = (sent) => store.write(key, {
      at: Date.now(), sent, shown: JSON.stringify(wordsOf(form, { hidden: false })), words: wordsOf(form, { hidden: true }),
    });
    let waiting;
    form.addEventListener("input", (event) => {
      if (!event.isTrusted) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => save(false), 500);
    });
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      clearTimeout(waiting);
      save(true);
    });
  };

  /* The server says by a message of success that it has taken what was sent. */
  const dropFinishedDrafts = () => {
    if (!document.querySelector("[data-done]")) return;
    store.keys().filter((key) => store.read(key)?.sent).forEach((key) => store.drop(key));
  };

  /* On a phone the filters come folded, so that the list is what one sees first. */
  const foldFilters = () => {
    if (!window.matchMedia("(max-width: 47.99rem)").matches) return;
    document.querySelectorAll(".filter-panel:not([data-active])").forEach((panel) => { panel.open = false; });
  };

  /* On a phone the menu scrolls sideways; the present entry is brought into sight. */
  const showPresentEntry = () => {
    const entry = document.querySelector(".site-nav [aria-current]");
    if (!entry) return;
    const list = entry.closest("ul");
    const end = entry.offsetLeft + entry.offsetWidth;
    if (end > list.clientWidth - 48) list.scrollLeft = end - list.clientWidth / 2;
  };

  /* What the amounts in a table come to while one types. Whole 千円: far below where a float stops counting exactly. */
  const keepTotal = (total) => {
    const table = total.closest("table");
    const update = () => {
      const amounts = [...table.querySelectorAll("tbody input")]
        .map((box) => Number(box.value.normalize("NFKC").replace(/[,、\s]/g, "")));
      const known = amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0);
      total.textContent = known ? amounts.reduce((sum, amount) => sum + amount, 0).toLocaleString("ja") : "－";
    };
    table.addEventListener("input", update);
    window.addEventListener("pageshow", update);
  };

  foldFilters();
  showPresentEntry();
  dropFinishedDrafts();
  document.querySelectorAll("form[data-draft]").forEach(keepDraft);
  document.querySelectorAll('form[method="post"]:not([data-repeatable])').forEach(guardDoubleSubmit);
  document.querySelectorAll("[data-count-max], [data-count][maxlength], textarea[maxlength]").forEach(countCharacters);
  document.querySelectorAll("[data-column-total]").forEach(keepTotal);
  document.getElementById("error-summary")?.focus();
})();
