// Suggestions in a real Chromium: typed, seen and heard as such, decided with the keyboard alone, and a text in an input method.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { audit, bring, sideways } from './house/axe.mjs';
import { launch } from './house/browser.mjs';
import { draft } from './house/draft.mjs';

const FIXTURE = readFileSync(resolve(process.env.OVN_FIXTURES ?? resolve(import.meta.dirname, '../../fixtures/editor'), 'suggested.json'), 'utf8').trim();
const DOCUMENT = JSON.stringify({
  attrs: { lang: 'en' },
  content: [{ content: [{ text: 'A pier', type: 'text' }], type: 'headline' }, { type: 'standfirst' }, { content: [{ text: 'It opens on Monday.', type: 'text' }], type: 'paragraph' }],
  type: 'doc',
});

let browser;
let desk;
before(async () => {
  browser = await launch();
  desk = await draft();
});
after(async () => {
  await browser?.close();
  desk?.stop();
});

async function open(document = DOCUMENT, { lang = 'en', ...options } = {}) {
  desk.begin(document, lang);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(desk.address);
  await page.locator('#ovn-sheet').waitFor();
  return { page, context };
}

const saved = async (page) => {
  await page.keyboard.press('Control+s');
  await page.locator('.status', { hasText: /^(Saved|محفوظ)$/ }).waitFor();
  return JSON.parse(desk.state.versions.at(-1)).content[2];
};
const body = '#ovn-sheet > p:last-child';

describe('suggestions', { timeout: 120_000 }, () => {
  test('what is typed is marked, listed and accepted by keyboard alone', async () => {
    const { page, context } = await open();
    await page.locator(body).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Control+Alt+s');
    await page.locator('button[data-word=suggest][aria-pressed=true]').waitFor();
    await page.keyboard.press('Backspace');
    for (let times = 0; times < 6; times++) await page.keyboard.press('Backspace');
    await page.keyboard.type('Tuesday');
    await page.keyboard.press('Control+Alt+2');
    assert.match(await page.locator('.status').textContent(), /only words/);
    assert.equal(await page.locator(`${body} ins`).textContent(), 'Tuesday');
    assert.equal(await page.locator(`${body} del`).textContent(), 'Monday.');
    assert.match(await page.locator(`${body} ins`).getAttribute('title'), /^Suggested by Amina, /);
    const row = page.locator('.suggestions li');
    await row.waitFor();
    assert.equal(await row.count(), 1);
    assert.match(await row.textContent(), /^Amina · .* · strikes “Monday\.”; adds “Tuesday”/);
    const marks = (await saved(page)).content.slice(1).map(({ marks, text }) => [marks[0].type, marks[0].attrs.by, text]);
    assert.deepEqual(marks.sort(), [['added', 'p1', 'Tuesday'], ['struck', 'p1', 'Monday.']]);
    await page.keyboard.press('Control+Alt+s');
    await page.keyboard.press('Tab');
    await page.locator('.suggestions button:focus').waitFor();
    assert.equal(await page.locator(':focus').textContent(), 'Accept');
    await page.keyboard.press('Enter');
    await page.locator('#ovn-sheet:focus').waitFor();
    assert.ok(await page.locator('.suggestions').isHidden());
    assert.equal((await saved(page)).content[0].text, 'It opens on Tuesday');
    await page.keyboard.press('Control+z');
    await page.locator(`${body} ins`).waitFor();
    await context.close();
  });

  test('what an input method writes is marked when it has ended', async () => {
    const { page, context } = await open();
    await page.locator(body).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Control+Alt+s');
    const session = await context.newCDPSession(page);
    for (const text of ['پ', 'پل']) await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    assert.equal(await page.locator(`${body} ins`).count(), 0, 'nothing is drawn anew while it composes');
    await session.send('Input.insertText', { text: 'پل' });
    await page.locator(`${body} ins`, { hasText: /^پل$/ }).waitFor();
    await context.close();
  });

  test('no axe violation and no sideways scrolling, in either language, width and colour', async () => {
    const found = [];
    for (const lang of ['en', 'ur']) {
      for (const [width, colorScheme] of [[1280, 'light'], [360, 'dark']]) {
        const { page, context } = await open(FIXTURE, { lang, viewport: { width, height: 900 }, colorScheme });
        await page.locator('.suggestions li').nth(5).waitFor();
        await bring(page);
        found.push(...[...(await audit(page)), await sideways(page)].filter(Boolean).map((what) => `${lang} ${width}: ${what}`));
        await context.close();
      }
    }
    assert.deepEqual(found, []);
  });
});
