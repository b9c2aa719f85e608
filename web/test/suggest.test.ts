// Suggestions: what typing becomes while the mode is on, and what is left when one is accepted or rejected.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { splitBlock } from 'prosemirror-commands';
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { read, write } from '../src/document';
import { asSuggested, settle, settleAll, suggesting, suggestions, toggle } from '../src/suggest';
import { schema } from '../src/schema';
import { undo, undoing } from '../src/undo';

const sheet = (...lines: string[]) =>
  read({ type: 'doc', attrs: { lang: 'en' }, content: [{ type: 'headline' }, { type: 'standfirst' }, ...lines.map((text) => (text ? { type: 'paragraph', content: [{ type: 'text', text }] } : { type: 'paragraph' }))] });

class Desk {
  state: EditorState;
  now = 1000;
  constructor(doc = sheet('The bridge opens.'), by = 'p1', on = true) {
    this.state = EditorState.create({ doc, plugins: [undoing(), suggesting(by, () => this.now)] });
    if (on) toggle(this.state, (tr) => (this.state = this.state.apply(tr)));
  }
  as(by: string, on = true): Desk {
    const next = new Desk(this.state.doc, by, on);
    next.now = this.now + 10_000;
    return next;
  }
  try(tr: Transaction): boolean {
    const now = asSuggested(this.state, tr, this.now);
    if (now) this.state = this.state.apply(now);
    return now !== null;
  }
  put(words: string, from: number, to = from): this {
    assert.ok(this.try(this.state.tr.insertText(words, from, to)));
    read(JSON.parse(write(this.state.doc)));
    return this;
  }
  cut(from: number, to: number): this {
    this.state = this.state.apply(this.state.tr.setSelection(TextSelection.create(this.state.doc, to)));
    assert.ok(this.try(this.state.tr.delete(from, to)));
    return this;
  }
  offers(...expected: string[]): this {
    assert.deepEqual(suggestions(this.state.doc).map(({ by, struck, added }) => `${by}: -${struck} +${added}`), expected);
    return this;
  }
  decide(number: number, accept: boolean): this {
    this.state = this.state.apply(settle(this.state.tr, suggestions(this.state.doc)[number]!, accept));
    return this;
  }
  lines(...expected: string[]): this {
    const out: string[] = [];
    this.state.doc.forEach((node, _at, number) => void (number > 1 && out.push(node.textContent)));
    assert.deepEqual(out, expected);
    return this;
  }
}
// The paragraph's first letter.
const P = 5;

test('replacing a word is one suggestion, accepted or rejected', () => {
  const made = () => new Desk().put('reopens', P + 11, P + 16).offers('p1: -opens +reopens').lines('The bridge opensreopens.');
  made().decide(0, true).lines('The bridge reopens.').offers();
  made().decide(0, false).lines('The bridge opens.').offers();
});

test('typing goes on in one suggestion, and taking back what one has added leaves nothing', () => {
  const desk = new Desk();
  for (const [at, letter] of [...'new '].entries()) desk.put(letter, P + 4 + at);
  desk.offers('p1: - +new ').cut(P + 7, P + 8).offers('p1: - +new').cut(P + 4, P + 7).offers().lines('The bridge opens.');
});

test('Backspace strikes and goes on before what it struck', () => {
  const desk = new Desk().cut(P + 15, P + 16);
  assert.equal(desk.state.selection.head, P + 15);
  desk.cut(P + 14, P + 15).offers('p1: -ns +');
});

test('who writes within another’s suggestion makes their own', () => {
  const desk = new Desk().put('steel ', P + 4).as('p2').put('XX', P + 7);
  desk.offers('p1: - +ste', 'p2: - +XX', 'p1: - +el ');
  desk.as('p2', false).put('YY', P + 5).lines('The sYYteXXel bridge opens.').offers('p1: - +s', 'p1: - +te', 'p2: - +XX', 'p1: - +el ');
});

test('another’s addition can be struck, and each is decided by itself', () => {
  const made = () => new Desk().put('steel ', P + 4).as('p2').cut(P + 4, P + 10).offers('p1: - +steel ', 'p2: -steel  +');
  made().decide(0, true).lines('The steel bridge opens.').offers('p2: -steel  +').decide(0, true).lines('The bridge opens.');
  made().decide(1, false).decide(0, true).lines('The steel bridge opens.').offers();
  made().decide(0, false).lines('The bridge opens.').offers();
});

test('an end of a paragraph is suggested', () => {
  const made = () => {
    const desk = new Desk();
    desk.state = desk.state.apply(desk.state.tr.setSelection(TextSelection.create(desk.state.doc, P + 10)));
    splitBlock(desk.state, (tr) => assert.ok(desk.try(tr)));
    return desk.offers('p1: - +¶').lines('The bridge opens.');
  };
  made().decide(0, true).lines('The bridge', ' opens.').offers();
  made().decide(0, false).lines('The bridge opens.').offers();
});

test('an added paragraph leaves none behind when it is rejected', () => {
  new Desk(sheet('One.', '')).put('Two.', P + 6).decide(0, false).lines('One.');
});

test('over several paragraphs all words are struck, and all can be decided at once', () => {
  const made = () => new Desk(sheet('One.', 'Two.', 'Three.')).cut(P + 1, P + 14).offers('p1: -ne. +', 'p1: -Two. +', 'p1: -Th +');
  const all = (accept: boolean) => ((desk) => ((desk.state = desk.state.apply(settleAll(desk.state.tr, accept))), desk.offers()))(made());
  all(true).lines('O', 'ree.');
  all(false).lines('One.', 'Two.', 'Three.');
});

test('what is no change of words is not taken', () => {
  const desk = new Desk(sheet('One.', 'Two.'));
  const no = (tr: Transaction) => assert.equal(desk.try(tr), false);
  no(desk.state.tr.addMark(P, P + 2, schema.mark('strong')));
  no(desk.state.tr.join(P + 5));
  no(desk.state.tr.setBlockType(P, P, schema.nodes['heading']!, { level: 2 }));
  desk.offers().lines('One.', 'Two.');
});

test('without a writer nothing is suggested', () => {
  assert.equal(toggle(new Desk(sheet('One.'), '', false).state), false);
});

test('undo takes a suggestion back, and a decision', () => {
  const desk = new Desk().put('reopens', P + 11, P + 16);
  const back = () => assert.ok(undo(desk.state, (tr) => (desk.state = desk.state.apply(asSuggested(desk.state, tr, 0)!))));
  desk.state = desk.state.apply(settle(desk.state.tr.setTime(Date.now() + 5000), suggestions(desk.state.doc)[0]!, true));
  back();
  desk.offers('p1: -opens +reopens');
  back();
  desk.offers().lines('The bridge opens.');
});

test('the list is as long as the program counts', () => {
  const doc = read(JSON.parse(readFileSync(new URL('../../../fixtures/editor/suggested.json', import.meta.url), 'utf8')));
  assert.equal(suggestions(doc).length, 6);
});

interface Settled {
  document: unknown;
  suggestions: [string, number, string, string][];
  number: number;
  accepted: unknown;
  rejected: unknown;
  allAccepted: unknown;
  allRejected: unknown;
}

test('what the program decides without scripts is what the editor makes of it', () => {
  const rows = JSON.parse(readFileSync(new URL('../../../fixtures/editor/settled.json', import.meta.url), 'utf8')) as Settled[];
  for (const row of rows) {
    const state = EditorState.create({ doc: read(row.document) });
    const all = suggestions(state.doc);
    const says = (words: string) => words.replaceAll('[@]', '[@council]');
    assert.deepEqual(all.map(({ by, at, struck, added }) => [by, at, says(struck), says(added)]), row.suggestions);
    const one = all[row.number]!;
    const check = (tr: Transaction, expected: unknown) => assert.equal(write(tr.doc), JSON.stringify(expected));
    check(settle(state.tr, one, true), row.accepted);
    check(settle(state.tr, one, false), row.rejected);
    check(settleAll(state.tr, true), row.allAccepted);
    check(settleAll(state.tr, false), row.allRejected);
  }
});
