// <table data-behaviour="attendance-grid"> of text inputs (data-block, data-full): P and A type themselves out, arrow
// keys and Enter move, the "all present" boxes fill what nobody has noted. Without it the same letters and boxes work.
import gridKeys from "./grid-keys.js";

export default function attendanceGrid(table) {
  const letters = (cell, letter) => ({ p: cell.dataset.full, a: "0" })[letter];
  const cells = gridKeys(table, "input[data-full]", (cell) => cell.dataset.block, letters);
  const filled = new Set();

  function fill(some, isOn) {
    for (const cell of some) {
      if (isOn && cell.value === "") {
        cell.value = cell.dataset.full;
        filled.add(cell);
      } else if (!isOn && filled.delete(cell) && cell.value === cell.dataset.full) {
        cell.value = "";
      }
    }
  }

  table.addEventListener("change", ({ target }) => {
    if (target.dataset.fills) fill(cells.filter((cell) => cell.dataset.block === target.dataset.fills), target.checked);
    if ("fillsRow" in target.dataset) fill(target.closest("tr").querySelectorAll("input[data-full]"), target.checked);
  });
}
