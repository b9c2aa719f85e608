// The fixtures that the program reads too: the same bytes, and the same documents refused at the same places.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { EditorState } from 'prosemirror-state';
import { read, Refused, write } from '../src/document';
import { schema } from '../src/schema';

const FIXTURES = new URL('../../../fixtures/editor/', import.meta.url);
const load = (name: string) => readFileSync(new URL(name, FIXTURES), 'utf8');

for (const name of ['english', 'urdu', 'everything', 'suggested']) {
  test(`${name}: ProseMirror writes the bytes that it was given`, () => {
    const bytes = load(`${name}.json`);
    assert.equal(`${write(read(JSON.parse(bytes)))}\n`, bytes);
  });
}

test('bad documents are refused where the program refuses them', () => {
  const rows = JSON.parse(load('refused.json')) as { why: string; path: string; document: unknown }[];
  assert.ok(rows.length > 40);
  for (const { why, path, document } of rows) {
    assert.throws(() => read(document), (error) => error instanceof Refused && (assert.equal(error.path, path, `${why}: ${error.message}`), true), why);
  }
});

test('a mark over a citation is not written on it', () => {
  const doc = read(JSON.parse(load('english.json')));
  const { tr } = EditorState.create({ doc });
  const marked = tr.addMark(0, doc.content.size, schema.mark('strong')).doc;
  const bytes = write(marked);
  assert.ok(bytes.includes('"type":"strong"'));
  assert.equal(write(read(JSON.parse(bytes))), bytes);
});

test('comments on one text are written in the order of their ids, whoever came first', () => {
  const doc = read(JSON.parse(load('english.json')));
  const { tr } = EditorState.create({ doc });
  for (const id of ['b', 'a']) tr.addMark(0, doc.content.size, schema.mark('comment', { id }));
  tr.addMark(1, 3, schema.mark('comment', { id: '0' }));
  const bytes = write(tr.doc);
  assert.equal(write(read(JSON.parse(bytes))), bytes);
});

test('half a character is not written', () => {
  const doc = read(JSON.parse(load('english.json')));
  const { tr } = EditorState.create({ doc });
  const bytes = write(tr.insertText('😀'.slice(0, 1), 1).doc);
  assert.ok(bytes.includes('\ufffd'));
  read(JSON.parse(bytes));
});
