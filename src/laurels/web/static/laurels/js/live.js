// Follows a room: a stream of parts, resumed by the browser itself; polling where streams are cut on the way.
import { place } from "./place.js";

const TRIES = 3, POLL_MS = 2000, REFRESH_MS = 300, TICK_MS = 200;

export default function live(element) {
  let seq = new URL(element.dataset.live, location).searchParams.get("after");
  let failures = 0;
  const source = new EventSource(element.dataset.live);

  const heard = {
    parts: (words) => place(words),
    go: (words) => (location.pathname === words ? location.reload() : location.assign(words)),
    refresh: () => { asked ||= setTimeout(refresh, REFRESH_MS); },
    reload: () => location.reload(),
    leave: () => location.assign("/join"),
  };
  let asked = 0;

  // However much happens, a screen asks for its own corner at most this often.
  async function refresh() {
    asked = 0;
    for (const address of (element.dataset.own ?? "").split(" ").filter(Boolean)) {
      const answer = await fetch(address).catch(() => null);
      if (answer?.ok) place(await answer.text());
    }
  }

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
        for (const call of (answer.headers.get("X-Live-Event") ?? "").split(",")) {
          const [name, words] = call.trim().split(" ");
          heard[name]?.(decodeURIComponent(words ?? ""));
        }
      }
    } catch { /* No network at this moment: the next poll asks again from the same place. */ }
    setTimeout(poll, POLL_MS);
  }

  setInterval(() => tick(element), TICK_MS);
  tick(element);
}

// Timers run on the server's clock, however wrong this device's own is.
let ahead = 0, isFirst = true;

// When the server's time that stands in the page was written: the page itself arrived some time before this ran.
function written() {
  const page = isFirst && performance.getEntriesByType("navigation")[0];
  isFirst = false;
  return (page ? performance.timeOrigin + page.responseStart : Date.now()) / 1000;
}

function tick(element) {
  for (const timer of element.querySelectorAll("[data-ends]")) {
    if (timer.dataset.now) { ahead = Number(timer.dataset.now) - written(); delete timer.dataset.now; }
    const left = Math.round(Number(timer.dataset.ends) - Date.now() / 1000 - ahead);
    const [minutes, seconds] = [Math.floor(Math.abs(left) / 60), Math.abs(left) % 60];
    timer.classList.toggle("is-over", left < 0);
    const words = `${left < 0 ? "+" : ""}${minutes}:${String(seconds).padStart(2, "0")}`;
    const place = timer.querySelector("[data-left]");
    if (place.textContent !== words) place.textContent = words;
  }
  // What is asked at a bell appears at the bell, before anything arrives; nothing moves and no focus is taken.
  for (const waiting of element.querySelectorAll("[data-at][hidden]")) {
    const left = (Number(waiting.dataset.at) - ahead) * 1000 - Date.now();
    if (left < TICK_MS) setTimeout(() => { waiting.hidden = false; }, Math.max(0, left));
  }
}
