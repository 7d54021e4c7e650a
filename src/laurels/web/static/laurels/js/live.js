// Follows a room: a stream of parts, resumed by the browser itself; polling where streams are cut on the way.
import { place } from "./place.js";

const TRIES = 3, POLL_MS = 2000;

export default function live(element) {
  let seq = new URL(element.dataset.live, location).searchParams.get("after");
  let failures = 0;
  const source = new EventSource(element.dataset.live);

  const heard = {
    parts: (words) => place(words),
    go: (words) => { if (location.pathname === words || !location.pathname.startsWith("/desk/")) location.reload(); },
    refresh: () => element.dataset.own && fetch(element.dataset.own).then((answer) => answer.ok && answer.text()).then((html) => html && place(html)),
    reload: () => location.reload(),
    leave: () => location.assign("/join"),
  };
  for (const [name, hear] of Object.entries(heard)) {
    source.addEventListener(name, (event) => {
      seq = event.lastEventId || seq;
      failures = 0;
      hear(event.data);
    });
  }
  source.addEventListener("open", () => { failures = 0; });
  source.addEventListener("error", () => {
    failures += 1;
    if (failures >= TRIES || source.readyState === EventSource.CLOSED) { source.close(); poll(); }
  });

  async function poll() {
    const address = new URL(element.dataset.live, location);
    address.searchParams.set("after", seq);
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (answer.status === 404) return heard.leave();
      if (answer.ok) {
        seq = answer.headers.get("X-Live-Seq") ?? seq;
        place(await answer.text());
        for (const call of (answer.headers.get("X-Live-Event") ?? "").split(",")) heard[call.trim().split(" ")[0]]?.(call);
      }
    } catch { /* No network at this moment: the next poll asks again from the same place. */ }
    setTimeout(poll, POLL_MS);
  }

  setInterval(() => tick(element), 500);
  tick(element);
}

function tick(element) {
  for (const timer of element.querySelectorAll("[data-ends]")) {
    const left = Math.round(Number(timer.dataset.ends) - Date.now() / 1000);
    const [minutes, seconds] = [Math.floor(Math.abs(left) / 60), Math.abs(left) % 60];
    timer.classList.toggle("is-over", left < 0);
    timer.querySelector("[data-left]").textContent = `${left < 0 ? "+" : ""}${minutes}:${String(seconds).padStart(2, "0")}`;
  }
}
