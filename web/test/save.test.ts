// Saving: what was typed is on the server, on the device or aside, whatever fails; over thousands of seeded rounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDLE_MS, Saver, type State } from '../src/save';
import { chance, Desk, Drawer, Hands, rest } from './house';

const PLACE = '/drafts/1/document';

function writer(desk: Desk, clock = new Hands(), drawer = new Drawer()) {
  const states: State[] = [];
  let asked = false;
  const saver = new Saver({
    place: PLACE,
    ...desk.now,
    server: desk,
    device: drawer,
    clock,
    tell: (state) => states.push(state),
    conflict: () => (asked = true),
  });
  return { saver, clock, drawer, states, asked: () => asked };
}

test('a text is on the device at once and on the server within three seconds of rest', async () => {
  const desk = new Desk('a');
  const { saver, clock, drawer, states } = writer(desk);
  saver.changed('ab');
  await rest();
  assert.equal(drawer.copies.get(PLACE)?.document, 'ab');
  assert.deepEqual(desk.versions, ['a']);
  assert.ok(IDLE_MS < 3000);
  await clock.wind(3000);
  assert.deepEqual(desk.versions, ['a', 'ab']);
  assert.equal(drawer.copies.size, 0);
  assert.deepEqual(states, ['device', 'saving', 'saved']);
});

test('who never rests is saved all the same', async () => {
  const desk = new Desk('');
  const { saver, clock } = writer(desk);
  for (let letter = 1; letter <= 60; letter++) {
    saver.changed('x'.repeat(letter));
    await clock.wind(500);
  }
  assert.ok(desk.versions.length > 1);
});

test('an answer that was lost on the way is no conflict', async () => {
  const desk = new Desk('a');
  const { saver, clock, asked } = writer(desk);
  desk.fails = () => 'after';
  saver.changed('ab');
  await clock.wind(2000);
  desk.fails = () => null;
  await clock.wind(10_000);
  assert.deepEqual(desk.versions, ['a', 'ab']);
  assert.equal(asked(), false);
  saver.changed('abc');
  await clock.wind(3000);
  assert.deepEqual(desk.versions, ['a', 'ab', 'abc']);
});

test('who types on after a lost answer, or comes back to a tab, meets no conflict with themselves', async () => {
  const desk = new Desk('a');
  const { saver, clock, asked } = writer(desk);
  desk.fails = () => 'after';
  saver.changed('ab');
  await clock.wind(2000);
  saver.changed('abc');
  desk.fails = () => null;
  await clock.wind(10_000);
  saver.changed('abcd');
  saver.closing();
  saver.changed('abcde');
  await clock.wind(10_000);
  assert.deepEqual(desk.versions, ['a', 'ab', 'abc', 'abcd', 'abcde']);
  assert.equal(asked(), false);
});

test('a conflict keeps both texts, whichever the person goes on with', async () => {
  for (const mine of [true, false]) {
    const desk = new Desk('a');
    const { saver, clock, drawer, asked, states } = writer(desk);
    saver.changed('mine');
    desk.versions.push('theirs');
    await clock.wind(3000);
    assert.ok(asked());
    assert.equal(states.at(-1), 'conflict');
    assert.equal(drawer.copies.get(PLACE)?.document, 'mine');
    saver.changed('mine!');
    await clock.wind(60_000);
    assert.deepEqual(desk.versions, ['a', 'theirs'], 'nothing is sent before the person has chosen');
    if (mine) await saver.keepMine();
    else assert.equal((await saver.takeTheirs())?.document, 'theirs');
    await rest();
    assert.deepEqual(desk.versions, mine ? ['a', 'theirs', 'mine!'] : ['a', 'theirs']);
    const aside = [...drawer.copies.values()].map(({ document }) => document);
    assert.deepEqual(aside, mine ? [] : ['mine!']);
  }
});

test('a server that says no is told to the writer and asked again', async () => {
  const desk = new Desk('a');
  const { saver, clock, states, drawer } = writer(desk);
  desk.fails = () => 'refused';
  saver.changed('b');
  await clock.wind(4000);
  assert.equal(states.at(-1), 'refused');
  assert.equal(drawer.copies.get(PLACE)?.document, 'b');
  desk.fails = () => 'out';
  await clock.wind(10_000);
  assert.equal(states.at(-1), 'signed-out');
  desk.fails = () => null;
  await clock.wind(60_000);
  assert.equal(states.at(-1), 'saved');
});

// Each writer's text is a list of words of their own; none may vanish from server, device and aside together.
test('no word is lost over 2,000 rounds of cut lines, closed tabs and other writers', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const dice = chance(seed);
    const clock = new Hands();
    const desk = new Desk('');
    desk.fails = () => (dice() < 0.4 ? (['before', 'after', 'out'] as const)[Math.floor(dice() * 3)] ?? null : null);
    const tabs = [0, 1, 2].map(() => writer(desk, clock));
    const texts = tabs.map(() => '');
    const typed: string[] = [];
    for (let round = 0; round < 10; round++) {
      const who = Math.floor(dice() * tabs.length);
      const tab = tabs[who];
      if (!tab) continue;
      const word = `w${seed}-${round}`;
      texts[who] += ` ${word}`;
      typed.push(word);
      tab.saver.changed(texts[who] ?? '');
      if (dice() < 0.3) await clock.wind(dice() * 9000);
      if (tab.asked() && dice() < 0.5) await (dice() < 0.5 ? tab.saver.keepMine() : tab.saver.takeTheirs().then((taken) => taken && (texts[who] = taken.document)));
      if (dice() < 0.1) tab.saver.closing();
      await rest();
    }
    desk.fails = () => null;
    await clock.wind(100_000);
    const kept = [...desk.versions, ...tabs.flatMap(({ drawer }) => [...drawer.copies.values()].map(({ document }) => document))].join(' ');
    for (const word of typed) assert.ok(kept.split(' ').includes(word), `seed ${seed} lost ${word}`);
    for (const text of desk.versions) assert.equal(new Set(text.split(' ')).size, text.split(' ').length, `seed ${seed} has a word twice`);
  }
});
