// Words, time to read, what is still to come and what is too long; each paragraph counted once.
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';

// Words a minute of silent reading of news prose, for the time shown under the text.
const PACE = 220;

export interface Lengths {
  headline: number;
  standfirst: number;
  /** Words in one paragraph. */
  paragraph: number;
}

export interface Count {
  words: number;
  minutes: number;
  tk: number;
  over: number;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const counted = new WeakMap<Node, number>();

// Words of a node's text, by Unicode's rules, so that Urdu is counted as well as English.
export function wordsOf(node: Node): number {
  const known = counted.get(node);
  if (known !== undefined) return known;
  let count = 0;
  if (node.isTextblock) {
    for (const { isWordLike } of segmenter.segment(node.textBetween(0, node.content.size, ' ', ' '))) if (isWordLike) count++;
  } else {
    node.forEach((child) => (count += wordsOf(child)));
  }
  counted.set(node, count);
  return count;
}

const TK = /(?<![\p{L}\p{N}])(?:TK)+K*(?![\p{L}\p{N}])/gu;

interface Mark {
  from: number;
  to: number;
  is: 'tk' | 'over';
  whole?: boolean;
}

const found = new WeakMap<Node, Mark[]>();

// What is marked in one block of text, from its own beginning.
function marksOf(node: Node, limits: Lengths): Mark[] {
  const known = found.get(node);
  if (known) return known;
  const out: Mark[] = [];
  const text = node.textBetween(0, node.content.size, '\ufffc', '\ufffc');
  for (const match of text.matchAll(TK)) out.push({ from: match.index, to: match.index + match[0].length, is: 'tk' });
  const name = node.type.name;
  const most = name === 'headline' || name === 'standfirst' ? limits[name] : Infinity;
  if (text.length > most) {
    const letters = [...text];
    if (letters.length > most) out.push({ from: letters.slice(0, most).join('').length, to: text.length, is: 'over' });
  }
  if (name === 'paragraph' && wordsOf(node) > limits.paragraph) out.push({ from: 0, to: node.content.size, is: 'over', whole: true });
  found.set(node, out);
  return out;
}

interface Counted {
  set: DecorationSet;
  count: Count;
}

export const counts = new PluginKey<Counted>('counts');

function reckon(doc: Node, limits: Lengths): Counted {
  const decorations: Decoration[] = [];
  const count: Count = { words: wordsOf(doc), minutes: 0, tk: 0, over: 0 };
  count.minutes = Math.max(1, Math.round(count.words / PACE));
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return !node.isInline;
    for (const { from, to, is, whole } of marksOf(node, limits)) {
      count[is]++;
      decorations.push(whole ? Decoration.node(pos, pos + node.nodeSize, { class: is }) : Decoration.inline(pos + 1 + from, pos + 1 + to, { class: is }));
    }
    return false;
  });
  return { set: DecorationSet.create(doc, decorations), count };
}

// `composing` tells whether an input method is at work: then nothing around its word is drawn anew.
export function counting(limits: Lengths, composing: () => boolean): Plugin<Counted> {
  return new Plugin<Counted>({
    key: counts,
    state: {
      init: (_, state) => reckon(state.doc, limits),
      apply: (tr, old) => {
        if (!tr.docChanged && !tr.getMeta(counts)) return old;
        if (composing()) return { ...old, set: old.set.map(tr.mapping, tr.doc) };
        return reckon(tr.doc, limits);
      },
    },
    props: {
      decorations: (state) => counts.getState(state)?.set,
      handleDOMEvents: {
        compositionend: (view) => {
          setTimeout(() => view.isDestroyed || view.dispatch(view.state.tr.setMeta(counts, true)), 30);
        },
      },
    },
  });
}

export const countOf = (state: EditorState): Count => counts.getState(state)?.count ?? { words: 0, minutes: 1, tk: 0, over: 0 };
