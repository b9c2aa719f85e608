// Comments: what a tab knows and what it has still to tell, their places in the text, and what is kept through cut lines and killed tabs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState, TextSelection } from 'prosemirror-state';
import { Book, commented, ordered, places, type Comment, type Saying } from '../src/book';
import { atCaret, chosenOf, choosing, commenting, placed, showing, wordsAt } from '../src/commenting';
import { read, write } from '../src/document';
import { asSuggested, suggesting, toggle } from '../src/suggest';
import { Talking, type Took } from '../src/talking';
import { together } from '../src/together';
import { redo, undo, undoing } from '../src/undo';
import { Drawer, Hands, rest } from './house';

const sheet = (...lines: string[]) =>
  read({ type: 'doc', attrs: { lang: 'en' }, content: [{ type: 'headline' }, { type: 'standfirst' }, ...lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))] });
const begin = (...lines: string[]) => EditorState.create({ doc: sheet(...lines), plugins: [together(1), undoing(), suggesting('p1', () => 1000), commenting()] });
// The first letter of the first paragraph.
const P = 5;
const words = (state: EditorState) => Object.fromEntries([...places(state.doc)].map(([id, place]) => [id, place.words]));
const open = (state: EditorState, ...ids: string[]) => state.apply(showing(state.tr, new Set(ids)));

test('a place moves with its words, and takes in what is written within it', () => {
  let state = begin('The bridge opens.', 'It is long.');
  state = state.apply(placed(state.tr, P + 4, P + 10, 'a'));
  assert.deepEqual(words(state), { a: 'bridge' });
  state = state.apply(state.tr.insertText('new ', P + 4));
  assert.deepEqual(words(state), { a: 'bridge' }, 'before it');
  state = state.apply(state.tr.insertText('XX', P + 10));
  assert.deepEqual(words(state), { a: 'brXXidge' }, 'within it');
  state = state.apply(state.tr.insertText('s', P + 16));
  assert.deepEqual(words(state), { a: 'brXXidge' }, 'behind it');
  state = state.apply(placed(state.tr, P + 16, P + 28, 'b'));
  assert.equal(words(state)['b'], 's opens. It is'.slice(0, words(state)['b']?.length));
  read(JSON.parse(write(state.doc)));
});

test('undo takes back what was written and no comment', () => {
  let state = begin('The bridge opens.');
  const run = (command: typeof undo) => command(state, (tr) => (state = state.apply(tr)));
  state = state.apply(state.tr.insertText('new ', P + 4));
  state = state.apply(placed(state.tr, P + 8, P + 14, 'a'));
  run(undo);
  assert.deepEqual([state.doc.textContent, words(state)], ['The bridge opens.', { a: 'bridge' }]);
  run(undo);
  assert.deepEqual(words(state), { a: 'bridge' });
  run(redo);
  assert.deepEqual([state.doc.textContent, words(state)], ['The new bridge opens.', { a: 'bridge' }]);
  state = state.apply(state.tr.delete(P + 7, P + 15).setTime(Date.now() + 5000));
  assert.deepEqual(words(state), {});
  run(undo);
  assert.deepEqual(words(state), { a: 'bridge' }, 'the place comes back with its words');
});

test('who suggests can comment, and a suggestion within a comment is of it', () => {
  let state = begin('The bridge opens.');
  toggle(state, (tr) => (state = state.apply(tr)));
  const tr = asSuggested(state, placed(state.tr, P + 4, P + 10, 'a'), 1000);
  assert.ok(tr);
  state = state.apply(tr);
  const more = asSuggested(state, state.tr.insertText('XX', P + 6), 1000);
  assert.ok(more);
  state = state.apply(more);
  assert.deepEqual(words(state), { a: 'brXXidge' });
});

test('the selection, else the word at the caret; and the open comment there', () => {
  let state = begin('The bridge opens.');
  const caret = (from: number, to = from) => (state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to))));
  caret(P + 6);
  assert.deepEqual(wordsAt(state), { from: P + 4, to: P + 10 });
  caret(P + 4, P + 16);
  assert.deepEqual(wordsAt(state), { from: P + 4, to: P + 16 });
  caret(1);
  assert.equal(wordsAt(state), null);
  state = state.apply(placed(state.tr, P + 4, P + 10, 'a'));
  caret(P + 6);
  assert.deepEqual(atCaret(state), [], 'what is resolved is not shown');
  state = open(state, 'a');
  assert.deepEqual(atCaret(state), ['a']);
  state = state.apply(choosing(state.tr, { from: P + 4, to: P + 10 }));
  state = state.apply(state.tr.insertText('A ', P));
  assert.deepEqual(chosenOf(state), { from: P + 6, to: P + 12 });
});

test('overlapping comments stand in the order of the text', () => {
  let state = begin('one two three four');
  for (const [from, to, id] of [[8, 18, 'z'], [0, 7, 'b'], [4, 13, 'a']] as const) state = state.apply(placed(state.tr, P + from, P + to, id));
  assert.deepEqual(words(state), { b: 'one two', a: 'two three', z: 'three four' });
  assert.equal(commented(state.doc).length, 5);
  assert.deepEqual(ordered([{ id: 'gone' }, { id: 'z' }, { id: 'a' }, { id: 'b' }], places(state.doc)).map(({ id }) => id), ['b', 'a', 'z', 'gone']);
});

const told = (id: string, by: string, thread: string | null = null): Comment => ({ id, thread, by, name: by.toUpperCase(), at: 1, quote: '', words: id, resolved: null });
const saying = (id: string, thread: string | null = null): Saying & { is: 'comment' } => ({ is: 'comment', id, thread, quote: '', words: id, at: 2 });

test('what is heard and what waits are one list, each once', () => {
  const book = new Book({ by: 'me', name: 'ME' });
  assert.deepEqual(book.hear({ number: 2, whole: true, list: [told('a', 'you'), told('b', 'you', 'a')] }).map(({ id }) => id), ['a', 'b']);
  const mine = saying('c', 'a');
  book.say(mine);
  book.say({ is: 'resolve', id: 'a', resolved: true, at: 3 });
  const [thread] = book.threads();
  assert.deepEqual(thread?.answers.map(({ id, waits }) => [id, waits]), [['b', false], ['c', true]]);
  assert.equal(thread?.resolved?.name, 'ME');
  book.kept(mine);
  assert.deepEqual(book.hear({ number: 3, whole: false, list: [told('c', 'me', 'a')] }), [], 'one’s own is no news');
  assert.deepEqual(book.threads()[0]?.answers.map(({ id, waits }) => [id, waits]), [['b', false], ['c', false]]);
  // The server has come back from a backup of before.
  book.kept(book.next as Saying);
  book.hear({ number: 2, whole: true, list: [told('a', 'you')] });
  assert.equal(book.next?.id, 'c');
});

test('what the server refuses stays, with the reason', () => {
  const book = new Book({ by: 'me', name: 'ME' });
  const mine = saying('c');
  book.say(mine);
  book.refused(mine, 'too long');
  assert.deepEqual([book.next, book.threads()[0]?.refused, book.keepable.length], [null, 'too long', 1]);
});

test('offline what is said is kept on the device, and sent once on return', async () => {
  const [clock, device] = [new Hands(), new Drawer()];
  const server = new Map<string, Saying>();
  let [line, sent] = ['away' as Took['is'], 0];
  const post = async (one: Saying): Promise<Took> => {
    if (line !== 'kept') return line === 'refused' ? { is: 'refused', message: 'no' } : { is: line };
    sent++;
    server.set(one.id, one);
    return { is: 'kept' };
  };
  let count = 0;
  const tab = (writer: string, by = 'me') => new Talking({ place: '/d', writer, me: { by, name: by }, post: { post }, device, clock, id: () => `id${count++}` });
  const one = tab('one');
  void one.say('First', { quote: 'words' });
  void one.say('Second', { thread: 'id0' });
  await rest();
  assert.equal(one.open, true);
  assert.match(device.copies.get('/d#comments-one')?.document ?? '', /First.*Second/);
  // The tab is killed; somebody else on this device sends nothing in their own name.
  const other = tab('other', 'you');
  line = 'kept';
  await other.rescue();
  assert.equal(sent, 0);
  const two = tab('two');
  await two.rescue();
  await rest();
  assert.deepEqual([...server.values()].map((each) => each.is === 'comment' && each.words), ['First', 'Second']);
  assert.deepEqual([two.open, device.copies.size], [false, 0]);
  // The killed one was not dead: what it sends again is there already.
  one.online();
  await rest();
  assert.equal(server.size, 2);
  line = 'signed-out';
  void two.resolve('id0', true);
  await rest();
  line = 'kept';
  await clock.wind(1000);
  assert.equal(server.get('id0')?.is, 'resolve');
});
