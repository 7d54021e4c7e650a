// <output data-behaviour="mirror" data-mirrors="id of an input"> says what stands in the input, while it is typed.
export default function mirror(output) {
  const input = document.getElementById(output.dataset.mirrors);
  input?.addEventListener("input", () => {
    output.textContent = input.value;
  });
}
