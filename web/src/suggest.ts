// Suggestions: while the mode is on, what is typed or taken out is only marked, by whom and when, until somebody accepts or
// rejects it. While it is off, nobody's words become part of another's suggestion by being typed within it.
import { Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import { Plugin, PluginKey, Selection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { canSplit, ReplaceStep } from 'prosemirror-transform';
import { schema, type } from './schema';
import { AS_IS, onward, put, type Range } from './together';
import { ALONE, undoes } from './undo';

// What one person suggests at one place within so many seconds is one suggestion.
const STRETCH = 300;

interface Mode {
  on: boolean;
  by: string;
  /** What an input method has put in and is not marked yet. */
  pending: readonly Range[];
}

const key = new PluginKey<Mode>('suggest');
const ADDED = type.mark('added');
const STRUCK = type.mark('struck');

export const isSuggesting = (state: EditorState) => key.getState(state)?.on ?? false;

// The plugin; `by` is who writes, or empty where that is not known and nothing can be suggested.
export function suggesting(by: string, now: () => number): Plugin<Mode> {
  return new Plugin<Mode>({
    key,
    state: {
      init: () => ({ on: false, by, pending: [] }),
      apply: (tr, mode) => {
        const next = tr.getMeta(key) as Partial<Mode> | undefined;
        let pending = tr.mapping.maps.reduce((ranges, map) => onward(ranges, map, false), mode.pending as Range[]);
        if (tr.getMeta('composition') !== undefined) for (const map of tr.mapping.maps) pending = [...pending, ...put(map)];
        return next || tr.docChanged ? { ...mode, pending, ...next } : mode;
      },
    },
    props: {
      handleDOMEvents: {
        compositionstart: (view) => {
          // What is selected is struck first; the input method then writes behind it.
          const { from, to, empty } = view.state.selection;
          if (isSuggesting(view.state) && !empty) {
            const tr = marked(view.state, view.state.tr.delete(from, to), by, now());
            if (tr) view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(to)), -1)).setMeta(AS_IS, true));
          }
          return false;
        },
        compositionend: (view) => {
          // ProseMirror reads what the input method leaves behind a moment after its end.
          setTimeout(() => !view.isDestroyed && !view.composing && view.dispatch(composed(view.state, now())), 60);
          return false;
        },
      },
    },
  });
}

export const toggle: Command = (state, dispatch) => {
  const mode = key.getState(state);
  if (!mode?.by) return false;
  dispatch?.(state.tr.setMeta(key, { on: !mode.on }));
  return true;
};

// Marks what an input method has written, now that it has ended.
function composed(state: EditorState, now: number): Transaction {
  const mode = key.getState(state);
  const tr = state.tr.setMeta(key, { pending: [] }).setMeta(AS_IS, true);
  for (const { from, to } of mode?.pending ?? []) {
    tr.removeMark(from, to, STRUCK);
    if (mode?.on) tr.addMark(from, to, ADDED.create({ by: mode.by, at: moment(state.doc, from, to, mode.by, now) }));
    else tr.removeMark(from, to, ADDED);
  }
  return tr;
}

// What a transaction of this person becomes; null when it can't be suggested. `now` in seconds.
export function asSuggested(state: EditorState, tr: Transaction, now: number): Transaction | null {
  const mode = key.getState(state);
  if (!mode || !tr.docChanged || tr.getMeta(AS_IS) || tr.getMeta('addToHistory') === false || tr.getMeta('composition') !== undefined || undoes(tr)) return tr;
  if (mode.on) return marked(state, tr, mode.by, now);
  // What was pasted inherits nothing, and may bring suggestions of its own.
  return tr.getMeta('paste') ? tr : unmarked(tr);
}

const isFlat = ({ slice }: ReplaceStep) => slice.size > 0 && slice.openStart === 0 && Boolean(slice.content.firstChild?.isInline);
const ofSuggestion = (mark: Mark) => mark.type === ADDED || mark.type === STRUCK;

// Words that inherit a suggestion's marks lose them.
function unmarked(tr: Transaction): Transaction {
  const { steps } = tr;
  const count = steps.length;
  for (let number = 0; number < count; number++) {
    const step = steps[number];
    if (!(step instanceof ReplaceStep) || !isFlat(step)) continue;
    let inherits = false;
    step.slice.content.forEach((node) => (inherits ||= node.marks.some(ofSuggestion)));
    if (!inherits) continue;
    const later = tr.mapping.slice(number + 1);
    const [from, to] = [later.map(step.from, 1), later.map(step.from + step.slice.size, -1)];
    if (to > from) tr.removeMark(from, to, ADDED).removeMark(from, to, STRUCK);
  }
  return tr;
}

// The same change as marks of `by`: struck instead of taken out, added instead of put in.
function marked(state: EditorState, tr: Transaction, by: string, now: number): Transaction | null {
  const out = state.tr.setTime(tr.time);
  let caret = state.selection.head;
  for (const [number, step] of tr.steps.entries()) {
    if (!(step instanceof ReplaceStep)) return null;
    const here = (pos: number, side: 1 | -1) => out.mapping.map(tr.steps.slice(0, number).reduceRight((at, earlier) => earlier.getMap().invert().map(at, side), pos), side);
    const flat = step.from === step.to;
    const from = here(step.from, 1);
    const to = flat ? from : Math.max(from, here(step.to, -1));
    const at = moment(out.doc, from, to, by, now);
    const end = struck(out, from, to, by, at);
    const words = inserted(step.slice, out.doc.resolve(end).parent, ADDED.create({ by, at }));
    if (!words || (words.length === 0 && (flat || end === to) && !holdsInline(out.doc, from, end))) return null;
    if (words.length > 0 && out.maybeStep(new ReplaceStep(end, end, new Slice(Fragment.from(words), 0, 0))).failed) return null;
    const forth = state.selection.empty && step.from === state.selection.head;
    caret = words.length > 0 ? end + words.reduce((size, node) => size + node.nodeSize, 0) : forth ? end : from;
  }
  out.setSelection(Selection.near(out.doc.resolve(caret), -1));
  return tr.scrolledIntoView ? out.scrollIntoView() : out;
}

// When a suggestion beside this place began, or now.
function moment(doc: Node, from: number, to: number, by: string, now: number): number {
  const near = [doc.resolve(from).nodeBefore, doc.resolve(to).nodeAfter];
  doc.nodesBetween(from, to, (node) => void (node.isInline && near.push(node)));
  const times = near.flatMap((node) => (node?.marks ?? []).filter((mark) => ofSuggestion(mark) && mark.attrs['by'] === by).map((mark) => mark.attrs['at'] as number));
  return times.find((at) => now - at <= STRETCH && at <= now) ?? now;
}

function holdsInline(doc: Node, from: number, to: number): boolean {
  let out = false;
  if (to > from) doc.nodesBetween(from, to, (node) => void (out ||= node.isInline));
  return out;
}

interface Piece extends Range {
  node: Node;
}

function pieces(doc: Node, from: number, to: number): Piece[] {
  const out: Piece[] = [];
  doc.nodesBetween(from, to, (node, pos) => void (node.isInline && out.push({ node, from: Math.max(from, pos), to: Math.min(to, pos + node.nodeSize) })));
  return out.filter((piece) => piece.to > piece.from);
}

// Strikes a range; what its author had only suggested goes. Gives where the range ends then.
function struck(tr: Transaction, from: number, to: number, by: string, at: number): number {
  const first = tr.steps.length;
  for (const piece of pieces(tr.doc, from, to).reverse()) {
    const own = ADDED.isInSet(piece.node.marks);
    if (own?.attrs['by'] === by) tr.delete(piece.from, piece.to);
    else if (!STRUCK.isInSet(piece.node.marks)) tr.addMark(piece.from, piece.to, STRUCK.create({ by, at }));
  }
  return tr.mapping.slice(first).map(to, -1);
}

// A slice as what stands in one line, with its ends of paragraphs as suggested ones; null when it has more than words.
function inserted(slice: Slice, parent: Node, mark: Mark): Node[] | null {
  if (slice.size === 0) return [];
  if (!parent.inlineContent) return null;
  const out: Node[] = [];
  let lines = 0;
  let isWords = true;
  const line = (node: Node): boolean => {
    if (node.isInline) out.push(node);
    else if (node.isTextblock && lines++ > 0) out.push(parent.type.contentMatch.matchType(type.node('split')) ? type.node('split').create() : schema.text(' '));
    else if (!node.isTextblock && node.isLeaf) isWords = false;
    return !node.isInline;
  };
  slice.content.descendants(line);
  if (!isWords) return null;
  return out.map((node) => node.mark(mark.addToSet(parent.type.allowedMarks(node.marks.filter((old) => !ofSuggestion(old))))));
}

// One open suggestion.
export interface Suggestion extends Range {
  by: string;
  /** Seconds since 1970. */
  at: number;
  added: string;
  struck: string;
}

// Every open suggestion, in the order of the text; `Sheet::suggestions` counts the same.
export function suggestions(doc: Node): Suggestion[] {
  const out: Suggestion[] = [];
  doc.descendants((block, start) => {
    if (!block.isTextblock) return !block.isInline;
    let before = new Map<string, Suggestion>();
    block.forEach((node, offset) => {
      const here = new Map<string, Suggestion>();
      const [from, to] = [start + 1 + offset, start + 1 + offset + node.nodeSize];
      for (const mark of node.marks.filter(ofSuggestion)) {
        const [by, at] = [mark.attrs['by'] as string, mark.attrs['at'] as number];
        const name = `${by} ${at}`;
        let one = here.get(name) ?? before.get(name);
        if (!one) out.push((one = { by, at, from, to, added: '', struck: '' }));
        one.to = to;
        one[mark.type === ADDED ? 'added' : 'struck'] += node.isText ? node.text : node.type.name === 'split' ? '¶' : node.type.name === 'cite' ? '[@]' : ' ';
        here.set(name, one);
      }
      before = here;
    });
    return false;
  });
  return out;
}

const isOf = (mark: Mark | undefined, { by, at }: Suggestion) => mark?.attrs['by'] === by && mark.attrs['at'] === at;

// Accepts or rejects one suggestion of `tr.doc`.
export function settle(tr: Transaction, one: Suggestion, accept: boolean): Transaction {
  for (const { node, from, to } of pieces(tr.doc, one.from, one.to).reverse()) {
    const added = node.marks.find((mark) => mark.type === ADDED && isOf(mark, one));
    const struck = node.marks.find((mark) => mark.type === STRUCK && isOf(mark, one));
    if (!added && !struck) continue;
    if (struck ? accept || (added && !accept) : !accept) taken(tr, from, to);
    else if (struck) tr.removeMark(from, to, struck);
    else if (added && node.type.name === 'split') {
      tr.delete(from, to);
      if (canSplit(tr.doc, from)) tr.split(from);
    } else if (added) tr.removeMark(from, to, added);
  }
  return tr.setMeta(AS_IS, true).setMeta(ALONE, true);
}

// A paragraph of which nothing is left goes along.
function taken(tr: Transaction, from: number, to: number): void {
  tr.delete(from, to);
  const $from = tr.doc.resolve(from);
  const goes = $from.depth === 1 && $from.parent.type.name === 'paragraph' && $from.parent.content.size === 0 && tr.doc.childCount > 3;
  if (goes) tr.delete($from.before(), $from.after());
}

// Accepts or rejects them all.
export function settleAll(tr: Transaction, accept: boolean): Transaction {
  for (let last = suggestions(tr.doc).at(-1); last; last = suggestions(tr.doc).at(-1)) settle(tr, last, accept);
  return tr;
}
