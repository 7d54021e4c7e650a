// Draws one part of the page anew from what is typed: <form data-redraw="price"> posts itself with price=1 after each
// change and takes #price from the answer. Without JavaScript the button [data-redraws] does the same.
export default function redraw(form) {
  const id = form.dataset.redraw;
  const button = form.querySelector("[data-redraws]");
  if (!button) return;
  button.remove();
  let latest = 0;
  form.addEventListener("change", async () => {
    const mine = ++latest;
    const data = new FormData(form);
    data.set(id, "1");
    // Only the latest answer counts; one that fails leaves the part as it stands: the server decides anyway.
    const answer = await fetch(form.action, { method: "POST", body: data }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const drawn = page.getElementById(id);
    if (drawn && mine === latest) document.getElementById(id).replaceWith(drawn);
  });
}
