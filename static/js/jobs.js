/* Keeps the page of a job up to date while the job goes on. Without it a link leads to the page anew. */
"use strict";

(() => {
  const SECOND = 1000;
  const job = document.querySelector("[data-job]");
  const part = (name) => document.querySelector(`[data-job-${name}]`);

  /* A reader of the screen hears a sentence when it changes, not each per cent. */
  const say = (place, words) => {
    if (place.textContent !== words) place.textContent = words;
  };

  const showChip = (now) => {
    const chip = part("chip").querySelector(".chip");
    chip.className = ["chip", ...now.chip.split(" ").filter(Boolean).map((look) => `chip--${look}`)].join(" ");
    say(chip, now.label);
  };

  const show = (now) => {
    showChip(now);
    say(part("words"), now.words);
    part("progress").value = now.progress;
    say(part("percent"), String(now.progress));
    part("reason").hidden = !now.reason;
    say(part("reason-words"), now.reason);
    if (now.result_url) part("result").querySelector("a").href = now.result_url;
    part("result").hidden = !now.result_url;
    if (now.ended) document.querySelectorAll("[data-job-running]").forEach((each) => { each.hidden = true; });
    part("reason").classList.toggle("notice--error", now.state === "failed");
    part("reason").classList.toggle("notice--warn", now.state !== "failed");
  };

  /* Signed out in the meantime, or gone: loading the page says so. A network that fails is asked again. */
  const ask = async () => {
    try {
      const answer = await fetch(job.dataset.job, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 404) {
        window.location.reload();
        return;
      }
      if (answer.ok) {
        const now = await answer.json();
        show(now);
        if (now.ended) return;
      }
      setTimeout(ask, answer.ok ? SECOND : 5 * SECOND);
    } catch {
      setTimeout(ask, 5 * SECOND);
    }
  };

  if (job) setTimeout(ask, SECOND);
})();
