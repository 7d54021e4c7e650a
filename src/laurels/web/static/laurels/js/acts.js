// Sends what people do and places the answer; a refusal is said aloud and takes no words away. The form hears which it
// was: "answered" or "refused".
import { place, release } from "./place.js";

export default function acts(element) {
  const sheet = element.querySelector("[data-sheet-place]");
  const said = element.querySelector("[data-said]");

  element.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    // Who is faster than the answer is not lost: what was written since is sent after it.
    if (form.dataset.busy) return void (form.dataset.again = "yes");
    form.dataset.busy = "yes";
    const sent = written(form);
    try {
      const answer = await send(form, event.submitter);
      if (!answer.ok) return refuse(form, await why(answer));
      say("");
      // Words that were begun while the answer was on its way stay.
      if (written(form) === sent) form.reset();
      if ("closes" in form.dataset) sheet.close();
      place(await answer.text());
      release();
      form.dispatchEvent(new Event("answered"));
    } catch {
      refuse(form, navigator.onLine ? "That did not arrive. Send it again." : "You are offline. Your words are still here.");
    } finally {
      const isMore = form.dataset.again && form.isConnected && written(form) !== sent;
      delete form.dataset.busy;
      delete form.dataset.again;
      if (isMore) form.requestSubmit();
    }
  });

  element.addEventListener("click", async (event) => {
    const opener = event.target.closest("[data-sheet]");
    if (!opener) return;
    const answer = await fetch(opener.dataset.sheet);
    if (!answer.ok) return;
    sheet.innerHTML = await answer.text();
    sheet.showModal();
  });
  sheet.addEventListener("click", (event) => { if (event.target === sheet || event.target.closest("[data-close]")) sheet.close(); });

  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches("[data-enter-sends]")) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });

  // A sheet lies over the page: what is refused there is said there.
  function refuse(form, words) {
    say(words);
    form.dispatchEvent(new Event("refused"));
  }

  function say(words) {
    said.textContent = words;
    const inside = sheet.querySelector("[role=alert]") ?? sheet.appendChild(document.createElement("p"));
    inside.setAttribute("role", "alert");
    inside.className = "room-said";
    inside.textContent = words;
  }

  function send(form, submitter) {
    const token = element.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { Accept: "application/json, text/html", "X-CSRFToken": token };
    return fetch(form.action, { method: "POST", headers, body: new URLSearchParams(new FormData(form, submitter)) });
  }

  async function why(answer) {
    const problem = await answer.json().catch(() => null);
    return problem?.title ?? "That did not work. Reload the page and try again.";
  }
}

function written(form) {
  return new URLSearchParams(new FormData(form)).toString();
}
