// Says which parts of a text are before somebody's eyes, while something moves now and then. The server counts; each
// answer brings the value that the next beat must present, so that one window reads at a time.
const STILL_MS = 120_000;

export default function reading(form) {
  const { beats, every, paused } = form.dataset;
  const [bar, left, said, missing, here] = ["progress", "[data-left]", "[data-said]", "[data-missing]", "[data-here]"]
    .map((name) => form.querySelector(name));
  const seen = new Set();
  let nonce = "", moved = Date.now(), beating;

  const eyes = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) seen[isIntersecting ? "add" : "delete"](target);
  }, { rootMargin: "0px 0px -64px 0px" });
  document.querySelectorAll("[data-part]").forEach((block) => eyes.observe(block));
  for (const sign of ["scroll", "keydown", "pointermove", "pointerdown", "touchstart"]) {
    addEventListener(sign, () => { moved = Date.now(); }, { passive: true });
  }

  async function beat() {
    if (document.visibilityState !== "visible") return;
    if (Date.now() - moved > STILL_MS) return say(paused);
    const body = new FormData(form);
    body.set("nonce", nonce);
    body.set("parts", [...new Set([...seen].map((block) => block.dataset.part))].join(" "));
    const answer = await fetch(beats, { method: "POST", body }).catch(() => null);
    // Whether it was counted nobody knows: begin again, which loses this one beat at most.
    if (!answer) return void (nonce = "");
    if (answer.status === 409) return refuse(await answer.json());
    if (answer.ok) show(await answer.json());
  }

  function show({ nonce: next, words, seconds, read, is_enough: isEnough }) {
    nonce = next;
    bar.value = seconds;
    for (const part of form.querySelectorAll("[data-of]")) part.classList.toggle("is-read", read.includes(part.dataset.of));
    for (const link of missing.children) link.hidden = read.includes(link.hash.slice("#part-".length));
    missing.hidden = isEnough || seconds < bar.max;
    left.textContent = words;
    if (seconds >= bar.max) say(words);
    if (!isEnough) return;
    clearInterval(beating);
    document.querySelector("[data-until-read]")?.remove();
  }

  function refuse({ code, words }) {
    say(words);
    here.hidden = code !== "elsewhere";
    if (!here.hidden) clearInterval(beating);
  }

  // Read out only when something must be known, not with every beat.
  function say(words) {
    left.textContent = words;
    if (said.textContent !== words) said.textContent = words;
  }

  function begin() {
    nonce = "";
    here.hidden = true;
    beating = setInterval(beat, Number(every) * 1000);
    beat();
  }

  here.addEventListener("click", begin);
  begin();
}
