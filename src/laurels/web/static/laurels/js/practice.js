// A practice explains each answer as soon as it is given; without this the button below asks the server.
export default function practice(element) {
  element.querySelector("[data-without]").remove();
  element.addEventListener("change", ({ target }) => {
    const card = target.closest("[data-answer]");
    const why = card.querySelector("[data-why]");
    if (!target.value) return why.replaceChildren();
    const verdict = document.createElement("b");
    verdict.textContent = target.value === card.dataset.answer ? why.dataset.right : why.dataset.wrong;
    why.replaceChildren(verdict, ` ${why.dataset.why}`);
  });
}
