// The booking page: one more row without asking the server, and the price anew whenever something that matters changes.
const MATTERS = /^(attending|seats|chosen|extras|coupon|country|tax_id|person-\d+-(name|email))$/;

export default function booking(form) {
  form.querySelector("[data-more]")?.addEventListener("click", (event) => {
    event.preventDefault();
    addRow(form.querySelector("[data-rows]"));
  });
  const button = form.querySelector("[data-price]");
  if (!button) return;
  button.hidden = true;
  form.addEventListener("change", (event) => MATTERS.test(event.target.name) && drawPrice(form));
}

function addRow(rows) {
  const row = rows.lastElementChild.cloneNode(true);
  const nth = rows.children.length;
  row.innerHTML = row.innerHTML
    .replaceAll(`person-${nth - 1}-`, `person-${nth}-`)
    .replaceAll(new RegExp(`\\b${nth}\\b(?=[^<>]*</label>|[^<>]*<span)`, "g"), nth + 1);
  for (const input of row.querySelectorAll("input")) {
    input.value = "";
    input.removeAttribute("value");
  }
  for (const error of row.querySelectorAll(".errors")) error.remove();
  rows.append(row);
  row.querySelector("input").focus();
}

// Only the latest answer counts, and one that fails leaves the price as it stands: the server decides anyway.
let latest = 0;
async function drawPrice(form) {
  const mine = ++latest;
  const data = new FormData(form);
  data.set("price", "1");
  const answer = await fetch(form.action, { method: "POST", body: data }).catch(() => null);
  if (!answer?.ok || mine !== latest) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const drawn = page.getElementById("price");
  if (drawn && mine === latest) document.getElementById("price").replaceWith(drawn);
}
