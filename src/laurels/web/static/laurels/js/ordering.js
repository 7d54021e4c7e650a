// Cards of a practice are put in order by dragging or by their buttons. Beneath are the radios of a plain form: the place
// of a card is what it answers, once somebody asks; practice.js explains it.
import Sortable from "../vendor/sortable.js";

export default function ordering(practice) {
  const list = practice.querySelector("[data-list]");
  const said = practice.querySelector("[data-said]");
  const explain = practice.querySelector("[data-explain]");
  const buttons = practice.querySelector("template").content;
  const cards = () => [...list.children];
  const chosen = (card) => Number(card.querySelector(":checked")?.value ?? Infinity);
  let isExplained = cards().some((card) => chosen(card) < Infinity);

  list.replaceChildren(...cards().sort((one, other) => (chosen(one) > chosen(other)) - (chosen(one) < chosen(other))));
  for (const card of cards()) card.querySelector("legend").after(buttons.cloneNode(true));
  Sortable.create(list, {
    draggable: "[data-answer]", filter: "button", preventOnFilter: false,
    forceFallback: true, fallbackTolerance: 4, delay: 250, delayOnTouchOnly: true,
    onEnd: ({ item, oldDraggableIndex, newDraggableIndex }) => {
      if (oldDraggableIndex !== newDraggableIndex) tell(item, said.dataset.moved);
    },
  });
  list.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-step]");
    if (button) move(button.closest("[data-answer]"), Number(button.dataset.step));
  });
  explain.addEventListener("click", () => { isExplained = true; answer(); });
  practice.classList.add("is-ordered");
  practice.querySelector("[data-ordering]").hidden = false;

  // The neighbour goes round the card, so that the button that was pressed keeps the focus.
  function move(card, step) {
    const neighbour = step < 0 ? card.previousElementSibling : card.nextElementSibling;
    if (neighbour) card[step < 0 ? "after" : "before"](neighbour);
    tell(card, neighbour ? said.dataset.moved : said.dataset.stays);
  }

  function tell(card, words) {
    const all = cards();
    said.textContent = words.replace("{card}", card.querySelector("legend").textContent)
      .replace("{n}", all.indexOf(card) + 1).replace("{all}", all.length);
    if (isExplained) answer();
  }

  function answer() {
    cards().forEach((card, nth) => {
      const radio = card.querySelector(`[type=radio][value="${nth + 1}"]`);
      if (radio.checked) return;
      radio.checked = true;
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
