// Puts parts into the page: a part replaces the element of its id, or goes where data-into and data-after say.
// What somebody is writing or dragging is never taken from them: such a part waits until that is sent or left.
const waiting = new Map();
let isHeld = false;

export function place(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const part of [...template.content.children]) put(part);
}

function put(part) {
  const old = part.id && document.getElementById(part.id);
  waiting.delete(part.id);
  if (isHeld || (old && isBeingWritten(old))) return void waiting.set(part.id, part);
  if ("gone" in part.dataset) return void old?.remove();
  const into = part.dataset.into && document.getElementById(part.dataset.into);
  if (!into) return void (old && swap(old, part));
  old?.remove();
  const after = part.dataset.after === undefined ? into.lastElementChild : document.getElementById(part.dataset.after);
  after?.parentElement === into ? after.after(part) : into.prepend(part);
}

function swap(old, part) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(part);
  const same = held?.id && document.getElementById(held.id);
  if (same) same.focus();
}

function isBeingWritten(element) {
  return [...element.querySelectorAll("textarea, input:not([type=hidden]), select")].some(isChanged);
}

function isChanged(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const first = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(0, first);
}

// After words were sent or left empty again, what waited may come.
export function release() {
  if (isHeld) return;
  for (const [id, part] of [...waiting]) {
    const old = document.getElementById(id);
    if (!old || !isBeingWritten(old)) put(part);
  }
}

// While something is held in the hand, nothing on the page moves.
export function hold(is) {
  isHeld = is;
  release();
}

document.addEventListener("focusout", () => setTimeout(release, 0));
