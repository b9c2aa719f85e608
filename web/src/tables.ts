// Tables: a head row, and every row with a cell for each column.
import type { Node } from 'prosemirror-model';
import { TextSelection, type Command, type EditorState } from 'prosemirror-state';
import { type } from './schema';

interface Place {
  table: Node;
  /** Position before the table. */
  start: number;
  row: number;
  column: number;
}

function place(state: EditorState): Place | null {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name === 'table') {
      return { table: $from.node(depth), start: $from.before(depth), row: $from.index(depth), column: $from.index(depth + 1) };
    }
  }
  return null;
}

export const inTable = (state: EditorState) => place(state) !== null;

export const insertTable: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.parent.type.name !== 'paragraph' || inTable(state)) return false;
  const head = type.node('headrow').create(null, [0, 1].map(() => type.node('headcell').create()));
  const rows = [0, 1].map(() => type.node('row').create(null, [0, 1].map(() => type.node('cell').create())));
  const table = type.node('table').create(null, [head, ...rows]);
  const empty = $from.parent.content.size === 0;
  const at = empty ? $from.before() : $from.after();
  const tr = empty ? state.tr.replaceWith(at, $from.after(), table) : state.tr.insert(at, table);
  const after = at + table.nodeSize;
  // There is always a line to go on in.
  if (tr.doc.resolve(after).nodeAfter === null) tr.insert(after, type.node('paragraph').create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + 3)).scrollIntoView());
  return true;
};

// The table made anew from its rows, each a list of cells, with the caret in a cell.
function remake(state: EditorState, { table, start }: Place, rows: Node[][], row: number, column: number, dispatch: Parameters<Command>[1]): boolean {
  const made = table.type.create(
    null,
    rows.map((cells, number) => type.node(number === 0 ? 'headrow' : 'row').create(null, cells)),
  );
  if (dispatch) {
    const tr = state.tr.replaceWith(start, start + table.nodeSize, made);
    let at = start + 1;
    for (let number = 0; number < row; number++) at += made.child(number).nodeSize;
    at += 1;
    for (let number = 0; number < column; number++) at += made.child(row).child(number).nodeSize;
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  }
  return true;
}

const cellsOf = (table: Node): Node[][] => table.children.map((row) => [...row.children]);
const blank = (row: number) => type.node(row === 0 ? 'headcell' : 'cell').create();

const changed =
  (change: (rows: Node[][], at: Place) => [Node[][], number, number] | null): Command =>
  (state, dispatch) => {
    const at = place(state);
    const made = at && change(cellsOf(at.table), at);
    return Boolean(at && made) && remake(state, at as Place, ...(made as [Node[][], number, number]), dispatch);
  };

export const rowAfter = changed((rows, { row, column }) => [[...rows.slice(0, row + 1), (rows[row] ?? []).map(() => blank(1)), ...rows.slice(row + 1)], row + 1, column]);

export const columnAfter = changed((rows, { row, column }) => {
  const wider = rows.map((cells, number) => [...cells.slice(0, column + 1), blank(number), ...cells.slice(column + 1)]);
  return (rows[0]?.length ?? 0) < 100 ? [wider, row, column + 1] : null;
});

// The head row stays: a table has one.
export const rowGone = changed((rows, { row, column }) => (row === 0 ? null : [rows.filter((_, number) => number !== row), row - 1, column]));

export const columnGone = changed((rows, { row, column }) =>
  (rows[0]?.length ?? 0) < 2 ? null : [rows.map((cells) => cells.filter((_, number) => number !== column)), row, Math.max(0, column - 1)],
);

// Tab goes from cell to cell, and from the last into a new row.
export const step =
  (by: 1 | -1): Command =>
  (state, dispatch) => {
    const at = place(state);
    if (!at) return false;
    const rows = cellsOf(at.table);
    const width = rows[at.row]?.length ?? 1;
    const target = at.row * width + at.column + by;
    if (target < 0) return true;
    if (target >= rows.length * width) {
      rows.push((rows[0] ?? []).map(() => blank(1)));
      return remake(state, at, rows, rows.length - 1, 0, dispatch);
    }
    if (dispatch) {
      let pos = at.start + 1;
      const row = Math.floor(target / width);
      for (let number = 0; number < row; number++) pos += at.table.child(number).nodeSize;
      pos += 1;
      for (let number = 0; number < target % width; number++) pos += at.table.child(row).child(number).nodeSize;
      dispatch(state.tr.setSelection(TextSelection.create(state.doc, pos + 1)).scrollIntoView());
    }
    return true;
  };
