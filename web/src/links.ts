// Links: asked for in a dialog, or made by pasting an address on selected words.
import type { Mark } from 'prosemirror-model';
import { Plugin, type Command, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { typed } from './address';
import { ask } from './ask';
import { inTop } from './commands';
import { type } from './schema';
import { say } from './words';

// The link at the caret and how far it reaches.
function linkAt(state: EditorState): { mark: Mark; from: number; to: number } | null {
  const { $from } = state.selection;
  const link = type.mark('link');
  const mark = link.isInSet($from.marks()) ?? ($from.nodeAfter ? link.isInSet($from.nodeAfter.marks) : undefined);
  if (!mark) return null;
  let index = $from.index();
  const has = (at: number) => at >= 0 && at < $from.parent.childCount && mark.isInSet($from.parent.child(at).marks);
  if (!has(index)) index--;
  let first = index;
  while (has(first - 1)) first--;
  let from = $from.start();
  for (let at = 0; at < first; at++) from += $from.parent.child(at).nodeSize;
  let to = from;
  for (let at = first; has(at); at++) to += $from.parent.child(at).nodeSize;
  return { mark, from, to };
}

async function change(view: EditorView): Promise<void> {
  const at = linkAt(view.state);
  const { from, to, empty } = view.state.selection;
  const answer = await ask(
    say('link'),
    [
      { name: 'href', label: say('address'), value: (at?.mark.attrs['href'] as string | undefined) ?? '', required: true, dir: 'ltr', fault: (value) => (typed(value) ? null : say('addressBad')) },
      { name: 'title', label: say('title'), value: (at?.mark.attrs['title'] as string | undefined) ?? '' },
    ],
    at !== null,
  );
  if (answer && !view.isDestroyed) {
    const link = type.mark('link');
    const range = at && empty ? at : { from, to };
    const tr = view.state.tr.removeMark(range.from, range.to, link);
    if (!answer.removed) {
      const href = typed(answer.values['href'] ?? '') ?? '';
      const mark = link.create({ href, title: answer.values['title'] ?? '' });
      if (range.from === range.to) tr.replaceSelectionWith(view.state.schema.text(href, [mark]), false);
      else tr.addMark(range.from, range.to, mark);
    }
    view.dispatch(tr.removeStoredMark(link).scrollIntoView());
  }
  view.focus();
}

export const link: Command = (state, _dispatch, view) => {
  if (inTop(state) || !state.selection.$from.parent.type.allowsMarkType(type.mark('link'))) return false;
  if (view) void change(view);
  return true;
};

export const links = (): Plugin =>
  new Plugin({
    props: {
      handlePaste: (view, event) => {
        const { from, to, empty, $from } = view.state.selection;
        const text = event.clipboardData?.getData('text/plain') ?? '';
        const href = /^\S+$/.test(text.trim()) && /^(https?:|mailto:)/i.test(text.trim()) ? typed(text) : null;
        const link = type.mark('link');
        if (empty || href === null || !$from.parent.type.allowsMarkType(link) || !view.state.selection.$to.sameParent($from)) return false;
        view.dispatch(view.state.tr.removeMark(from, to, link).addMark(from, to, link.create({ href, title: '' })));
        return true;
      },
    },
  });
