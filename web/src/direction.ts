// Which way lists, quotations and tables run: by their first letter that has a direction, as on the page.
// Paragraphs have dir=auto, which an element around them does not look into.
import type { Node } from 'prosemirror-model';
import type { NodeViewConstructor } from 'prosemirror-view';
import { schema } from './schema';

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

// The direction of a text, null when nothing in it has one.
export function directionOf(text: string): 'ltr' | 'rtl' | null {
  const letter = /\p{Alphabetic}/u.exec(text)?.[0];
  return letter === undefined ? null : RTL.test(letter) ? 'rtl' : 'ltr';
}

function first(node: Node): 'ltr' | 'rtl' | null {
  let found: 'ltr' | 'rtl' | null = null;
  node.descendants((inner) => {
    if (inner.isText) found ??= directionOf(inner.text ?? '');
    return found === null;
  });
  return found;
}

const around: NodeViewConstructor = (given) => {
  const [tag] = given.type.spec.toDOM?.(given) as unknown as [string];
  const dom = document.createElement(tag);
  let contentDOM: HTMLElement = dom;
  if (tag === 'table') contentDOM = dom.appendChild(document.createElement('tbody'));
  const show = (node: Node) => {
    const dir = first(node);
    if (dir) dom.setAttribute('dir', dir);
    else dom.removeAttribute('dir');
    if (node.type.name === 'numbers') (dom as HTMLOListElement).start = node.attrs['start'] as number;
    if ('tight' in node.attrs) dom.classList.toggle('tight', node.attrs['tight'] as boolean);
  };
  let type = given.type;
  show(given);
  return {
    dom,
    contentDOM,
    update: (node) => {
      if (node.type !== type) return false;
      type = node.type;
      show(node);
      return true;
    },
    // A change of `dir` is ours, not the person's.
    ignoreMutation: (mutation) => mutation.type === 'attributes' && mutation.target === dom,
  };
};

export const views: Record<string, NodeViewConstructor> = Object.fromEntries(
  ['bullets', 'numbers', 'quote', 'table'].filter((name) => schema.nodes[name]).map((name) => [name, around]),
);
