/* Offers colleagues while an @ and the beginning of a name are typed. Without it one types the whole name. */
"use strict";

(() => {
  const WAIT = 200;
  const TYPED = /(?:^|[^A-Za-z0-9._%+-])[@＠]([^\s@＠]{1,20})$/;

  const element = (name, properties) => Object.assign(document.createElement(name), properties);

  const offerPeople = (area, place) => {
    const list = element("ul", { id: `people-${place}`, className: "people", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", area.dataset.people);
    const said = element("p", { className: "u-hidden" });
    said.setAttribute("aria-live", "polite");
    area.after(list, said);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", list.id);
    let typed = "";
    let waiting;
    let here = -1;

    const close = () => {
      clearTimeout(waiting);
      list.hidden = true;
      list.replaceChildren();
      said.textContent = "";
      area.removeAttribute("aria-activedescendant");
      typed = "";
      here = -1;
    };

    const choose = (option) => {
      const end = area.selectionStart;
      area.setRangeText(`${option.dataset.word} `, end - typed.length, end, "end");
      close();
      area.focus();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const move = (step) => {
      const options = [...list.children];
      here = (here + step + options.length) % options.length;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === here)));
      area.setAttribute("aria-activedescendant", options[here].id);
      options[here].scrollIntoView({ block: "nearest" });
    };

    const show = (people) => {
      list.replaceChildren(...people.map((person, at) => {
        const option = element("li", { id: `${list.id}-${at}`, textContent: person.label });
        option.setAttribute("role", "option");
        option.dataset.word = person.word;
        /* The focus stays in the text. */
        option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
        return option;
      }));
      list.hidden = false;
      here = -1;
      move(1);
      said.textContent = list.getAttribute("aria-label");
    };

    const ask = async (query) => {
      try {
        const answer = await fetch(`/talk/people.json?q=${encodeURIComponent(query)}`, { redirect: "manual" });
        const { people } = answer.ok ? await answer.json() : { people: [] };
        if (query !== typed) return;
        if (people.length) show(people);
        else close();
      } catch {
        close();
      }
    };

    const look = () => {
      const found = area.value.slice(0, area.selectionStart).match(TYPED);
      if (!found) {
        close();
        return;
      }
      if (found[1] === typed) return;
      typed = found[1];
      clearTimeout(waiting);
      waiting = setTimeout(ask, WAIT, typed);
    };

    area.addEventListener("input", (event) => { if (event.isTrusted && !event.isComposing) look(); });
    area.addEventListener("compositionend", look);
    area.addEventListener("blur", close);
    area.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      const act = {
        ArrowDown: () => move(1),
        ArrowUp: () => move(-1),
        Enter: () => choose(list.children[here]),
        Tab: () => choose(list.children[here]),
        Escape: close,
      }[event.key];
      if (!act || event.shiftKey) return;
      event.preventDefault();
      act();
    });
  };

  document.querySelectorAll("textarea[data-people]").forEach(offerPeople);
})();
