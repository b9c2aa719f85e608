// Saving in one tab: what was typed is on the device at once and with the server soon, whatever fails, and lies aside where
// the server has another text; and what lies aside comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState } from 'prosemirror-state';
import { asides } from '../src/asides';
import { lacking, wordsOf } from '../src/bring-in';
import { read, write } from '../src/document';
import { keyOf, Room, type Heard, type List } from '../src/room';
import type { State } from '../src/saving';
import { together } from '../src/together';
import { Drawer, Hands, rest } from './house';

const PLACE = '/drafts/1/document';
const KEY = keyOf(PLACE, 'me');

const sheet = (...lines: string[]) =>
  read({ type: 'doc', attrs: { lang: 'en' }, content: [{ type: 'headline' }, { type: 'standfirst' }, ...lines.map((text) => (text ? { type: 'paragraph', content: [{ type: 'text', text }] } : { type: 'paragraph' }))] });

function writer(fails: { now: 'before' | 'after' | 'out' | 'refused' | null }) {
  const [clock, drawer, states, sent] = [new Hands(), new Drawer(), [] as State[], [] as List[]];
  let state = EditorState.create({ doc: sheet('a'), plugins: [together(1)] });
  let version = 1;
  const taken: string[] = [];
  const nothing = () => undefined;
  const send = async (list: List): Promise<Heard> => {
    sent.push(list);
    if (fails.now === 'before') throw new TypeError('no line');
    if (fails.now === 'out') return { is: 'signed-out' };
    if (fails.now === 'refused') return { is: 'refused', message: 'too long' };
    if (list.version !== version) {
      // This very list was taken, and its answer lost.
      const own = list.steps.slice(0, version - list.version).map((step) => ({ step, writer: 'me' }));
      return { is: 'news', news: { version, hash: '', steps: own } };
    }
    version += list.steps.length;
    taken.push(list.document);
    if (fails.now === 'after') throw new TypeError('the answer was lost');
    return { is: 'kept', version };
  };
  const room: Room = new Room({
    place: PLACE,
    writer: 'me',
    host: { state: () => state, dispatch: (tr) => void (state = state.apply(tr)), rebuild: (doc, at) => void (state = EditorState.create({ doc, plugins: [together(at)] })), composing: () => false },
    desk: { send, news: () => new Promise(nothing), hush: nothing, whole: async () => null },
    device: drawer,
    clock,
    hash: async () => '',
    tell: (now) => states.push(now),
    aside: nothing,
    references: nothing,
    others: nothing,
  });
  const type = (words: string) => {
    state = state.apply(state.tr.insertText(words, state.doc.content.size - 1));
    room.changed();
  };
  return { room, clock, drawer, states, sent, taken, type, text: () => state.doc.textContent };
}

test('a text is on the device at once and on the server within three seconds of rest', async () => {
  const { clock, drawer, states, taken, type } = writer({ now: null });
  type('b');
  await rest();
  assert.ok(drawer.copies.get(KEY)?.document.includes('"ab"'));
  assert.deepEqual(taken, []);
  await clock.wind(3000);
  assert.equal(taken.length, 1);
  assert.equal(drawer.copies.size, 0);
  assert.deepEqual(states, ['device', 'saving', 'saved']);
});

test('who never rests is saved all the same', async () => {
  const { clock, taken, type } = writer({ now: null });
  for (let letter = 1; letter <= 60; letter++) {
    type('x');
    await clock.wind(500);
  }
  assert.ok(taken.length > 0);
});

test('a lost answer takes no word twice, whatever is typed after it', async () => {
  const fails: Parameters<typeof writer>[0] = { now: 'after' };
  const { room, clock, taken, type, text } = writer(fails);
  type('b');
  await clock.wind(2000);
  type('c');
  fails.now = null;
  await clock.wind(10_000);
  type('d');
  room.closing();
  type('e');
  await clock.wind(10_000);
  assert.equal(text(), 'abcde');
  assert.ok(taken.at(-1)?.includes('"abcde"'));
  assert.equal(new Set(taken).size, taken.length, 'each text was taken once');
});

test('a server that says no is told to the writer and asked again', async () => {
  const fails: Parameters<typeof writer>[0] = { now: 'refused' };
  const { clock, drawer, states, type } = writer(fails);
  type('b');
  await clock.wind(4000);
  assert.equal(states.at(-1), 'refused');
  assert.ok(drawer.copies.get(KEY)?.document.includes('"ab"'));
  fails.now = 'out';
  await clock.wind(10_000);
  assert.equal(states.at(-1), 'signed-out');
  fails.now = null;
  await clock.wind(60_000);
  assert.equal(states.at(-1), 'saved');
  assert.equal(drawer.copies.size, 0);
});

test('what lies aside is listed by its draft, the newest first', async () => {
  const drawer = new Drawer();
  const copy = (at: number) => ({ version: 1, document: write(sheet(`text ${at}`)), at });
  await drawer.put(KEY, copy(1));
  await drawer.aside(PLACE, copy(2));
  await drawer.aside('/drafts/2/document', copy(3));
  const all = await asides(drawer, '/drafts/');
  assert.deepEqual(all.map(({ place, copy: { at } }) => [place, at]), [['/drafts/2/document', 3], [PLACE, 2]]);
  assert.equal((await asides(drawer, `${PLACE}#`)).length, 1);
});

test('what a text has and the draft lacks is found, without its suggestions', () => {
  const by = { at: 5, by: 'p2' };
  const kept = read({
    type: 'doc',
    attrs: { lang: 'en' },
    content: [
      { type: 'headline', content: [{ type: 'text', text: 'A pier' }] },
      { type: 'standfirst' },
      { type: 'paragraph', content: [{ type: 'text', text: 'One.' }] },
      { type: 'paragraph', content: [{ type: 'text', text: 'Two' }, { type: 'text', text: ' more', marks: [{ type: 'added', attrs: by }] }, { type: 'split', marks: [{ type: 'added', attrs: by }] }] },
      { type: 'paragraph' },
      { type: 'rule' },
    ],
  });
  const doc = sheet('One.', 'Three.');
  const more = lacking(doc, kept);
  assert.deepEqual(more.map(({ type, textContent }) => [type.name, textContent]), [['paragraph', 'A pier'], ['paragraph', 'Two more'], ['rule', '']]);
  const state = EditorState.create({ doc });
  const after = state.apply(state.tr.insert(doc.content.size, more)).doc;
  assert.deepEqual(lacking(after, kept), [], 'brought in once, nothing is lacking');
  assert.ok(!write(after).includes('p2'));
  assert.equal(wordsOf(kept), 'A pier\n\nOne.\n\nTwo more');
});

test('nothing is called saved before the text has what another tab left', async () => {
  const check = async (version: number, expected: State[]) => {
    const { room, states } = writer({ now: null });
    room.behind(Promise.resolve(version));
    assert.equal(states.at(-1), 'device');
    await rest();
    assert.deepEqual(states, expected);
  };
  await check(1, ['device', 'saved']);
  await check(0, ['device', 'saved']);
  await check(3, ['device']);
});
