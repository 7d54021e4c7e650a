// For grids of text inputs: a letter types a whole cell and goes on down, arrow keys and Enter move. Used by behaviours.
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };

// Which inputs are cells, in which column one stands, and what a letter types into it (undefined: nothing special).
export default function gridKeys(table, selector, columnOf, typed) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll(selector)]);
  const columns = [...new Set(rows.flat().map(columnOf))];

  // Signed people have no inputs: step over their rows.
  function move(cell, [down, right]) {
    let row = rows.findIndex((cells) => cells.includes(cell)) + down;
    const column = columns.indexOf(columnOf(cell)) + right;
    while (rows[row] && !rows[row].length) row += down || 1;
    const next = rows[row]?.find((other) => columnOf(other) === columns[column]);
    next?.focus();
    next?.select();
  }

  // Left and right leave a cell only at its ends, so that what is in it can still be edited.
  const isInside = (cell, key) =>
    (key === "ArrowLeft" && cell.selectionEnd > 0 && cell.selectionStart === cell.selectionEnd) ||
    (key === "ArrowRight" && cell.selectionStart < cell.value.length && cell.selectionStart === cell.selectionEnd);

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest(selector);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const value = typed(cell, event.key.toLowerCase());
    if (value !== undefined) {
      event.preventDefault();
      cell.value = value;
      move(cell, MOVES.ArrowDown);
    } else if (MOVES[event.key] && !isInside(cell, event.key)) {
      event.preventDefault();
      move(cell, MOVES[event.key]);
    }
  });

  return rows.flat();
}
