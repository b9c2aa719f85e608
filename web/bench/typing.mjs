// A keystroke in a long article, ours beside a bare ProseMirror, in headless Chromium: node bench/typing.mjs [ROUNDS]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const pages = process.env.OVN_PAGES ?? join(root, '../tests/pages');
const { launch } = await import(pathToFileURL(join(pages, 'house/browser.mjs')).href);
const rounds = Number(process.argv[2] ?? 20);
const MOST_MS = 16;

const { outputFiles } = await build({ entryPoints: [join(root, 'bench/typing.ts')], bundle: true, format: 'iife', write: false, minify: true });
const style = (await build({ entryPoints: [join(root, 'src/editor.css')], write: false })).outputFiles[0].text;
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.setContent(`<!doctype html><html lang=en><style>${style}</style><body>`);
await page.addScriptTag({ content: outputFiles[0].text });
const times = await page.evaluate((count) => globalThis.measure(count), rounds);
const version = browser.version();
await browser.close();

const at = (list, part) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
const shown = (list) => `median ${at(list, 0.5).toFixed(2)} ms, 95 % ${at(list, 0.95).toFixed(2)} ms, 99 % ${at(list, 0.99).toFixed(2)} ms, most ${at(list, 1).toFixed(2)} ms`;
const cpu = readFileSync('/proc/cpuinfo', 'utf8').match(/model name\s*: (.*)/)?.[1] ?? 'a processor unknown here';
console.log(`${times.ours.length} keystrokes each, alternating, in ${times.words} words with ${times.citations} citations; Chromium ${version}, ${cpu}`);
console.log(`editor:            ${shown(times.ours)}`);
console.log(`bare ProseMirror:  ${shown(times.bare)}`);
console.log(`ratio of medians:  ${(at(times.ours, 0.5) / at(times.bare, 0.5)).toFixed(2)}`);
const good = at(times.ours, 0.95) <= MOST_MS;
console.log(good ? `95 % of the keystrokes are within ${MOST_MS} ms` : `MISSED: 95 % of the keystrokes are to be within ${MOST_MS} ms`);
process.exit(good ? 0 : 1);
