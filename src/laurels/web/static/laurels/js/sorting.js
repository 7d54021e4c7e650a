// Cards of a practice lie on a pile and are dragged, or sent by their buttons, to the answer they belong to. Beneath are
// the radios of a plain form: where a card lies is what it answers, and practice.js explains it.
import Sortable from "../vendor/sortable.js";

export default function sorting(practice) {
  const pile = practice.querySelector('[data-list=""]');
  const said = practice.querySelector("[data-said]");
  const lists = [...practice.querySelectorAll("[data-list]")];
  const listOf = (answer) => lists.find((list) => list.dataset.list === answer);

  for (const card of practice.querySelectorAll("[data-answer]")) {
    const radios = [...card.querySelectorAll("[type=radio]")];
    card.querySelector(".choices").replaceChildren(...radios.flatMap((radio) => [hidden(radio), button(card, radio)]));
    card.querySelector("[data-why]").removeAttribute("role");
    listOf(radios.find((radio) => radio.checked)?.value ?? "").append(card);
    mark(card);
  }
  for (const list of lists) {
    Sortable.create(list, {
      group: "practice", draggable: "[data-answer]", filter: "button", preventOnFilter: false,
      forceFallback: true, fallbackTolerance: 4, delay: 250, delayOnTouchOnly: true,
      onEnd: ({ item, from, to }) => { if (from !== to) answer(item); },
    });
  }
  practice.classList.add("is-sorted");
  practice.querySelector("[data-sorting]").hidden = false;

  function hidden(radio) {
    radio.hidden = true;
    return radio;
  }

  function button(card, radio) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button" });
    made.textContent = made.value = radio.value;
    made.addEventListener("click", () => send(card, radio.value));
    return made;
  }

  // Whoever works through the pile goes on with its next card; a card that is moved again keeps the focus.
  function send(card, value) {
    const next = card.parentElement === pile && (card.nextElementSibling ?? pile.firstElementChild);
    listOf(value).append(card);
    answer(card);
    const onto = next && next !== card ? next : card;
    onto.querySelector("button").focus({ preventScroll: onto === card });
  }

  function answer(card) {
    const radios = [...card.querySelectorAll("[type=radio]")];
    for (const radio of radios) radio.checked = radio.value === card.parentElement.dataset.list;
    const chosen = radios.find((radio) => radio.checked), why = card.querySelector("[data-why]");
    if (chosen) chosen.dispatchEvent(new Event("change", { bubbles: true }));
    else why.replaceChildren();
    mark(card);
    const words = Object.assign(document.createElement("b"), { textContent: card.querySelector("legend").textContent });
    said.replaceChildren(words, `: ${why.textContent} ${pile.childElementCount ? "" : said.dataset.empty}`);
    if (!chosen) said.replaceChildren();
  }

  function mark(card) {
    const at = card.parentElement.dataset.list;
    for (const each of card.querySelectorAll("button")) each.setAttribute("aria-pressed", each.value === at);
  }
}
