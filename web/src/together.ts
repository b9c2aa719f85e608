// Several writers in one draft: each change is a list of steps on a version; the server puts them in one order, and who
// was slower takes their steps back and makes them again on top of the others'. The order of things is that of
// prosemirror-collab; the difference is that no words are dropped: what was written into a passage that somebody else
// took out meanwhile stays where the passage was. Without network and clock, so that a seed repeats a run.
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import { ReplaceStep, replaceStep, Step, type StepMap } from 'prosemirror-transform';
import { schema } from './schema';

interface Held {
  step: Step;
  /** The document that the step was made on. */
  before: Node;
}

interface Shared {
  /** How many steps of the common order this document has. */
  version: number;
  /** Own steps that are not in it yet. */
  held: readonly Held[];
}

// A step in the common order, with who made it.
export interface Ordered {
  step: unknown;
  writer: string;
}

const key = new PluginKey<Shared>('together');

// The plugin for a document that has `version` steps.
export function together(version: number): Plugin<Shared> {
  return new Plugin<Shared>({
    key,
    state: {
      init: () => ({ version, held: [] }),
      apply: (tr, old) => {
        const next = tr.getMeta(key) as Shared | undefined;
        if (next) return next;
        if (!tr.docChanged) return old;
        const own = tr.steps.map((step, at) => ({ step, before: tr.docs[at] as Node }));
        return { version: old.version, held: [...old.held, ...own] };
      },
    },
    // Undo takes back what this writer did, not what came in between.
    historyPreserveItems: true,
  } as ConstructorParameters<typeof Plugin<Shared>>[0]);
}

const shared = (state: EditorState): Shared => key.getState(state) ?? { version: 0, held: [] };

export const versionOf = (state: EditorState): number => shared(state).version;

// What the server lacks, to be sent with the version that it stands on; null when nothing.
export function sendable(state: EditorState): { version: number; steps: unknown[] } | null {
  const { version, held } = shared(state);
  return held.length > 0 ? { version, steps: held.map(({ step }) => step.toJSON() as unknown) } : null;
}

// Takes in the steps that follow `versionOf(state)` in the common order; `writer` is who takes them.
export function receive(state: EditorState, ordered: readonly Ordered[], writer: string): Transaction {
  const { version, held } = shared(state);
  let own = 0;
  while (own < ordered.length && own < held.length && ordered[own]?.writer === writer) own++;
  const rest = held.slice(own);
  const theirs = ordered.slice(own).map(({ step }) => Step.fromJSON(schema, step));
  const { tr } = state;
  if (theirs.length === 0) return tr.setMeta(key, { version: version + ordered.length, held: rest });
  const waiting = joined(rest);
  for (const { step, before } of [...waiting].reverse()) tr.step(step.invert(before));
  for (const step of theirs) tr.step(step);
  const again: Held[] = [];
  let unseen = broughtBy(tr, waiting.length);
  // The inverse of the first waiting step was the last one taken: each step is mapped over what followed its own inverse.
  let from = waiting.length;
  for (const { step } of waiting) {
    const first = tr.steps.length;
    const made = kept(step, tr, from, unseen);
    from--;
    if (made) mirrored(tr).setMirror(from, made.step);
    for (let at = first; at < tr.steps.length; at++) {
      const own = tr.steps[at] as Step;
      again.push({ step: own, before: tr.docs[at] as Node });
      unseen = onward(unseen, own.getMap(), true);
      // What came back is still unseen: a later step of the same writer may lie over it.
      if (made && at >= made.back) unseen.push(...put(own.getMap()));
    }
  }
  return tr
    .setMeta(key, { version: version + ordered.length, held: again })
    .setMeta('rebased', waiting.length)
    .setMeta('addToHistory', false);
}

// Letters typed one after the other as one step, so that a word that has to move stays whole. What the server has refused, as
// it must have when others' steps came first, need not be counted step by step any more.
function joined(held: readonly Held[]): Held[] {
  const out: Held[] = [];
  for (const next of held) {
    const last = out.at(-1);
    const step = last?.step.merge(next.step);
    if (last && step) out[out.length - 1] = { step, before: last.before };
    else out.push(next);
  }
  return out;
}

interface Range {
  from: number;
  to: number;
}

// What the steps from number `first` on put into the document, as ranges of what it is now.
function broughtBy(tr: Transaction, first: number): Range[] {
  let out: Range[] = [];
  for (const step of tr.steps.slice(first)) {
    const map = step.getMap();
    out = onward(out, map, false);
    out.push(...put(map));
  }
  return out;
}

// What a change put in.
function put(map: StepMap): Range[] {
  const out: Range[] = [];
  map.forEach((_oldStart, _oldEnd, from, to) => {
    if (to > from) out.push({ from, to });
  });
  return out;
}

// Ranges after one more change; what an own change puts into a range is not of that range.
function onward(ranges: readonly Range[], map: StepMap, own: boolean): Range[] {
  return ranges.flatMap((range) => {
    let parts = [{ from: map.map(range.from, 1), to: map.map(range.to, -1) }];
    if (own) {
      map.forEach((_oldStart, _oldEnd, start, end) => {
        parts = parts.flatMap(({ from, to }) => (start > from && end < to ? [{ from, to: start }, { from: end, to }] : [{ from, to }]));
      });
    }
    return parts.filter(({ from, to }) => to > from);
  });
}

// Makes `step` again on top of `tr`. Its words, when they have lost their place, go where that place was; and words of
// others that its author had not seen come back there when it takes them out. Gives the number of the step that was made
// in its place, and from which number on the steps bring back.
function kept(step: Step, tr: Transaction, from: number, unseen: readonly Range[]): { step: number; back: number } | null {
  const mapping = tr.mapping.slice(from);
  const mapped = step.map(mapping);
  const { doc, steps } = tr;
  const next = steps.length;
  if (mapped && !tr.maybeStep(mapped).failed) {
    if (mapped instanceof ReplaceStep) back(mapped, doc, tr, unseen);
    return { step: next, back: next + 1 };
  }
  if (!(step instanceof ReplaceStep) || !place(step.slice, mapping.map(step.from, -1), tr)) return null;
  // The words are in the last step, of the size that they had: places within them are found again.
  return { step: tr.steps.length - 1, back: tr.steps.length };
}

// Puts back what `step` took out unseen.
function back(step: ReplaceStep, before: Node, tr: Transaction, unseen: readonly Range[]): void {
  let at = step.from + step.slice.size;
  for (const { from, to } of touching(unseen)) {
    const [start, end] = [Math.max(from, step.from), Math.min(to, step.to)];
    if (start >= end) continue;
    const size = tr.doc.content.size;
    place(before.slice(start, end), at, tr);
    at += tr.doc.content.size - size;
  }
}

// Ranges in order, with those that touch as one.
function touching(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else out.push({ from, to });
  }
  return out;
}

const said = ({ content }: Slice) => content.textBetween(0, content.size, '', '\ufffc');

// Puts a slice at a place: within the block there if it takes every word, else in a paragraph of its own behind the block.
function place(slice: Slice, at: number, tr: Transaction): boolean {
  const words = said(slice);
  if (!words) return false;
  const fits = replaceStep(tr.doc, at, at, slice);
  if (fits instanceof ReplaceStep && fits.slice.eq(slice) && !tr.maybeStep(fits).failed) return true;
  const inline: Node[] = [];
  slice.content.descendants((node) => {
    if (node.isInline) inline.push(node);
    else if (inline.length > 0 && node.isTextblock) inline.push(schema.text(' '));
    return !node.isInline;
  });
  const $at = tr.doc.resolve(at);
  const top = (tr.doc.firstChild?.nodeSize ?? 0) + (tr.doc.maybeChild(1)?.nodeSize ?? 0);
  const behind = Math.max($at.depth > 0 ? $at.after(1) : at, top);
  const paragraph = new Slice(Fragment.from(schema.node('paragraph')), 0, 0);
  if (tr.maybeStep(new ReplaceStep(behind, behind, paragraph)).failed) return false;
  return !tr.maybeStep(new ReplaceStep(behind + 1, behind + 1, new Slice(Fragment.from(inline), 0, 0))).failed;
}

// prosemirror-collab uses the same method, which ProseMirror's types keep to itself.
const mirrored = (tr: Transaction) => tr.mapping as unknown as { setMirror: (map: number, other: number) => void };
