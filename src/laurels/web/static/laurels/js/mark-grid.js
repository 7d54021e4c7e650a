// <table data-behaviour="mark-grid" data-letters='{"m": "● met"}'> of text inputs (data-column): a letter types its word.
// Without it the same letters work, typed out by hand.
import gridKeys from "./grid-keys.js";

export default function markGrid(table) {
  const letters = JSON.parse(table.dataset.letters);
  gridKeys(table, "input[data-column]", (cell) => cell.dataset.column, (_cell, letter) => letters[letter]);
}
