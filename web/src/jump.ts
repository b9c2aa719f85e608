// What happened to a draft elsewhere than in editors, as steps: a form's text, a change of the article's metadata. Block by
// block and word by word, so that what others write meanwhile finds its place.
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { ReplaceStep, type Step } from 'prosemirror-transform';
import type { Ordered } from './together';

// Above so many pairs of blocks, what lies between the first and the last difference is one change.
const MOST_PAIRS = 250_000;

// The steps that make `to` of `from`, each on the document after the one before.
export function difference(from: Node, to: Node): ReplaceStep[] {
  const steps: ReplaceStep[] = [];
  for (const run of runs(blocks(from), blocks(to)).reverse()) steps.push(...changed(run));
  return makes(steps, from, to) ? steps : [new ReplaceStep(0, from.content.size, to.slice(0, to.content.size))];
}

// The same in the common order's form, with the language.
export function jump(from: Node, to: Node): Ordered[] {
  const steps: unknown[] = difference(from, to).map((step) => step.toJSON() as unknown);
  if (from.attrs['lang'] !== to.attrs['lang']) steps.push({ stepType: 'docAttr', attr: 'lang', value: to.attrs['lang'] as string });
  return steps.map((step) => ({ step, writer: '' }));
}

interface Block {
  node: Node;
  at: number;
}

function blocks(doc: Node): Block[] {
  const out: Block[] = [];
  doc.forEach((node, at) => out.push({ node, at }));
  return out;
}

interface Run {
  /** Where it is in the old document. */
  at: number;
  old: Node[];
  now: Node[];
}

// Blocks that differ, between those that are in both.
function runs(old: Block[], now: Block[]): Run[] {
  const end = (list: Block[]) => (list.at(-1)?.at ?? 0) + (list.at(-1)?.node.nodeSize ?? 0);
  let first = 0;
  while (first < old.length && first < now.length && old[first]?.node.eq(now[first]?.node as Node)) first++;
  let last = 0;
  while (last < old.length - first && last < now.length - first && old[old.length - 1 - last]?.node.eq(now[now.length - 1 - last]?.node as Node)) last++;
  const [left, right] = [old.slice(first, old.length - last), now.slice(first, now.length - last)];
  const out: Run[] = [];
  let [i, j] = [0, 0];
  const push = (to: number, upTo: number) => {
    if (to > i || upTo > j) out.push({ at: left[i]?.at ?? old[first + i]?.at ?? end(old), old: left.slice(i, to).map(({ node }) => node), now: right.slice(j, upTo).map(({ node }) => node) });
  };
  for (const [a, b] of common(left, right)) {
    push(a, b);
    [i, j] = [a + 1, b + 1];
  }
  push(left.length, right.length);
  return out;
}

// The longest list of blocks that both have in this order, as pairs of places.
function common(old: Block[], now: Block[]): [number, number][] {
  if (old.length * now.length > MOST_PAIRS) return [];
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const get = (i: number, j: number) => longest[i * width + j] ?? 0;
  const same = (i: number, j: number) => old[i]?.node.eq(now[j]?.node as Node) ?? false;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) longest[i * width + j] = same(i, j) ? get(i + 1, j + 1) + 1 : Math.max(get(i + 1, j), get(i, j + 1));
  }
  const out: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < now.length) {
    if (same(i, j)) out.push([i++, j++]);
    else if (get(i + 1, j) >= get(i, j + 1)) i++;
    else j++;
  }
  return out;
}

// One run, from its end to its beginning: blocks of one kind by their words, the others as they are.
function changed({ at, old, now }: Run): ReplaceStep[] {
  const pairs = Math.min(old.length, now.length);
  const starts = old.map((_, number) => at + old.slice(0, number).reduce((sum, node) => sum + node.nodeSize, 0));
  const end = at + old.reduce((sum, node) => sum + node.nodeSize, 0);
  const steps: ReplaceStep[] = [];
  const from = starts[pairs] ?? end;
  if (old.length > pairs || now.length > pairs) steps.push(new ReplaceStep(from, end, new Slice(Fragment.from(now.slice(pairs)), 0, 0)));
  for (let number = pairs - 1; number >= 0; number--) {
    const [before, after, start] = [old[number] as Node, now[number] as Node, starts[number] ?? at];
    const alike = before.sameMarkup(after);
    steps.push(alike ? inner(before, after, start + 1) : new ReplaceStep(start, start + before.nodeSize, new Slice(Fragment.from(after), 0, 0)));
  }
  return steps;
}

// What differs within a block whose content begins at `start`.
function inner(from: Node, to: Node, start: number): ReplaceStep {
  const begin = from.content.findDiffStart(to.content) ?? 0;
  let { a, b } = from.content.findDiffEnd(to.content) ?? { a: from.content.size, b: to.content.size };
  // The same letters may stand at both ends of what differs.
  const over = begin - Math.min(a, b);
  if (over > 0) [a, b] = [a + over, b + over];
  // Words that begin or end alike are other words all the same: nothing comes into their midst.
  const first = begin - letters(from, begin, -1);
  const more = letters(from, a, 1);
  return new ReplaceStep(start + first, start + a + more, to.slice(first, b + more));
}

// How many letters of a word stand right before or behind a place, in one text.
function letters(node: Node, at: number, side: -1 | 1): number {
  const { parent, parentOffset } = node.resolve(at);
  if (!parent.inlineContent) return 0;
  const text = parent.textBetween(0, parent.content.size, '', ' ');
  const run = side < 0 ? /\S*$/.exec(text.slice(0, parentOffset)) : /^\S*/.exec(text.slice(parentOffset));
  return run?.[0].length ?? 0;
}

function makes(steps: readonly Step[], from: Node, to: Node): boolean {
  try {
    return steps.reduce<Node | null>((doc, step) => (doc ? step.apply(doc).doc : null), from)?.content.eq(to.content) ?? false;
  } catch {
    return false;
  }
}
