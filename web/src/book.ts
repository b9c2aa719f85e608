// What people say about a draft, as one tab knows it: what the server has told, and what it lacks of this tab. Without network,
// device and clock, so that a seed repeats a run.
import type { Node } from 'prosemirror-model';

export interface Comment {
  id: string;
  /** The comment that it answers. */
  thread: string | null;
  by: string;
  name: string;
  /** Milliseconds since 1970. */
  at: number;
  /** The words that it is about, as they were. */
  quote: string;
  words: string;
  resolved: { name: string; at: number } | null;
}

// What the server tells: what changed since a number, or everything.
export interface Talk {
  number: number;
  whole: boolean;
  list: Comment[];
}

// What a tab has to tell the server. Its id makes that it is kept once, however often it is sent.
export type Saying = { is: 'comment'; id: string; thread: string | null; quote: string; words: string; at: number } | { is: 'resolve'; id: string; resolved: boolean; at: number };

export interface Thread extends Comment {
  answers: (Comment & Standing)[];
}

// How far what was said here has come; both are empty for what the server has.
export interface Standing {
  waits: boolean;
  refused: string;
}

export interface Me {
  by: string;
  name: string;
}

export class Book {
  number = 0;
  private known = new Map<string, Comment>();
  private waiting: Saying[] = [];
  private refusals: { saying: Saying; message: string }[] = [];
  private sent = new Map<string, Saying>();

  constructor(private readonly me: Me) {}

  say(saying: Saying): void {
    this.waiting.push(saying);
  }

  // What is sent next.
  get next(): Saying | null {
    return this.waiting[0] ?? null;
  }

  // The server has it.
  kept(saying: Saying): void {
    if (this.waiting[0] !== saying) return;
    this.waiting.shift();
    if (saying.is === 'comment') this.sent.set(saying.id, saying);
    this.put(this.known, saying);
  }

  // The server does not take it, and says why: it stays here, and is tried again when the draft is opened anew.
  refused(saying: Saying, message: string): void {
    if (this.waiting[0] !== saying) return;
    this.waiting.shift();
    if (saying.is === 'comment') this.refusals.push({ saying, message });
  }

  // Takes in what the server tells; gives what others have said that was not here.
  hear({ number, whole, list }: Talk): Comment[] {
    const before = this.known;
    const fresh = list.filter(({ id, by }) => !before.has(id) && by !== this.me.by);
    if (whole) this.known = new Map();
    for (const one of list) this.known.set(one.id, one);
    this.number = number;
    // A server that came back from a backup lacks what it had taken.
    if (whole) for (const [id, saying] of this.sent) if (!this.known.has(id) && !this.waiting.includes(saying)) this.waiting.push(saying);
    return fresh;
  }

  // What a device keeps so that nothing of it is lost with the tab.
  get keepable(): Saying[] {
    return [...this.waiting, ...this.refusals.map(({ saying }) => saying)];
  }

  resume(list: readonly Saying[]): void {
    this.waiting.push(...list);
  }

  // Everything as this tab sees it: threads with their answers, in the order in which they were begun.
  threads(): (Thread & Standing)[] {
    const all = new Map([...this.known].map(([id, one]) => [id, { ...one }]));
    const waits = new Set(this.waiting.map(({ id }) => id));
    const refused = new Map(this.refusals.map(({ saying, message }) => [saying.id, message]));
    for (const saying of this.keepable) this.put(all, saying);
    const standing = (one: Comment): Comment & Standing => ({ ...one, waits: waits.has(one.id), refused: refused.get(one.id) ?? '' });
    const order = [...all.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map(standing);
    return order.filter(({ thread }) => thread === null).map((one) => ({ ...one, answers: order.filter(({ thread }) => thread === one.id) }));
  }

  private put(all: Map<string, Comment>, saying: Saying): void {
    const one = all.get(saying.id);
    if (saying.is === 'resolve') {
      if (one) all.set(one.id, { ...one, resolved: saying.resolved ? { name: this.me.name, at: saying.at } : null });
    } else if (!one) {
      const { id, thread, quote, words, at } = saying;
      all.set(id, { id, thread, quote, words, at, ...this.me, resolved: null });
    }
  }
}

export interface Place {
  from: number;
  to: number;
  words: string;
}

interface Piece {
  ids: readonly string[];
  from: number;
  to: number;
  words: string;
}

// Blocks never change, so that the marks of one are looked for once.
const found = new WeakMap<Node, readonly Piece[]>();

// What of a block has comments, from the block's own beginning.
function pieces(block: Node): readonly Piece[] {
  const known = found.get(block);
  if (known) return known;
  const out: Piece[] = [];
  block.forEach((node, offset) => {
    const ids = node.marks.filter((mark) => mark.type.name === 'comment').map((mark) => mark.attrs['id'] as string);
    if (ids.length > 0) out.push({ ids, from: offset, to: offset + node.nodeSize, words: node.text ?? '' });
  });
  found.set(block, out);
  return out;
}

// Everything that has comments, in the order of the text.
export function commented(doc: Node): (Omit<Piece, 'words'> & { words: string })[] {
  const out: Piece[] = [];
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return !node.isInline;
    for (const piece of pieces(node)) out.push({ ...piece, from: pos + 1 + piece.from, to: pos + 1 + piece.to });
    return false;
  });
  return out;
}

// Where each comment stands.
export function places(doc: Node): Map<string, Place> {
  const out = new Map<string, Place>();
  for (const { ids, from, to, words } of commented(doc)) {
    for (const id of ids) {
      const place = out.get(id);
      if (!place) out.set(id, { from, to, words });
      else [place.to, place.words] = [to, place.words + (from > place.to ? ' ' : '') + words];
    }
  }
  return out;
}

// Threads in the order of the text; those without a place behind them, in the order in which they were begun.
export function ordered<One extends { id: string }>(threads: readonly One[], at: ReadonlyMap<string, Place>): One[] {
  const place = ({ id }: One) => at.get(id)?.from ?? Infinity;
  return [...threads].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}
