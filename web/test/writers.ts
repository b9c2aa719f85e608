// A server's one order, random writers, and the words that must be in the text in the end.
import assert from 'node:assert/strict';
import { TextSelection, type EditorState, type Transaction } from 'prosemirror-state';
import { canJoin, canSplit, Step } from 'prosemirror-transform';
import { schema } from '../src/schema';
import { read } from '../src/document';
import type { Ordered } from '../src/together';

export const BASE = read({
  type: 'doc',
  attrs: { lang: 'en' },
  content: [
    { type: 'headline', content: [{ type: 'text', text: 'Head' }] },
    { type: 'standfirst' },
    ...[0, 1, 2, 3, 4].map((number) => ({ type: 'paragraph', content: [{ type: 'text', text: `p${number} ${'lorem ipsum dolor '.repeat(3).trim()}` }] })),
    { type: 'bullets', attrs: { tight: true }, content: [{ type: 'item', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'one two three' }] }] }] },
  ],
});

// One order, kept as text: a list of steps is written whole before it is acknowledged, and after a start it is read again.
export class Authority {
  private log: string[] = [];
  doc = BASE;

  get ordered(): Ordered[] {
    return this.log.map((line) => JSON.parse(line) as Ordered);
  }

  take(version: number, steps: readonly unknown[], writer: string): boolean {
    if (version !== this.log.length) return false;
    let doc = this.doc;
    for (const step of steps) {
      const result = Step.fromJSON(schema, step).apply(doc);
      assert.ok(result.doc, `the server could not apply ${JSON.stringify(step)}: ${result.failed}`);
      doc = result.doc;
    }
    doc.check();
    this.doc = doc;
    this.log.push(...steps.map((step) => JSON.stringify({ step, writer })));
    return true;
  }

  restart(): void {
    this.doc = this.ordered.reduce((doc, { step }) => Step.fromJSON(schema, step).apply(doc).doc ?? doc, BASE);
  }
}

// What every writer has written and nobody who saw it has taken out.
export class Expected {
  readonly words = new Set<string>();
  private count = 0;

  next(): string {
    const word = `(w${++this.count})`;
    this.words.add(word);
    return word;
  }

  // Whoever takes out even a part of a word has seen it.
  gone(text: string): void {
    for (const match of text.matchAll(/\(w\d+\)/g)) this.words.delete(match[0]);
  }
}

// Words cut by an edge of the range are taken out as well: the range grows to their edges.
function whole(text: string, from: number, to: number): [number, number] {
  for (const match of text.matchAll(/\(w\d+\)/g)) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (start < from && end > from) from = start;
    if (start < to && end > to) to = end;
  }
  return [from, to];
}

// One change of one writer: a word, a cut, a paragraph divided, joined or taken out, bold.
export function change(state: EditorState, dice: () => number, expected: Expected): Transaction | null {
  const blocks: { pos: number; text: string; depth: number }[] = [];
  state.doc.descendants((node, pos) => {
    if (node.isTextblock) blocks.push({ pos, text: node.textBetween(0, node.content.size, '', '\ufffc'), depth: state.doc.resolve(pos).depth });
    return !node.isTextblock;
  });
  const block = blocks[Math.floor(dice() * blocks.length)];
  if (!block) return null;
  const { tr } = state;
  const start = block.pos + 1;
  const spot = () => {
    const [at] = whole(block.text, Math.floor(dice() * (block.text.length + 1)), 0);
    return at;
  };
  const kind = dice();
  if (kind < 0.5) {
    // Letter by letter, as keys do.
    let at = start + spot();
    for (const letter of expected.next()) tr.insertText(letter, at++);
    return tr.setSelection(TextSelection.create(tr.doc, at));
  }
  if (kind < 0.7) {
    const from = spot();
    const [low, high] = whole(block.text, from, Math.min(block.text.length, from + Math.floor(dice() * 12)));
    expected.gone(block.text.slice(low, high));
    return low < high ? tr.delete(start + low, start + high) : null;
  }
  if (kind < 0.8) {
    const at = start + spot();
    return block.depth > 0 || blocks.indexOf(block) > 1 ? (canSplit(state.doc, at) ? tr.split(at) : null) : null;
  }
  if (kind < 0.88) return blocks.indexOf(block) > 2 && canJoin(state.doc, block.pos) ? tr.join(block.pos) : null;
  if (kind < 0.94) {
    if (block.depth > 0 || blocks.indexOf(block) < 2 || state.doc.childCount < 5) return null;
    expected.gone(block.text);
    return tr.delete(block.pos, block.pos + state.doc.resolve(start).parent.nodeSize);
  }
  const from = spot();
  return blocks.indexOf(block) > 1 && from < block.text.length ? tr.addMark(start + from, start + block.text.length, schema.mark('strong')) : null;
}
