// Where others write: their carets and selections in the text, each with a name.
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import { Step, Mapping } from 'prosemirror-transform';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { element } from './ask';
import type { Other, Place } from './room';
import { schema } from './schema';
import { keepable } from './together';

interface Caret {
  other: Other;
  /** Where it is told to be, and where that is in the document as it is now. */
  told: Place;
  anchor: number;
  head: number;
}

const key = new PluginKey<readonly Caret[]>('others');
// As many looks as `editor.css` has: a colour and a kind of line each.
const LOOKS = 6;

// The same look for a tab as long as it is open.
function look(writer: string): number {
  let sum = 0;
  for (const letter of writer) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return sum % LOOKS;
}

// A place that was told anew goes over the own steps that nobody else has; one that is known has gone along with the text.
function placed(state: EditorState, told: Place, old: Caret | undefined): { anchor: number; head: number } {
  if (old && old.told.version === told.version && old.told.anchor === told.anchor && old.told.head === told.head) return old;
  const own = keepable(state).steps.map((step) => Step.fromJSON(schema, step).getMap());
  const mapping = new Mapping(own);
  const bounded = (at: number) => Math.min(mapping.map(at), state.doc.content.size);
  return { anchor: bounded(told.anchor), head: bounded(told.head) };
}

function mark({ other, anchor, head }: Caret, doc: EditorState['doc']): Decoration[] {
  const size = doc.content.size;
  const [from, to] = [Math.min(anchor, head, size), Math.min(Math.max(anchor, head), size)];
  const name = () => element('span', { class: `other look-${look(other.writer)}`, 'aria-hidden': 'true' }, [element('bdi', { dir: 'auto' }, other.name)]);
  const out = [Decoration.widget(Math.min(head, size), name, { key: `${other.writer} ${other.name}`, side: 10, ignoreSelection: true })];
  if (to > from) out.push(Decoration.inline(from, to, { class: `other-words look-${look(other.writer)}` }));
  return out;
}

export function others(): Plugin<readonly Caret[]> {
  return new Plugin<readonly Caret[]>({
    key,
    state: {
      init: () => [],
      apply: (tr, old, _before, state) => {
        const list = tr.getMeta(key) as readonly Other[] | undefined;
        const moved = tr.docChanged ? old.map((caret) => ({ ...caret, anchor: tr.mapping.map(caret.anchor), head: tr.mapping.map(caret.head) })) : old;
        if (!list) return moved;
        return list.flatMap((other) => {
          const known = moved.find((caret) => caret.other.writer === other.writer);
          return other.place ? [{ other, told: other.place, ...pick(placed(state, other.place, known)) }] : [];
        });
      },
    },
    props: {
      decorations: (state) => DecorationSet.create(state.doc, (key.getState(state) ?? []).flatMap((caret) => mark(caret, state.doc))),
    },
  });
}

const pick = ({ anchor, head }: { anchor: number; head: number }) => ({ anchor, head });

// Says who is where now.
export const seen = (state: EditorState, list: readonly Other[]): Transaction => state.tr.setMeta(key, list).setMeta('addToHistory', false);
