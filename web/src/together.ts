// Several writers in one draft: each change is a list of steps on a version; the server puts them in one order, and who
// was slower takes their steps back and makes them again on top of the others'. The order of things is that of
// prosemirror-collab; the difference is that no words are dropped: what was written into a passage that somebody else
// took out meanwhile stays where the passage was. Without network and clock, so that a seed repeats a run.
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import { AddMarkStep, RemoveMarkStep, ReplaceStep, replaceStep, Step, type Mapping, type StepMap } from 'prosemirror-transform';
import { isDraftMark, schema } from './schema';

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

// What `receive` made anew of the steps that waited; for whoever remembers steps.
export interface Remade {
  /** How many own steps waited, the last ones of this writer. */
  waited: number;
  /** In order: so many of them after so many, the step that takes them back, which was made in their place (if any), and which are theirs. */
  groups: { from: number; size: number; back: number; made: number | null; first: number; last: number }[];
  /** Steps of the transaction from `first` to before `last` are the others'. */
  theirs: { first: number; last: number };
}

const key = new PluginKey<Shared>('together');
const remadeKey = new PluginKey('together-remade');

// What a transaction of `receive` made anew; null for every other.
export const remade = (tr: Transaction): Remade | null => (tr.getMeta(remadeKey) as Remade | undefined) ?? null;

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
  });
}

const shared = (state: EditorState): Shared => key.getState(state) ?? { version: 0, held: [] };

export const versionOf = (state: EditorState): number => shared(state).version;

// What the server lacks, to be sent with the version that it stands on; null when nothing.
export function sendable(state: EditorState): { version: number; steps: unknown[] } | null {
  const { version, held } = shared(state);
  return held.length > 0 ? { version, steps: held.map(({ step }) => step.toJSON() as unknown) } : null;
}

// What has to be kept on a device so that nothing is lost with a tab: the document that the server has, its version, and the
// steps that it lacks. `resume` makes them own steps again, and `receive` then finds those that the server took unheard.
export function keepable(state: EditorState): { version: number; doc: Node; steps: unknown[] } {
  const { version, held } = shared(state);
  return { version, doc: held[0]?.before ?? state.doc, steps: held.map(({ step }) => step.toJSON() as unknown) };
}

// Marks a transaction that is no typing of the person: while they suggest, it is taken as it is.
export const AS_IS = 'suggest-as-is';

// Makes kept steps anew on a state whose document is the kept one.
export function resume(state: EditorState, steps: readonly unknown[]): Transaction {
  const { tr } = state;
  for (const step of steps) tr.step(Step.fromJSON(schema, step));
  // What is a suggestion stays one, and what is none becomes none.
  return tr.setMeta(AS_IS, true);
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
  const waiting = joined(rest, state.doc);
  for (const { step, before } of [...waiting].reverse()) tr.step(step.invert(before));
  for (const step of theirs) tr.step(step);
  const again: Held[] = [];
  const groups: Remade['groups'] = [];
  let unseen = broughtBy(tr, waiting.length);
  // The inverse of the first waiting step was the last one taken: each step is mapped over what followed its own inverse.
  let from = waiting.length;
  for (const { step, at, size } of waiting) {
    const first = tr.steps.length;
    const made = kept(step, tr, tr.mapping.slice(from), unseen);
    from--;
    if (made) mirrored(tr).setMirror(from, made.step);
    groups.push({ from: at, size, back: from, made: made?.step ?? null, first, last: tr.steps.length });
    for (let at = first; at < tr.steps.length; at++) {
      const own = tr.steps[at] as Step;
      again.push({ step: own, before: tr.docs[at] as Node });
      unseen = onward(unseen, own.getMap(), true);
      // What came back is still unseen: a later step of the same writer may lie over it.
      if (made && at >= made.back) unseen.push(...put(own.getMap()));
    }
  }
  const meta: Remade = { waited: rest.length, groups, theirs: { first: waiting.length, last: waiting.length + theirs.length } };
  return tr
    .setMeta(key, { version: version + ordered.length, held: again })
    .setMeta(remadeKey, meta)
    .setMeta('addToHistory', false);
}

interface Waiting extends Held {
  /** The first of the held steps that it stands for, and how many they are. */
  at: number;
  size: number;
}

// The same transaction where the version grew otherwise than by one a step, as it does when a form was saved.
export const arriving = (tr: Transaction, version: number): Transaction => tr.setMeta(key, { ...(tr.getMeta(key) as Shared), version });

// Letters typed one after the other as one step, so that a word that has to move stays whole. What the server has refused, as
// it must have when others' steps came first, need not be counted step by step any more.
function joined(held: readonly Held[], end: Node): Waiting[] {
  const out: Waiting[] = [];
  held.forEach((next, at) => {
    const last = out.at(-1);
    const step = last?.step.merge(next.step);
    if (last && step) out[out.length - 1] = { ...last, step, size: at + 1 - last.at };
    else out.push({ ...next, at, size: 1 });
    // What was done and undone again before anybody saw it need not be done at all.
    const after = held[at + 1]?.before ?? end;
    for (const back of [2, 1]) if (out.at(-back)?.before.eq(after)) out.length -= back;
  });
  return out;
}

export interface Range {
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
export function put(map: StepMap): Range[] {
  const out: Range[] = [];
  map.forEach((_oldStart, _oldEnd, from, to) => {
    if (to > from) out.push({ from, to });
  });
  return out;
}

// Ranges after one more change; what an own change puts into a range is not of that range.
export function onward(ranges: readonly Range[], map: StepMap, own: boolean): Range[] {
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

// Makes `step` again on top of `tr`. Its words, when they have lost their place, go where that place was; words of others
// that its author had not seen stay where they are, or come back there when the passage around them goes. Gives the number of
// the step that was made in its place, and from which number on the steps bring back.
export function kept(step: Step, tr: Transaction, mapping: Mapping, unseen: readonly Range[]): { step: number; back: number } | null {
  const mapped = step.map(mapping);
  if (mapped) {
    const { doc } = tr;
    const parts = around(mapped, doc, unseen);
    const first = tr.steps.length;
    if (parts.every((part) => !tr.maybeStep(part).failed) && tr.steps.length > first) {
      const next = tr.steps.length;
      if (mapped instanceof ReplaceStep && parts[0] === mapped) back(mapped, doc, tr, unseen);
      return { step: next - 1, back: next };
    }
    if (parts.length === 0) return null;
  }
  if (!(step instanceof ReplaceStep) || !place(step.slice, mapping.map(step.from, -1), tr)) return null;
  // The words are in the last step, of the size that they had: places within them are found again.
  return { step: tr.steps.length - 1, back: tr.steps.length };
}

// A step as several that leave the unseen ranges alone, the one with its words last; the step itself where that cannot be.
function around(step: Step, doc: Node, unseen: readonly Range[]): Step[] {
  const mark = (step instanceof AddMarkStep || step instanceof RemoveMarkStep) && isDraftMark(step.mark) ? step : null;
  const flat = step instanceof ReplaceStep && step.to > step.from && inLine(step, doc) ? step : null;
  const { from, to } = mark ?? flat ?? { from: 0, to: 0 };
  const left = without({ from, to }, unseen);
  if ((!mark && !flat) || (left.length === 1 && left[0]?.from === from && left[0].to === to)) return [step];
  if (mark) {
    const again = (part: Range) => (mark instanceof AddMarkStep ? new AddMarkStep(part.from, part.to, mark.mark) : new RemoveMarkStep(part.from, part.to, mark.mark));
    return left.map(again);
  }
  const { slice } = flat as ReplaceStep;
  const cuts = left.reverse().map((part) => new ReplaceStep(part.from, part.to, Slice.empty));
  return slice.size > 0 ? [...cuts, new ReplaceStep(from, from, slice)] : cuts;
}

// Whether a step takes from one line and puts in what stands in lines.
function inLine({ from, to, slice }: ReplaceStep, doc: Node): boolean {
  if (to > doc.content.size) return false;
  const $from = doc.resolve(from);
  return $from.parent.inlineContent && $from.sameParent(doc.resolve(to)) && slice.openStart === 0 && (slice.content.firstChild?.isInline ?? true);
}

// What of a range is in none of the others.
function without(range: Range, others: readonly Range[]): Range[] {
  let out = [range];
  for (const { from, to } of others) {
    out = out.flatMap((part) => (from >= part.to || to <= part.from ? [part] : [{ from: part.from, to: from }, { from: to, to: part.to }].filter((rest) => rest.to > rest.from)));
  }
  return out;
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
