// Find and replace, over the text of each block; a citation or line break is one place that no word matches.
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, TextSelection, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { element } from './ask';
import { say } from './words';

interface Sought {
  query: string;
  at: { from: number; to: number }[];
  set: DecorationSet;
}

const key = new PluginKey<Sought>('find');
const NONE: Sought = { query: '', at: [], set: DecorationSet.empty };

// Every place of `query`, case aside; both in NFC, compared letter by letter.
export function places(doc: Node, query: string): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = [];
  const sought = query.normalize('NFC').toLowerCase();
  if (!sought) return out;
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return !node.isInline;
    const text = node.textBetween(0, node.content.size, '\ufffc', '\ufffc');
    const lower = text.toLowerCase();
    // A letter whose small form has another length would shift what follows.
    const plain = lower.length === text.length ? lower : text;
    for (let at = plain.indexOf(sought); at >= 0; at = plain.indexOf(sought, at + sought.length)) {
      out.push({ from: pos + 1 + at, to: pos + 1 + at + sought.length });
    }
    return false;
  });
  return out;
}

function look(state: EditorState, query: string): Sought {
  const at = places(state.doc, query);
  return { query, at, set: DecorationSet.create(state.doc, at.map(({ from, to }) => Decoration.inline(from, to, { class: 'found' }))) };
}

export function finding(): Plugin<Sought> {
  return new Plugin<Sought>({
    key,
    state: {
      init: () => NONE,
      apply: (tr, old, _before, state) => {
        const query = tr.getMeta(key) as string | undefined;
        if (query !== undefined) return query ? look(state, query) : NONE;
        return tr.docChanged && old.query ? look(state, old.query) : old;
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
  });
}

const sought = (view: EditorView) => key.getState(view.state) ?? NONE;

// Selects the next or the previous place after the caret, going round at the end.
function go(view: EditorView, by: 1 | -1): number {
  const { at } = sought(view);
  const { from, to } = view.state.selection;
  const after = by === 1 ? at.findIndex((place) => place.from >= to) : at.findLastIndex((place) => place.to <= from);
  const number = after >= 0 ? after : by === 1 ? 0 : at.length - 1;
  const place = at[number];
  if (place) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place.from, place.to)).scrollIntoView());
  return place ? number + 1 : 0;
}

// Puts `words` in place of what is selected (if it is a place) or of all places, with the marks that stood there.
export function replace(view: EditorView, words: string, all: boolean): void {
  const { at } = sought(view);
  const { from, to } = view.state.selection;
  const chosen = all ? at : at.filter((place) => place.from === from && place.to === to);
  const tr = view.state.tr;
  for (const place of [...chosen].reverse()) {
    if (words) tr.replaceWith(place.from, place.to, view.state.schema.text(words, view.state.doc.resolve(place.from + 1).marks()));
    else tr.delete(place.from, place.to);
  }
  if (tr.docChanged) view.dispatch(tr);
}

// The panel; `host` is the element above the text.
export function panel(view: () => EditorView, host: HTMLElement): () => void {
  const input = (label: string) => element('input', { type: 'text', 'aria-label': label, placeholder: label, dir: 'auto' });
  const what = input(say('findWhat'));
  const by = input(say('replaceWith'));
  const told = element('output', { 'aria-live': 'polite' });
  const tell = (number: number) => (told.textContent = say('found', number, sought(view()).at.length));
  const button = (label: string, action: () => void) => {
    const made = element('button', { type: 'button' }, label);
    made.addEventListener('click', action);
    return made;
  };
  const seek = () => {
    view().dispatch(view().state.tr.setMeta(key, what.value));
    tell(0);
  };
  const close = () => {
    box.hidden = true;
    view().dispatch(view().state.tr.setMeta(key, ''));
    view().focus();
  };
  const box = element('div', { class: 'find', role: 'search', hidden: '' }, [
    what,
    told,
    button(say('previous'), () => tell(go(view(), -1))),
    button(say('next'), () => tell(go(view(), 1))),
    by,
    button(say('replace'), () => {
      replace(view(), by.value, false);
      tell(go(view(), 1));
    }),
    button(say('replaceAll'), () => {
      replace(view(), by.value, true);
      tell(0);
    }),
    button(say('close'), close),
  ]);
  what.addEventListener('input', seek);
  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') close();
    if (event.key === 'Enter' && event.target === what) tell(go(view(), event.shiftKey ? -1 : 1));
    // Enter in a field would send the form around the editor.
    if (event.key === 'Enter' && (event.target as HTMLElement).tagName === 'INPUT') event.preventDefault();
  });
  // Escape in the text closes it too: whatever moved the focus there.
  const escape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing && !box.hidden) close();
  };
  host.append(box);
  return () => {
    view().dom.addEventListener('keydown', escape);
    const { from, to, empty } = view().state.selection;
    box.hidden = false;
    if (!empty && to - from < 100) what.value = view().state.doc.textBetween(from, to);
    seek();
    what.focus();
    what.select();
  };
}
