// Cards on lists with data-drop follow the pointer; where they land is sent like any form. The contract stands in
// rooms/README.md. Everything it does can be done in the card's sheet as well.
import Sortable from "../vendor/sortable.js";
import { hold } from "./place.js";

export default function drag(room) {
  const attached = new Map();

  function attach() {
    for (const [list, sortable] of attached) {
      if (!list.isConnected) { sortable.destroy(); attached.delete(list); }
    }
    for (const list of room.querySelectorAll("[data-drop]")) {
      if (!attached.has(list)) attached.set(list, Sortable.create(list, options(list)));
    }
  }

  // What arrives while a card is held waits until it was dropped and sent.
  const options = (list) => ({
    group: list.closest("[data-acts]").dataset.acts,
    draggable: "[data-card]",
    filter: "form",
    preventOnFilter: false,
    forceFallback: true,
    fallbackTolerance: 4,
    delay: 250,
    delayOnTouchOnly: true,
    onChoose: ({ item }) => { hold(true); home = { list: item.parentElement, next: item.nextElementSibling }; },
    onUnchoose: () => setTimeout(hold, 0, false),
    onEnd: ({ item, from, to, oldDraggableIndex, newDraggableIndex }) => {
      if (from !== to || oldDraggableIndex !== newDraggableIndex) send(item, to, newDraggableIndex + 1, home);
    },
  });
  let home;

  function send(item, list, position, { list: from, next }) {
    const { drop, dropValues, dropPosition, dropBefore } = list.dataset;
    const values = { verb: drop, card: item.dataset.card, ...JSON.parse(dropValues ?? "{}") };
    if (dropPosition) values[dropPosition] = position;
    if (dropBefore) values[dropBefore] = item.nextElementSibling?.dataset.card ?? "";
    const form = Object.assign(document.createElement("form"), { method: "post", hidden: true });
    form.action = list.closest("[data-acts]").dataset.acts;
    form.dataset.act = "";
    form.append(...Object.entries(values).map(([name, value]) =>
      Object.assign(document.createElement("input"), { type: "hidden", name, value })));
    form.addEventListener("refused", () => {
      form.remove();
      if (item.isConnected && from.isConnected) from.insertBefore(item, next?.parentElement === from ? next : null);
    });
    form.addEventListener("answered", () => form.remove());
    room.append(form);
    form.requestSubmit();
  }

  new MutationObserver(attach).observe(room, { childList: true, subtree: true });
  attach();
}
