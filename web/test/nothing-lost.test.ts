// Two to five writers in one draft with everything that happens to people: stretches offline, lost answers, cut lines, a server
// that starts anew, killed tabs, undo and redo, suggestions that others accept and reject, comments that are answered, resolved
// and opened again. Then every word is looked for, every comment, and its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState, type Transaction } from 'prosemirror-state';
import { Book, places, type Comment, type Saying } from '../src/book';
import { placed } from '../src/commenting';
import { read, write } from '../src/document';
import { keepable, receive, resume, sendable, together, versionOf } from '../src/together';
import { asSuggested, isSuggesting, settle, settleAll, suggesting, suggestions, toggle } from '../src/suggest';
import { redo, undo, undoing } from '../src/undo';
import { chance } from './house';
import { Authority, BASE, change, Expected } from './writers';

const ROUNDS = Number(process.env['OVN_ROUNDS'] ?? 10_000);
const ROUNDS_A_DRAFT = 25;

type Kept = { version: number; doc: string; steps: string; sayings: string };

// What the newsroom keeps of comments: each once by its id, each change with a number.
class Minutes {
  readonly now = new Map<string, Comment>();
  private log: Comment[] = [];

  take(saying: Saying, by: string): void {
    const one = this.now.get(saying.id);
    if (saying.is === 'resolve') {
      assert.ok(one, `${saying.id} is resolved before it is there`);
      if ((one.resolved !== null) !== saying.resolved) this.keep({ ...one, resolved: saying.resolved ? { name: by, at: saying.at } : null });
    } else if (!one) {
      const { id, thread, quote, words, at } = saying;
      assert.ok(thread === null || this.now.has(thread), `${id} answers nothing`);
      this.keep({ id, thread, quote, words, at, by, name: by, resolved: null });
    }
  }

  tell(book: Book): void {
    book.hear({ number: this.log.length, whole: book.number === 0, list: this.log.slice(book.number) });
  }

  private keep(one: Comment): void {
    this.now.set(one.id, one);
    this.log.push(one);
  }
}

class Writer {
  state: EditorState;
  book: Book;
  away = false;
  /** What the device has of this tab, and the words typed since it was written. */
  device: Kept;
  unkept: string[] = [];

  constructor(readonly name: string) {
    this.state = this.fresh(0, BASE);
    this.book = new Book({ by: name, name });
    this.device = this.copy();
  }

  private fresh(version: number, doc: EditorState['doc']): EditorState {
    return EditorState.create({ doc, plugins: [together(version), undoing(), suggesting(this.name, () => 0)] });
  }

  private copy(): Kept {
    const { version, doc, steps } = keepable(this.state);
    return { version, doc: write(doc), steps: JSON.stringify(steps), sayings: JSON.stringify(this.book.keepable) };
  }

  keep(): void {
    this.device = this.copy();
    this.unkept = [];
  }

  // The tab is gone; another one begins with what the device has.
  killed(): void {
    const { version, doc, steps, sayings } = this.device;
    this.book = new Book({ by: this.name, name: this.name });
    this.book.resume(JSON.parse(sayings) as Saying[]);
    this.state = this.fresh(version, read(JSON.parse(doc)));
    this.state = this.state.apply(resume(this.state, JSON.parse(steps) as unknown[]));
    this.unkept = [];
  }

  pull(from: Authority): void {
    this.state = this.state.apply(receive(this.state, from.ordered.slice(versionOf(this.state)), this.name));
  }

  // As the text, so what was said: cut before it arrives, or its answer lost.
  talk(minutes: Minutes, dice: () => number): void {
    while (this.book.next && dice() > 0.1) {
      const saying = this.book.next;
      minutes.take(saying, this.name);
      if (dice() < 0.15) return;
      this.book.kept(saying);
    }
    if (dice() > 0.2) minutes.tell(this.book);
  }

  sync(with_: Authority, dice: () => number): void {
    const fault = dice();
    // The line is cut before anything arrives, or the server falls before it has written.
    if (fault < 0.1) return;
    this.pull(with_);
    const own = sendable(this.state);
    if (!own || !with_.take(own.version, own.steps, this.name)) return;
    if (fault < 0.2) with_.restart();
    else if (fault > 0.3) this.pull(with_);
  }
}

const WORD = /\(w\d+\)/g;
const wordsIn = (doc: EditorState['doc']) => new Set([...doc.textContent.matchAll(WORD)].map(([word]) => word));

// Everything that one draft's people do, from one seed.
class Draft {
  readonly dice: () => number;
  readonly others: () => number;
  readonly server = new Authority();
  readonly expected = new Expected();
  readonly author = new Map<string, string>();
  readonly writers: Writer[];
  private now = 0;
  readonly minutes = new Minutes();
  /** What was said and kept on a device, and of each comment the words within its place; and what anybody ever took out. */
  readonly said = new Map<string, { by: string; words: string }>();
  readonly about = new Map<string, string[]>();
  readonly taken = new Set<string>();
  readonly did = { undo: 0, redo: 0, killed: 0, suggested: 0, accepted: 0, rejected: 0, comments: 0, answers: 0, resolved: 0, reopened: 0 };

  constructor(readonly seed: number) {
    this.dice = chance(seed);
    this.others = chance(seed + 1_000_000);
    this.writers = Array.from({ length: 2 + Math.floor(this.dice() * 4) }, (_, number) => new Writer(`writer${number}`));
    this.writers.forEach((writer) => this.mode(writer));
  }

  // Whoever takes a word out has seen it; but undo takes out no other's.
  apply(writer: Writer, tr: Transaction, undoes = false): void {
    const before = wordsIn(writer.state.doc);
    writer.state = writer.state.apply(tr);
    const after = wordsIn(writer.state.doc);
    for (const word of after) if (!this.author.has(word)) (this.author.set(word, writer.name), writer.unkept.push(word));
    for (const word of before) {
      if (after.has(word)) continue;
      this.taken.add(word);
      if (undoes && this.expected.words.has(word)) assert.equal(this.author.get(word), writer.name, `seed ${this.seed}: undo took another's ${word}`);
      this.expected.words.delete(word);
    }
  }

  act(writer: Writer): void {
    const { dice } = this;
    const kind = dice();
    if (kind < 0.2) {
      const [command, name] = kind < 0.14 ? [undo, 'undo' as const] : [redo, 'redo' as const];
      command(writer.state, (tr) => (this.did[name]++, this.apply(writer, tr, true)));
    } else if (kind < 0.27) {
      toggle(writer.state, (tr) => this.apply(writer, tr));
    } else if (kind < 0.4) {
      this.decide(writer, dice() < 0.5);
    } else {
      this.write(writer);
    }
    // Beside the writing, with dice of its own.
    if (this.others() < 0.3) this.speak(writer);
    if (dice() < 0.95) writer.keep();
    if (dice() < 0.04) {
      this.did.killed++;
      writer.unkept.forEach((word) => this.expected.words.delete(word));
      writer.killed();
      this.mode(writer);
    }
  }

  // Some suggest from the start.
  private mode(writer: Writer): void {
    if (this.dice() < 0.4) assert.ok(toggle(writer.state, (tr) => (writer.state = writer.state.apply(tr))));
  }

  // Each by itself: what is done in half a second is one thing for undo.
  private timed(tr: Transaction): Transaction {
    return tr.setTime(tr.time + (this.dice() < 0.7 ? 1000 * ++this.now : 0));
  }

  private write(writer: Writer): void {
    const last = this.expected.words.size;
    const tr = change(writer.state, this.dice, this.expected);
    if (!tr) return;
    const now = asSuggested(writer.state, this.timed(tr), 1000 + 100 * ++this.now);
    if (isSuggesting(writer.state)) this.did.suggested++;
    // What is no change of words can't be suggested.
    if (!now) for (const word of [...this.expected.words].slice(last)) this.expected.words.delete(word);
    else this.apply(writer, now);
  }

  // A comment on a stretch of a line, an answer, a thread resolved or opened again. What is said is on the device at once.
  private speak(writer: Writer): void {
    const dice = this.others;
    const threads = writer.book.threads();
    const one = threads[Math.floor(dice() * threads.length)];
    const kind = dice();
    const id = `c${this.said.size}`;
    const at = ++this.now;
    if (one && kind < 0.25) {
      this.did[one.resolved ? 'reopened' : 'resolved']++;
      writer.book.say({ is: 'resolve', id: one.id, resolved: !one.resolved, at });
    } else if (one && kind < 0.5) {
      this.did.answers++;
      this.said.set(id, { by: writer.name, words: `answer ${id}` });
      writer.book.say({ is: 'comment', id, thread: one.id, quote: '', words: `answer ${id}`, at });
    } else {
      const blocks: { from: number; size: number }[] = [];
      writer.state.doc.descendants((node, pos) => (node.isTextblock && node.content.size > 0 && blocks.push({ from: pos + 1, size: node.content.size }), !node.isTextblock));
      const block = blocks[Math.floor(dice() * blocks.length)];
      if (!block) return;
      const from = block.from + Math.floor(dice() * block.size);
      const to = Math.min(block.from + block.size, from + 1 + Math.floor(dice() * 20));
      const quote = writer.state.doc.textBetween(from, to, ' ', ' ');
      this.did.comments++;
      this.said.set(id, { by: writer.name, words: `comment ${id}` });
      this.about.set(id, [...quote.matchAll(WORD)].map(([word]) => word));
      writer.state = writer.state.apply(placed(writer.state.tr, from, to, id));
      writer.book.say({ is: 'comment', id, thread: null, quote, words: `comment ${id}`, at });
    }
    writer.keep();
  }

  private decide(writer: Writer, accept: boolean): void {
    const all = suggestions(writer.state.doc);
    const one = all[Math.floor(this.dice() * all.length)];
    if (!one) return;
    const { tr } = writer.state;
    this.did[accept ? 'accepted' : 'rejected']++;
    this.apply(writer, this.timed(this.dice() < 0.1 ? settleAll(tr, accept) : settle(tr, one, accept)));
  }

  run(): void {
    for (let round = 0; round < ROUNDS_A_DRAFT; round++) {
      const writer = this.writers[Math.floor(this.dice() * this.writers.length)] as Writer;
      this.act(writer);
      if (this.dice() < 0.2) writer.away = !writer.away;
      if (!writer.away && this.dice() < 0.6) {
        writer.sync(this.server, this.dice);
        writer.talk(this.minutes, this.others);
        writer.keep();
      }
    }
    // Everybody comes back; the second turn brings what the first ones sent.
    for (const writer of [...this.writers, ...this.writers]) (writer.sync(this.server, () => 1), writer.talk(this.minutes, () => 1));
    this.look();
  }

  look(): void {
    const text = this.server.doc.textContent;
    const all = [...text.matchAll(WORD)].map(([word]) => word);
    assert.equal(new Set(all).size, all.length, `seed ${this.seed}: a word stands twice: ${all.filter((word, at) => all.indexOf(word) < at).join()}`);
    for (const word of this.expected.words) assert.ok(all.includes(word), `seed ${this.seed}: ${word} of ${this.author.get(word)} is lost`);
    for (const writer of this.writers) {
      assert.equal(sendable(writer.state), null);
      // In its one spelling: comments on one text may have come in another order.
      assert.equal(write(writer.state.doc), write(this.server.doc), `seed ${this.seed}: ${writer.name} has another document`);
    }
    read(JSON.parse(write(this.server.doc)));
    this.comments();
  }

  // Every comment and answer is there once, as it was said, and all tabs have the same; its place holds the words that it was
  // about, as far as nobody has taken them out.
  private comments(): void {
    const kept = this.minutes.now;
    assert.deepEqual([...kept.keys()].sort(), [...this.said.keys()].sort(), `seed ${this.seed}: what was said is there`);
    for (const [id, { by, words }] of this.said) assert.deepEqual([kept.get(id)?.by, kept.get(id)?.words], [by, words], `seed ${this.seed}: ${id}`);
    const seen = (book: Book) => book.threads().map((one) => JSON.stringify(one));
    const first = seen((this.writers[0] as Writer).book);
    for (const { book, name } of this.writers) {
      assert.equal(book.next, null);
      assert.deepEqual(seen(book), first, `seed ${this.seed}: ${name} knows other comments`);
    }
    const at = places(this.server.doc);
    for (const id of at.keys()) assert.ok(kept.has(id), `seed ${this.seed}: a place of nothing, ${id}`);
    for (const [id, words] of this.about) for (const word of words) assert.ok(this.taken.has(word) || at.get(id)?.words.includes(word), `seed ${this.seed}: ${id} has lost ${word}`);
  }
}

test(`nothing is lost, doubled or taken out by another's undo over ${ROUNDS} rounds`, (context) => {
  const sum: Record<string, number> = { rounds: 0, drafts: 0, words: 0 };
  for (let seed = Number(process.env['OVN_SEED'] ?? 1); (sum['rounds'] ?? 0) < ROUNDS; seed++) {
    const draft = new Draft(seed);
    draft.run();
    for (const [what, count] of Object.entries({ rounds: ROUNDS_A_DRAFT, drafts: 1, words: draft.expected.words.size, ...draft.did })) sum[what] = (sum[what] ?? 0) + count;
  }
  context.diagnostic(`seeds from ${process.env['OVN_SEED'] ?? 1}: ${JSON.stringify(sum)}`);
});
