// What can be done to the text, each thing under its name.
import { chainCommands, createParagraphNear, exitCode, liftEmptyBlock, newlineInCode, setBlockType, splitBlock, toggleMark, wrapIn } from 'prosemirror-commands';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import { Selection, TextSelection, type Command, type EditorState } from 'prosemirror-state';
import { canJoin } from 'prosemirror-transform';
import { type } from './schema';
import { columnAfter, columnGone, insertTable, inTable, rowAfter, rowGone } from './tables';
import { redo, undo } from './undo';
import type { Word } from './words';

const LISTS = ['bullets', 'numbers'];

// Whether the caret stands in the headline or standfirst.
export const inTop = (state: EditorState) => ['headline', 'standfirst'].includes(state.selection.$from.parent.type.name);

const body =
  (command: Command): Command =>
  (state, dispatch, view) =>
    !inTop(state) && command(state, dispatch, view);

const block = (name: string, attrs?: Record<string, unknown>): Command => setBlockType(type.node(name), attrs);

// Makes a list, turns one kind into the other, or takes the item out of it.
function list(name: string): Command {
  return (state, dispatch, view) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth--) {
      const around = $from.node(depth);
      if (!LISTS.includes(around.type.name)) continue;
      if (around.type.name === name) return liftListItem(type.node('item'))(state, dispatch, view);
      const attrs = name === 'numbers' ? { start: 1, tight: around.attrs['tight'] as boolean } : { tight: around.attrs['tight'] as boolean };
      dispatch?.(state.tr.setNodeMarkup($from.before(depth), type.node(name), attrs).scrollIntoView());
      return true;
    }
    return body(wrapInList(type.node(name)))(state, dispatch, view);
  };
}

// Puts a line or the like after the block at the caret, with a paragraph to go on in.
function insert(name: string, attrs?: Record<string, unknown>): Command {
  return (state, dispatch) => {
    if (inTop(state) || inTable(state)) return false;
    const node = type.node(name).create(attrs);
    const tr = state.tr.replaceSelectionWith(node);
    if (!tr.docChanged) return false;
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

const lineBreak: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if ($from.parent.type.name !== 'paragraph') return inTop(state) || inTable(state);
  if (!empty && !state.selection.$to.sameParent($from)) return false;
  dispatch?.(state.tr.replaceSelectionWith(type.node('break').create()).scrollIntoView());
  return true;
};

// Enter in headline and standfirst goes on to the next part.
const onward: Command = (state, dispatch) => {
  if (!inTop(state)) return false;
  const next = Selection.findFrom(state.doc.resolve(state.selection.$from.after()), 1, true);
  if (next) dispatch?.(state.tr.setSelection(next).scrollIntoView());
  return true;
};

// Backspace at the beginning of the text or standfirst does not swallow the part above.
const back: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0 || $from.depth !== 1 || $from.index(0) > 2) return false;
  if ($from.index(0) === 0) return true;
  if ($from.index(0) === 2 && $from.parent.type.name !== 'paragraph') return false;
  const before = state.doc.resolve($from.before());
  const tr = state.tr;
  const rest = state.doc.childCount > 3 && $from.index(0) === 2 && $from.parent.content.size === 0;
  if (rest) tr.delete($from.before(), $from.after());
  tr.setSelection(TextSelection.create(tr.doc, before.pos - 1));
  dispatch?.(tr.scrollIntoView());
  return true;
};

// Delete at the end of the headline or standfirst does not swallow the part below.
const forth: Command = (state) => inTop(state) && state.selection.empty && state.selection.$from.parentOffset === state.selection.$from.parent.content.size;

// Joins lists that have come to stand beside each other, so that numbers go on.
const joinLists: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const at = $from.depth > 0 ? $from.before(1) : 0;
  const before = state.doc.resolve(at).nodeBefore;
  if (!before || !LISTS.includes(before.type.name) || before.type !== $from.node(1).type || !canJoin(state.doc, at)) return false;
  dispatch?.(state.tr.join(at));
  return true;
};

export const commands: Partial<Record<Word, Command>> = {
  strong: toggleMark(type.mark('strong')),
  em: toggleMark(type.mark('em')),
  code: toggleMark(type.mark('code')),
  paragraph: block('paragraph'),
  heading2: block('heading', { level: 2 }),
  heading3: block('heading', { level: 3 }),
  bullets: list('bullets'),
  numbers: list('numbers'),
  quote: body(wrapIn(type.node('quote'))),
  codeblock: block('codeblock'),
  rule: insert('rule'),
  table: insertTable,
  undo,
  redo,
  indent: sinkListItem(type.node('item')),
  outdent: liftListItem(type.node('item')),
  rowAfter,
  columnAfter,
  rowGone,
  columnGone,
};

// Keys that are the same in every editor and are not in the table.
export const typing: Record<string, Command> = {
  Enter: chainCommands(onward, newlineInCode, splitListItem(type.node('item')), createParagraphNear, liftEmptyBlock, splitBlock),
  'Shift-Enter': chainCommands(exitCode, lineBreak),
  Backspace: chainCommands(back, joinLists),
  Delete: forth,
};

export const isList = (name: string) => LISTS.includes(name);
