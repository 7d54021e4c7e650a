// One more row of fields without asking the server: the last [data-row] of [data-rows] is copied, its number raised.
export default function rows(form) {
  form.querySelector("[data-more]")?.addEventListener("click", (event) => {
    event.preventDefault();
    add(form.querySelector("[data-rows]"));
  });
}

function add(list) {
  const nth = list.children.length;
  const row = list.lastElementChild.cloneNode(true);
  for (const error of row.querySelectorAll(".errors")) error.remove();
  for (const input of row.querySelectorAll("input")) {
    input.name = input.name.replace(/-\d+-/, `-${nth}-`);
    input.id = `id_${input.name}`;
    input.value = "";
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    const label = row.querySelectorAll("label")[[...row.querySelectorAll("input")].indexOf(input)];
    label.htmlFor = input.id;
    label.firstChild.textContent = label.firstChild.textContent.replace(String(nth), String(nth + 1));
  }
  list.append(row);
  row.querySelector("input").focus();
}
