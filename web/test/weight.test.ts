// The editor is the only script of the product, and a light one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const MOST = 150_000;

test('the editor’s script is at most 150 KB compressed', (context) => {
  const script = readFileSync(new URL('../editor.js', import.meta.url));
  const gzip = gzipSync(script, { level: 9 }).length;
  context.diagnostic(`${script.length} bytes, ${gzip} with gzip, ${brotliCompressSync(script).length} with brotli`);
  assert.ok(gzip <= MOST, `${gzip} bytes with gzip`);
  assert.ok(gzip > 20_000, 'a bundle that small holds no editor');
  // The newsroom's policy forbids both.
  assert.doesNotMatch(script.toString('utf8'), /\beval\(|new Function\(/);
});
