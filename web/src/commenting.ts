// Comments in the text: their words are marked while they are open, and a selection gets a place for one.
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { commented } from './book';
import { type } from './schema';
import { AS_IS } from './together';

interface Shown {
  open: ReadonlySet<string>;
  /** Words that somebody is about to comment on, as they move with the text. */
  chosen: { from: number; to: number } | null;
  set: DecorationSet;
}

const key = new PluginKey<Shown>('commenting');

// The id of the element that has a comment's words.
export const elementOf = (id: string) => `ovn-comment-${id}`;

function marks(state: EditorState, { open, chosen }: Pick<Shown, 'open' | 'chosen'>): DecorationSet {
  const out: Decoration[] = [];
  for (const { ids, from, to } of commented(state.doc)) {
    const here = ids.filter((id) => open.has(id));
    if (here.length > 0) out.push(Decoration.inline(from, to, { nodeName: 'mark', class: 'commented', 'aria-details': here.map(elementOf).join(' ') }));
  }
  if (chosen && chosen.to > chosen.from) out.push(Decoration.inline(chosen.from, chosen.to, { class: 'chosen' }));
  return DecorationSet.create(state.doc, out);
}

export function commenting(): Plugin<Shown> {
  return new Plugin<Shown>({
    key,
    state: {
      init: () => ({ open: new Set(), chosen: null, set: DecorationSet.empty }),
      apply: (tr, old, _before, state) => {
        const next = tr.getMeta(key) as Partial<Shown> | undefined;
        if (!next && !tr.docChanged) return old;
        const chosen = old.chosen && { from: tr.mapping.map(old.chosen.from, 1), to: tr.mapping.map(old.chosen.to, -1) };
        const now = { open: old.open, chosen, ...next };
        return { ...now, set: marks(state, now) };
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
  });
}

// Says which comments are open.
export const showing = (tr: Transaction, open: ReadonlySet<string>): Transaction => tr.setMeta(key, { open }).setMeta('addToHistory', false);

export const choosing = (tr: Transaction, chosen: Shown['chosen']): Transaction => tr.setMeta(key, { chosen }).setMeta('addToHistory', false);

export const chosenOf = (state: EditorState): Shown['chosen'] => key.getState(state)?.chosen ?? null;

export const openOf = (state: EditorState): ReadonlySet<string> => key.getState(state)?.open ?? new Set();

// The open comments at the caret, the shortest first.
export function atCaret(state: EditorState): string[] {
  const { from, to } = state.selection;
  const here = commented(state.doc).filter((piece) => piece.from <= from && piece.to >= to);
  const ids = [...new Set(here.flatMap(({ ids }) => ids))];
  return ids.filter((id) => openOf(state).has(id));
}

// What would be commented on: what is selected, else the word at the caret; null where there is none.
export function wordsAt(state: EditorState): { from: number; to: number } | null {
  const { from, to, empty, $from } = state.selection;
  if (!empty) return state.doc.textBetween(from, to, ' ', ' ').trim() ? { from, to } : null;
  if (!$from.parent.isTextblock) return null;
  const text = $from.parent.textBetween(0, $from.parent.content.size, '\ufffc', '\ufffc');
  const letters = /[\p{L}\p{M}\p{N}'’-]/u;
  let [start, end] = [$from.parentOffset, $from.parentOffset];
  while (start > 0 && letters.test(text[start - 1] ?? '')) start--;
  while (end < text.length && letters.test(text[end] ?? '')) end++;
  return end > start ? { from: $from.start() + start, to: $from.start() + end } : null;
}

// Sets the place of a comment. Undo does not take it away: its words are with the others by then.
export const placed = (tr: Transaction, from: number, to: number, id: string): Transaction =>
  tr.addMark(from, to, type.mark('comment').create({ id })).setMeta(AS_IS, true).setMeta('addToHistory', false);
