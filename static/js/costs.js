/* The cost sheet as a spreadsheet. Every page works without it: then the server adds rows, reads a paste and computes.
   All amounts are exact: hundredths as BigInt, never a float; the rules are those of the server (apps/core/money.py). */
"use strict";

(() => {
  const form = document.querySelector("form[data-costs]");
  if (!form) return;
  const body = form.querySelector("[data-rows]");
  const bases = form.querySelector("[data-bases] tbody");
  const words = form.querySelector("[data-words]").dataset;
  const said = form.querySelector("[data-said]");
  const undo = form.querySelector("[data-undo]");
  const COLUMNS = ["item", "subitem", "description", "price", "quantity", "unit", "months", "tax", "kind", "eligible", "host"];
  const NUMBERS = new Set(["price", "quantity", "months", "tax", "settled", "current", "previous"]);
  const COST = ["description", "price", "quantity"];
  const PATTERN = "999999";
  const MOST_ROWS = 500, MOST_TOLD = 5;

  /* Numbers as they are typed: 1,234.5, １，２３４円. A decimal string, or null. */
  const folded = (text) => text.normalize("NFKC").trim();
  const plain = (text) => {
    let typed = folded(text).replace(/\s/g, "").replace(/^¥/, "").replace(/円$/, "");
    if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(typed)) typed = typed.replace(/,/g, "");
    return /^(\d+(\.\d*)?|\.\d+)$/.test(typed) ? typed : null;
  };
  const hundredths = (text, empty) => {
    if (!folded(text)) return empty;
    const typed = plain(text);
    if (typed === null) return null;
    const [whole, rest = ""] = typed.split(".");
    const places = rest.replace(/0+$/, "");
    return places.length > 2 ? null : BigInt((whole || "0") + places.padEnd(2, "0"));
  };
  const count = (text, empty, least, most) => {
    const found = hundredths(text, BigInt(empty) * 100n);
    if (found === null || found % 100n) return null;
    const whole = found / 100n;
    return whole < BigInt(least) || whole > BigInt(most) ? null : whole;
  };
  const grouped = (number) => number.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");

  const amountOf = (cells) => {
    const price = hundredths(cells.price, null);
    const quantity = hundredths(cells.quantity, 100n);
    const months = count(cells.months, 1, 1, 12);
    const tax = count(cells.tax.replace(/[%％]\s*$/, ""), 0, 0, 100);
    if ([price, quantity, months, tax].includes(null)) return null;
    return price * quantity * months * (100n + tax) / 1000000n;
  };
  const thousands = (yen) => {
    const whole = yen / 1000n, rest = yen % 1000n;
    const mode = form.dataset.rounding;
    return whole + (mode === "up" ? BigInt(rest > 0n) : mode === "half_up" ? BigInt(rest >= 500n) : 0n);
  };

  /* Rows */
  const rows = () => [...body.querySelectorAll("[data-row]")];
  const cell = (row, name) => row.querySelector(`[data-cell="${name}"]`);
  const value = (row, name) => {
    const control = cell(row, name);
    return control.type === "checkbox" ? (control.checked ? "1" : "") : control.value;
  };
  const cellsOf = (row) => Object.fromEntries(COLUMNS.map((name) => [name, value(row, name)]));
  /* A row without any of these says nothing of a cost, whatever it has from the row above. */
  const isEmpty = (row) => COST.every((name) => !value(row, name).trim());
  const items = new Map();
  document.querySelectorAll("#cost-items option").forEach((option) => {
    const [number, ...name] = folded(option.value).split(" ");
    const known = { shown: option.value, name: name.join(" ") };
    [folded(option.value), number, known.name].forEach((key) => items.set(key, known));
  });
  /* A number with words is the 節 of that number, unless the words begin the name of another one, of this or another year. */
  const itemNames = words.names.split("|");
  const begins = (typed, name) => name.startsWith(typed) || typed.startsWith(name);
  const itemOf = (text) => {
    const typed = folded(text);
    if (items.has(typed)) return items.get(typed);
    const [, number = "", rest = ""] = typed.match(/^(\d{1,3})\s*節?[\s.,、:・)-]*(.*)$/) || [];
    const found = number && items.get(String(Number(number)));
    if (!found) return null;
    return !rest || begins(rest, found.name) || !itemNames.some((name) => begins(rest, name)) ? found : null;
  };

  let following = Math.max(0, ...[...form.querySelectorAll("input[name=row], input[name=base]")].map((one) => Number(one.value))) + 1;
  const scripted = (root) => root.querySelectorAll("[data-scripted]").forEach((one) => { one.hidden = false; });
  const clone = (kind) => {
    const made = form.querySelector(`template[data-pattern="${kind}"]`).content.firstElementChild.cloneNode(true);
    const place = String(following++);
    made.querySelectorAll("*").forEach((one) => {
      ["id", "name", "value"].forEach((name) => {
        if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(PATTERN, place));
      });
    });
    scripted(made);
    return made;
  };
  const addRow = (after, like) => {
    const row = clone("row");
    if (after) after.after(row); else body.append(row);
    if (like) ["item", "subitem", "kind", "host"].forEach((name) => { cell(row, name).value = value(like, name); });
    if (like) cell(row, "eligible").checked = cell(like, "eligible").checked;
    return row;
  };

  /* What is shown beside what is typed */
  const labels = new Map([...form.querySelectorAll("[data-column]")].map((head) => [head.dataset.column, head.textContent.trim()]));
  const phrase = form.querySelector("[data-place]").dataset.place;
  const placeOf = (row, name) => phrase.replace("{row}", rows().indexOf(row) + 1).replace("{column}", labels.get(name));
  const show = (output, text) => { if (output.textContent !== text) output.textContent = text; };
  const keyOf = (row) => {
    const item = itemOf(value(row, "item"));
    if (!item) return null;
    const parts = [folded(value(row, "host")), item.shown];
    if (form.dataset.per === "subitem") parts.push(value(row, "subitem").trim());
    return parts.join("\t");
  };
  /* A 節 that the year does not have is marked as soon as its cell is left; that one is missing, the server says. */
  let typing = null;
  const markItem = (row) => {
    const control = cell(row, "item"), typed = control.value.trim(), id = `${control.id}_error`;
    const known = !typed || itemOf(typed);
    let note = control.parentElement.querySelector(".field__error");
    if (!known && control !== typing) {
      if (!note) {
        note = document.createElement("p");
        note.className = "field__error";
        note.id = id;
        control.after(note);
      }
      note.dataset.marked = "";
      show(note, words.unknown.replace("{item}", typed));
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", id);
    } else if (note && known && (typed || "marked" in note.dataset)) {
      note.remove();
      ["aria-invalid", "aria-describedby"].forEach((name) => control.removeAttribute(name));
    }
  };
  const compute = () => {
    let placed = true;
    const sums = new Map(), first = new Map(), total = { initial: 0n, running: 0n, eligible: 0n, total: 0n, k: 0n };
    rows().forEach((row, place) => {
      const empty = isEmpty(row), cells = cellsOf(row), amount = empty ? null : amountOf(cells), key = keyOf(row);
      row.classList.toggle("is-spare", empty);
      row.classList.remove("is-first");
      show(row.querySelector("[data-amount]"), amount === null ? (empty ? "" : "－") : grouped(amount));
      show(row.querySelector("[data-group]"), "");
      markItem(row);
      COLUMNS.forEach((name) => {
        const label = phrase.replace("{row}", place + 1).replace("{column}", labels.get(name));
        if (cell(row, name).getAttribute("aria-label") !== label) cell(row, name).setAttribute("aria-label", label);
      });
      if (amount === null) return;
      total[cells.kind] += amount;
      total.total += amount;
      if (cells.eligible) total.eligible += amount;
      if (key === null) {
        placed = false;
        show(row.querySelector("[data-group]"), "－");
        return;
      }
      sums.set(key, (sums.get(key) || 0n) + amount);
      if (!first.has(key)) first.set(key, row);
    });
    first.forEach((row, key) => {
      const amount = thousands(sums.get(key));
      total.k += amount;
      row.classList.add("is-first");
      show(row.querySelector("[data-group]"), grouped(amount));
    });
    Object.entries(total).forEach(([name, amount]) => show(form.querySelector(`[data-total="${name}"]`), grouped(amount)));
    if (!placed) show(form.querySelector('[data-total="k"]'), "－");
  };
  let waiting = 0;
  const computeSoon = () => {
    if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; compute(); });
  };

  /* Where the city usually books what: offered beside the cell, taken by a click only */
  const hints = [...form.querySelectorAll("[data-hint-words]")].map((one) => ({
    words: one.dataset.hintWords.split("、").map(folded), item: one.dataset.hintItem,
    subitem: one.dataset.hintSubitem, advice: one.dataset.hintAdvice,
  }));
  const suggest = (row) => {
    const place = row.querySelector("[data-hint]");
    const text = folded(value(row, "description"));
    const hint = text && hints.find((one) => one.words.some((word) => text.includes(word)));
    const usual = hint && itemOf(hint.item), present = itemOf(value(row, "item"));
    place.replaceChildren();
    place.hidden = !usual || usual === present;
    if (place.hidden) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--text button--small";
    button.textContent = words.apply.replace("{item}", [usual.shown, hint.subitem].filter(Boolean).join(" "));
    button.addEventListener("click", () => {
      remember(row, "item");
      cell(row, "item").value = usual.shown;
      if (hint.subitem) cell(row, "subitem").value = hint.subitem;
      suggest(row);
      compute();
      cell(row, "item").focus();
    });
    place.append(hint.advice, " ", button);
  };

  /* What was there before the last paste: whole rows, to be put back as they were, and the cell that one was in */
  let memory = null, place = null, typedSince = false;
  const remember = (at, column) => {
    memory = rows().map((row) => ({ row, cells: cellsOf(row) }));
    place = cell(at, column);
    typedSince = false;
    undo.hidden = false;
  };
  /* As the server reads them; a word that neither knows changes nothing: null. */
  const kindOf = (text) => {
    if (!folded(text)) return "initial";
    const typed = folded(text).replace(/(経費|費用|コスト|費)$/, "");
    if (/^(initial|初期|イニシャル|臨時)$/.test(typed)) return "initial";
    return /^(running|経常|ランニング)$/.test(typed) ? "running" : null;
  };
  const eligibleOf = (text) => {
    if (/^(○|〇|◯|◎|✓|レ|1|true|yes|はい|対象|on)$/i.test(folded(text))) return true;
    return /^(×|-|ー|0|false|no|いいえ|対象外)?$/i.test(folded(text)) ? false : null;
  };
  /* Whether the cell could be read. */
  const put = (row, name, text) => {
    const control = cell(row, name);
    const chosen = control.type === "checkbox" ? eligibleOf(text) : control.tagName === "SELECT" ? kindOf(text) : undefined;
    if (chosen === null) return false;
    if (control.type === "checkbox") control.checked = chosen;
    else if (control.tagName === "SELECT") control.value = chosen;
    else control.value = name === "item" ? (itemOf(text)?.shown || text.trim()) : tidy(name, text);
    return true;
  };
  const tidy = (name, text) => {
    const typed = NUMBERS.has(name) ? plain(text) : null;
    if (typed === null) return (NUMBERS.has(name) ? folded(text) : text).replace(/\s*\n\s*/g, " ").trim();
    const [whole, rest] = typed.split(".");
    return grouped(BigInt(whole || "0")) + (rest ? `.${rest}` : "");
  };
  const takeBack = () => {
    if (!memory) return;
    body.replaceChildren(...memory.map(({ row, cells }) => {
      COLUMNS.forEach((name) => {
        if (cell(row, name).type === "checkbox") cell(row, name).checked = cells[name] === "1";
        else cell(row, name).value = cells[name];
      });
      return row;
    }));
    memory = null;
    undo.hidden = true;
    said.textContent = words.saidBack;
    compute();
    place.focus();
  };

  /* A range of a spreadsheet: cells parted by tabs; one with a line break or a quote in it stands in quotes */
  const tableOf = (text) => {
    const table = [[""]];
    let quoted = false;
    for (let place = 0; place < text.length; place++) {
      const sign = text[place], line = table.at(-1);
      if (quoted) {
        if (sign !== '"') line[line.length - 1] += sign;
        else if (text[place + 1] === '"') { line[line.length - 1] += '"'; place++; }
        else quoted = false;
      } else if (sign === '"' && line.at(-1) === "") quoted = true;
      else if (sign === "\t") line.push("");
      else if (sign === "\n") table.push([""]);
      else if (sign !== "\r") line[line.length - 1] += sign;
    }
    return table.filter((line) => line.some((one) => one.trim()));
  };
  const HEADS = {
    item: "節 節名 節番号 節・細節", subitem: "細節 細節名", description: "内容 積算 積算内容 品名 説明 内訳 項目",
    price: "単価 単価(円) 単価円 税抜単価 税込単価", quantity: "数量 員数 個数 人数 台数 回数", unit: "単位",
    months: "月数 月 ヶ月 か月 期間", tax: "税 税(%) 消費税 税率 税率(%) 消費税率", kind: "区分 経費区分 初期/経常",
    eligible: "対象 交付対象 補助対象 対象経費", host: "計上する事業 計上事業 事業コード", amount: "金額 金額(円) 金額円 小計 計",
  };
  const heads = new Map(Object.entries(HEADS).flatMap(([column, names]) => names.split(" ").map((name) => [name.normalize("NFKC"), column])));
  const named = (line) => {
    const found = line.map((one) => heads.get(folded(one).replace(/ /g, "")) || "");
    return found.filter(Boolean).length >= 2 ? found : null;
  };
  const paste = (text, start, column) => {
    const table = tableOf(text);
    const head = table.length > 1 ? named(table[0]) : null;
    const names = head || COLUMNS.slice(COLUMNS.indexOf(column));
    const all = head ? table.slice(1) : table, lines = all.slice(0, MOST_ROWS), misread = [];
    remember(start, column);
    let row = start, last = start, above = null;
    lines.forEach((line) => {
      row = row || addRow(last);
      names.forEach((name, place) => {
        if (COLUMNS.includes(name) && place < line.length && !put(row, name, line[place])) misread.push({ row, name, text: line[place].trim() });
      });
      if (above && names.includes("item") && !value(row, "item").trim()) {
        cell(row, "item").value = value(above, "item");
        cell(row, "subitem").value = value(row, "subitem") || value(above, "subitem");
      }
      suggest(row);
      above = last = row;
      row = row.nextElementSibling;
    });
    compute();
    const unread = head ? table[0].filter((_one, place) => !COLUMNS.includes(head[place])).map((one) => one.trim()).filter(Boolean) : [];
    const cells = misread.slice(0, MOST_TOLD).map(({ row: at, name, text: typed }) => `${placeOf(at, name)}「${typed}」`);
    said.textContent = [
      words.saidRows.replace("{count}", lines.length),
      all.length > lines.length && words.saidOver.replace("{most}", MOST_ROWS).replace("{count}", all.length - lines.length),
      cells.length && words.saidKept.replace("{cells}", () => cells.join("、") + (misread.length > cells.length ? "…" : "")),
      unread.length && words.not.replace("{columns}", unread.join("、")),
    ].filter(Boolean).join(" ");
    cell(last, column).focus();
  };

  /* Keys */
  const step = (control, by) => {
    const row = control.closest("[data-row]"), all = rows(), place = all.indexOf(row) + by;
    if (place < 0) return;
    const next = all[place] || (isEmpty(row) ? null : addRow(row));
    if (!next) return;
    const to = cell(next, control.dataset.cell);
    to.focus();
    if (to.select) to.select();
    computeSoon();
  };
  const remove = (row) => {
    const all = rows(), place = all.indexOf(row);
    remember(row, "description");
    row.remove();
    const left = rows();
    const near = left[Math.min(place, left.length - 1)] || addRow(null);
    cell(near, "description").focus();
    said.textContent = words.saidGone.replace("{row}", place + 1);
    compute();
  };
  body.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const control = event.target.closest("[data-cell]");
    if (!control) return;
    const row = control.closest("[data-row]");
    const list = control.tagName === "SELECT";
    if (event.key === "Enter" && event.ctrlKey) {
      const made = addRow(row, row);
      compute();
      cell(made, "description").focus();
    } else if (event.key === "Delete" && event.altKey) remove(row);
    else if (event.key === "z" && event.ctrlKey && memory && !typedSince) takeBack();
    else if (event.key === "Enter") step(control, event.shiftKey ? -1 : 1);
    else if (event.key === "ArrowDown" && !list && !event.altKey) step(control, 1);
    else if (event.key === "ArrowUp" && !list && !event.altKey) step(control, -1);
    else return;
    event.preventDefault();
  });
  body.addEventListener("paste", (event) => {
    const control = event.target.closest("[data-cell]");
    const text = event.clipboardData.getData("text/plain");
    if (!control || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    paste(text, control.closest("[data-row]"), control.dataset.cell);
  });
  body.addEventListener("input", (event) => {
    typedSince = typedSince || event.isTrusted;
    const row = event.target.closest("[data-row]");
    if (row && ["item", "description"].includes(event.target.dataset.cell)) suggest(row);
    typing = event.target.dataset.cell === "item" ? event.target : null;
    computeSoon();
  });
  body.addEventListener("focusout", () => {
    if (typing) computeSoon();
    typing = null;
  });
  /* What is typed stands as the sheet writes it once its cell is left: １２３４ is 1,234, and 12 is 12 委託料. */
  [body, bases].forEach((table) => table.addEventListener("change", (event) => {
    const control = event.target, name = control.dataset.cell;
    const known = name === "item" && itemOf(control.value);
    if (known) control.value = known.shown;
    else if (NUMBERS.has(name)) control.value = tidy(name, control.value);
  }));
  body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (button) remove(button.closest("[data-row]"));
  });
  undo.addEventListener("click", takeBack);
  form.querySelector("[data-add]").addEventListener("click", (event) => {
    event.preventDefault();
    const last = rows().at(-1);
    const made = addRow(last);
    compute();
    cell(made, "item").focus();
  });
  /* Enter in the other tables saves nothing by mistake. */
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.defaultPrevented && event.target.matches("input")) event.preventDefault();
  });

  /* A draft that comes back needs as many rows as it had, in its order. */
  form.addEventListener("draft-restore", (event) => {
    const all = (name) => event.detail.filter(([one]) => one === name).map(([, place]) => place);
    const there = (table, name) => new Map([...table.children].map((row) => [row.querySelector(`input[name=${name}]`).value, row]));
    [["row", body], ["base", bases]].forEach(([name, table]) => {
      const present = there(table, name);
      table.replaceChildren(...all(name).map((place) => {
        if (present.has(place)) return present.get(place);
        following = Number(place);
        const made = clone(name);
        return made;
      }));
      following = Math.max(following, ...all(name).map(Number)) + 1;
    });
    computeSoon();
  });

  /* On paper the words stand in the place of the boxes, which cut them. */
  window.addEventListener("beforeprint", () => form.querySelectorAll(".costs td > .control").forEach((control) => {
    const chosen = control.tagName === "SELECT" ? control.selectedOptions[0]?.text : control.value;
    control.parentElement.dataset.printed = chosen || "";
  }));

  form.querySelectorAll("[data-keys]").forEach((one) => { one.hidden = false; });
  scripted(form);
  compute();
})();
