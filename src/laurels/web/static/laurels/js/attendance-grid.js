// <table data-behaviour="attendance-grid"> of text inputs (data-block, data-full): P and A type themselves out, arrow
// keys and Enter move, the "all present" boxes fill what nobody has noted. Without it the same letters and boxes work.
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };

export default function attendanceGrid(table) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input[data-full]")]);
  const columns = [...new Set(rows.flat().map((cell) => cell.dataset.block))];
  const filled = new Set();

  const at = (row, column) => rows[row]?.find((cell) => cell.dataset.block === columns[column]);

  // Signed people have no inputs: step over their rows.
  function move(cell, [down, right]) {
    let row = rows.findIndex((cells) => cells.includes(cell)) + down;
    const column = columns.indexOf(cell.dataset.block) + right;
    while (rows[row] && !rows[row].length) row += down || 1;
    const next = at(row, column);
    next?.focus();
    next?.select();
  }

  function fill(cells, isOn) {
    for (const cell of cells) {
      if (isOn && cell.value === "") {
        cell.value = cell.dataset.full;
        filled.add(cell);
      } else if (!isOn && filled.delete(cell) && cell.value === cell.dataset.full) {
        cell.value = "";
      }
    }
  }

  // Left and right leave a cell only at its ends, so that a number can still be edited.
  const isInside = (cell, key) =>
    (key === "ArrowLeft" && cell.selectionEnd > 0 && cell.selectionStart === cell.selectionEnd) ||
    (key === "ArrowRight" && cell.selectionStart < cell.value.length && cell.selectionStart === cell.selectionEnd);

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("input[data-full]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const letter = event.key.toLowerCase();
    if (letter === "p" || letter === "a") {
      event.preventDefault();
      cell.value = letter === "p" ? cell.dataset.full : "0";
      move(cell, MOVES.ArrowDown);
    } else if (MOVES[event.key] && !isInside(cell, event.key)) {
      event.preventDefault();
      move(cell, MOVES[event.key]);
    }
  });

  table.addEventListener("change", ({ target }) => {
    if (target.dataset.fills) fill(rows.flat().filter((cell) => cell.dataset.block === target.dataset.fills), target.checked);
    if ("fillsRow" in target.dataset) fill(target.closest("tr").querySelectorAll("input[data-full]"), target.checked);
  });
}
