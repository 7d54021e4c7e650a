// Says that a page is being read, while it is before somebody's eyes and something moves now and then. The server counts.
const STILL_MS = 90_000;

export default function reading(element) {
  const { beats, every, needed } = element.dataset;
  const bar = element.querySelector("progress"), left = element.querySelector("[data-left]");
  const token = element.querySelector("[name=csrfmiddlewaretoken]").value;
  const words = left.textContent;
  let moved = Date.now();
  for (const sign of ["scroll", "keydown", "pointermove", "touchstart"]) {
    addEventListener(sign, () => { moved = Date.now(); }, { passive: true });
  }

  async function beat() {
    if (document.visibilityState !== "visible" || Date.now() - moved > STILL_MS) return;
    const answer = await fetch(beats, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => null);
    if (!answer?.ok) return;
    const still = (await answer.json()).left;
    bar.value = Number(needed) - still;
    left.textContent = words.replace(/\d+/, still);
    if (!still) clearInterval(beating);
  }

  const beating = setInterval(beat, Number(every) * 1000);
  beat();
}
