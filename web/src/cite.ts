// Citing: a list of the article's sources to choose from, with the place in the source.
import { NodeSelection, Plugin, type Command } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { dialog, element } from './ask';
import type { Citation } from './cite-items';
import { inTop } from './commands';
import { type } from './schema';
import { say } from './words';

// A source as the page around the editor names it.
export interface Reference {
  id: string;
  title: string;
}

let sources: () => readonly Reference[] = () => [];

// Where the sources are asked for, each time that somebody cites.
export function citeFrom(list: () => readonly Reference[]): void {
  sources = list;
}

const fits = ({ id, title }: Reference, words: string) => `${id} ${title}`.toLowerCase().includes(words.trim().toLowerCase());

// The list with its field above it, by the pattern of a combobox: arrows choose, Enter takes.
function chooser(chosen: string): { content: HTMLElement[]; value: () => string } {
  const field = element('input', { type: 'text', role: 'combobox', dir: 'auto', 'aria-expanded': 'true', 'aria-controls': 'ovn-sources', autocomplete: 'off' });
  const list = element('ul', { id: 'ovn-sources', role: 'listbox', 'aria-label': say('source') });
  const none = element('p', { class: 'none', role: 'status' });
  let at = 0;
  let shown: Reference[] = [];
  const mark = () => {
    [...list.children].forEach((option, number) => option.setAttribute('aria-selected', String(number === at)));
    field.setAttribute('aria-activedescendant', list.children[at]?.id ?? '');
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  };
  const draw = () => {
    shown = sources().filter((source) => fits(source, field.value));
    at = Math.max(0, shown.findIndex(({ id }) => id === chosen));
    const options = shown.map(({ id, title }, number) => {
      const option = element('li', { role: 'option', id: `ovn-source-${number}` }, [element('bdi', { class: 'id' }, id), ' ', element('bdi', {}, title)]);
      option.addEventListener('click', () => {
        at = number;
        mark();
      });
      return option;
    });
    list.replaceChildren(...options);
    none.textContent = shown.length === 0 ? say('sourceNone') : '';
    mark();
  };
  field.addEventListener('input', draw);
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
    at = Math.min(shown.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)));
    mark();
    event.preventDefault();
  });
  draw();
  return { content: [element('label', {}, [say('source'), field]), list, none], value: () => shown[at]?.id ?? '' };
}

// Offers to cite this source where the caret is, with a word about it.
export const offer = (view: EditorView, id: string, words: string): Promise<void> => choose(view, null, id, words);

async function choose(view: EditorView, pos: number | null, id = '', words = ''): Promise<void> {
  const old = pos === null ? null : view.state.doc.nodeAt(pos);
  const items = (old?.attrs['items'] as Citation[] | undefined) ?? [];
  const first = items[0];
  const { content, value } = chooser(first?.id ?? id);
  if (words) content.unshift(element('p', { class: 'none', role: 'status' }, words));
  const extra = (['locator', 'prefix'] as const).map((name) => {
    const input = element('input', { type: 'text', name, dir: 'auto', maxlength: '200', value: first?.[name] ?? '' });
    return { name, input, row: element('label', {}, [say(name), input]) };
  });
  const { closed } = dialog(say('cite'), [...content, ...extra.map(({ row }) => row)], { remove: old !== null });
  const how = await closed;
  const chosen = value();
  if (how !== '' && !view.isDestroyed) {
    const { tr } = view.state;
    const [locator = '', prefix = ''] = extra.map(({ input }) => input.value.trim().normalize('NFC'));
    if (how === 'remove' && old && pos !== null) tr.delete(pos, pos + 1);
    if (how === 'ok' && chosen) {
      const made = type.node('cite').create({ items: [{ id: chosen, locator, prefix }, ...items.slice(1)] });
      if (old && pos !== null) tr.replaceWith(pos, pos + 1, made);
      else put(view, tr, made);
    }
    view.dispatch(tr.scrollIntoView());
  }
  view.focus();
}

// After the word at the caret with a space between, and joined to a citation that stands right before.
function put(view: EditorView, tr: EditorView['state']['tr'], made: ReturnType<ReturnType<typeof type.node>['create']>): void {
  const { $to } = view.state.selection;
  const before = $to.nodeBefore;
  if (before?.type.name === 'cite') {
    const items = [...(before.attrs['items'] as Citation[]), ...(made.attrs['items'] as Citation[])];
    tr.replaceWith($to.pos - 1, $to.pos, type.node('cite').create({ items }));
    return;
  }
  const spaced = before?.isText && !/\s$/.test(before.text ?? '');
  const nodes = spaced ? [view.state.schema.text(' '), made] : [made];
  tr.insert($to.pos, nodes);
}

export const cite: Command = (state, _dispatch, view) => {
  const { selection } = state;
  const here = selection instanceof NodeSelection && selection.node.type.name === 'cite' ? selection.from : null;
  if (here === null && (inTop(state) || !selection.$to.parent.inlineContent || selection.$to.parent.type.name === 'codeblock')) return false;
  if (view) void choose(view, here);
  return true;
};

export const citing = (): Plugin =>
  new Plugin({
    props: {
      handleClickOn: (view, _pos, node, nodePos, event) => {
        if (node.type.name !== 'cite' || event.button !== 0) return false;
        void choose(view, nodePos);
        return true;
      },
      handleKeyDown: (view, event) => event.key === 'Enter' && view.state.selection instanceof NodeSelection && cite(view.state, undefined, view) && view.state.selection.node.type.name === 'cite',
    },
  });
