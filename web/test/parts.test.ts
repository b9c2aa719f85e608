// The small parts, in rows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import { address, typed } from '../src/address';
import { isId } from '../src/attrs';
import { bounds, height } from '../src/bounds';
import { commands, typing } from '../src/commands';
import { counting, countOf, wordsOf } from '../src/count';
import { directionOf } from '../src/direction';
import { empty, MAX_LEVELS, read, write } from '../src/document';
import { places } from '../src/find';
import { pressed, shown } from '../src/keys';
import { step } from '../src/tables';
import { tables } from '../src/words';

test('every word is there in English and Urdu', () => {
  const holes = (text: string) => text.split('{}').length;
  assert.deepEqual(Object.keys(tables.urdu), Object.keys(tables.english));
  for (const [name, text] of Object.entries(tables.english)) {
    const urdu = tables.urdu[name as keyof typeof tables.urdu];
    assert.equal(holes(urdu), holes(text), name);
    assert.match(urdu, /[\u0600-\u06ff]/, name);
  }
});

test('addresses', () => {
  for (const good of ['https://a.b/c?d#e', 'mailto:a@b.c', '/x', '#y', 'HTTP://a']) assert.equal(address(good), good);
  for (const bad of ['javascript:x', '//a', 'a b', '', 'data:x', 'https://', 'https://a/\u202e']) assert.equal(address(bad), null, bad);
  assert.equal(typed(' example.org/x '), 'https://example.org/x');
  assert.equal(typed('a@example.org'), 'mailto:a@example.org');
  assert.equal(typed('https://example.org/a b'), 'https://example.org/a%20b');
  assert.equal(typed('javascript:alert(1)'), null);
  assert.equal(typed('no address'), null);
});

test('ids of references', () => {
  for (const good of ['a', 'b-2', 'ref:x_y', 'حوالہ', 'a.b']) assert.ok(isId(good), good);
  for (const bad of ['', 'a b', '-a', 'a-', 'a--b', 'x'.repeat(65)]) assert.ok(!isId(bad), bad);
});

test('directions', () => {
  assert.equal(directionOf('123 «اردو'), 'rtl');
  assert.equal(directionOf('“English اردو'), 'ltr');
  assert.equal(directionOf('123 …'), null);
});

test('keys are named as ProseMirror names them', () => {
  const event = (init: Partial<KeyboardEvent>) => ({ key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...init }) as KeyboardEvent;
  assert.equal(pressed(event({ key: 'C', code: 'KeyC', ctrlKey: true, shiftKey: true }), false), 'Mod-Shift-c');
  assert.equal(pressed(event({ key: 'ç', code: 'KeyC', metaKey: true, altKey: true }), true), 'Mod-Alt-c');
  assert.equal(pressed(event({ key: 'c', code: 'KeyC' }), false), null);
  assert.equal(pressed(event({ key: 'Control', ctrlKey: true }), false), null);
  assert.equal(shown('Mod-Shift-c', true), '⌘⇧C');
  assert.equal(shown('Mod-Shift-c', false), 'Ctrl+Shift+C');
});

const sheet = (...blocks: unknown[]) => read({ type: 'doc', attrs: { lang: 'en' }, content: [{ type: 'headline' }, { type: 'standfirst' }, ...blocks] });
const paragraph = (text: string) => (text ? { type: 'paragraph', content: [{ type: 'text', text }] } : { type: 'paragraph' });

test('words, what is to come and what is too long are counted', () => {
  assert.equal(wordsOf(sheet(paragraph("It's 19 % — اردو کے الفاظ"))), 5);
  const doc = sheet(paragraph('TK: the name, TKTK. TKx is a word.'), paragraph('w '.repeat(121).trim()));
  const state = EditorState.create({ doc, plugins: [counting({ headline: 10, standfirst: 10, paragraph: 120 }, () => false)] });
  assert.deepEqual({ ...countOf(state), words: 0, minutes: 0 }, { words: 0, minutes: 0, tk: 2, over: 1 });
  assert.equal(countOf(state.apply(state.tr.insertText('😀'.repeat(11), 1))).over, 2);
});

test('places are found, case aside, and never across a citation', () => {
  const cite = { type: 'cite', attrs: { items: [{ id: 'a', locator: '', prefix: '' }] } };
  const doc = sheet({ type: 'paragraph', content: [{ type: 'text', text: 'Ab ab' }, cite, { type: 'text', text: 'b اب' }] });
  assert.equal(places(doc, 'AB').length, 2);
  assert.equal(places(doc, 'bb').length, 0);
  assert.equal(places(doc, 'اب').length, 1);
  assert.equal(places(doc, '').length, 0);
});

// A state with the caret in the first block of the text whose words are `text`.
function at(state: EditorState, text: string): EditorState {
  let pos = -1;
  state.doc.descendants((node, found) => {
    if (pos < 0 && node.isTextblock && node.textContent === text && found > 3) pos = found + 1;
  });
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, pos)));
}

function run(state: EditorState, command: Command | undefined): EditorState {
  let next = state;
  command?.(state, (tr) => (next = state.apply(tr)));
  return next;
}

test('lists are made, turned and left; tables grow; nothing nests beyond what an article may have', () => {
  let state = at(EditorState.create({ doc: sheet(paragraph('a')), plugins: [bounds()] }), 'a');
  state = run(state, commands.bullets);
  assert.match(write(state.doc), /"type":"bullets"/);
  state = run(state, commands.numbers);
  assert.match(write(state.doc), /"start":1,"tight":true\}.*"type":"numbers"/);
  assert.equal(write(run(state, commands.numbers).doc), write(sheet(paragraph('a'))));
  for (let round = 0; round < 40; round++) state = run(state, commands.quote);
  assert.equal(height(state.doc), MAX_LEVELS);
  read(JSON.parse(write(state.doc)));

  state = run(at(EditorState.create({ doc: sheet(paragraph('')) }), ''), commands.table);
  const cells = () => state.doc.child(2).children.map((row) => row.childCount);
  assert.deepEqual(cells(), [2, 2, 2]);
  state = run(run(state, commands.columnAfter), commands.rowAfter);
  assert.deepEqual(cells(), [3, 3, 3, 3]);
  for (let round = 0; round < 30; round++) state = run(state, step(1));
  assert.equal(state.doc.child(2).childCount > 4, true);
  state = run(run(state, commands.columnGone), commands.rowGone);
  assert.ok(cells().every((count) => count === 2));
  read(JSON.parse(write(state.doc)));
});

test('Enter goes from the headline into the text, Backspace never swallows the part above', () => {
  let state = EditorState.create({ doc: empty('en') });
  state = state.apply(state.tr.insertText('Head', 1));
  state = run(run(state, typing['Enter']), typing['Enter']);
  assert.equal(state.selection.$from.parent.type.name, 'paragraph');
  state = run(state.apply(state.tr.insertText('text')), undefined);
  state = at(state, 'text');
  state = run(state, typing['Backspace']);
  assert.equal(state.selection.$from.parent.type.name, 'standfirst');
  assert.equal(state.doc.textContent, 'Headtext');
});
