// A draft's versions in a real Chromium: named, compared, and an older one brought back while another tab writes; suggestions
// decided without scripts; a text that lies aside on the device brought in; in English and Urdu, looked at for everybody.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { look } from './house/axe.mjs';
import { launch } from './house/browser.mjs';
import { start } from './house/newsroom.mjs';
import { two } from './house/people.mjs';
import { isSaved, seats } from './house/somebody.mjs';

const house = await start();
const chromium = await launch();
after(async () => {
  await chromium.close();
  house.stop();
});

const somebody = seats(chromium);
const plain = seats(chromium);
const has = (page, words) => page.locator('#ovn-sheet', { hasText: words }).waitFor();

const DRAFTS = [
  { lang: 'en', title: 'A pier opens', first: 'The pier opens on Monday.', second: 'It is long.', late: 'Written meanwhile.', name: 'Before the lawyer', none: 'No suggestion is open.' },
  { lang: 'ur', title: 'گھاٹ کھل گیا', first: 'گھاٹ پیر کو کھلے گا۔', second: 'وہ لمبا ہے۔', late: 'اس دوران لکھا گیا۔', name: 'وکیل سے پہلے', none: 'کوئی تجویز کھلی نہیں۔' },
];

// Whoever it is, at a browser without scripts.
async function withoutScripts(who) {
  const one = await plain({ javaScriptEnabled: false });
  await one.context.addCookies(await who.context.cookies());
  return one;
}

// The page as everybody meets it.
async function looked(who, path, name) {
  const context = await chromium.newContext({ bypassCSP: true });
  await context.addCookies(await who.context.cookies());
  const page = await context.newPage();
  await page.goto(path);
  const faults = await look(page, name);
  await context.close();
  return faults;
}

describe('versions and suggestions', { timeout: 300_000 }, () => {
  let amina, bilal;

  test('both come in', async () => {
    [amina, bilal] = await two(house, somebody);
  });

  for (const { lang, title, first, second, late, name, none } of DRAFTS) {
    test(`a version is named, compared and brought back while another tab writes: ${lang}`, async () => {
      const [writer, other] = lang === 'en' ? [amina, bilal] : [bilal, amina];
      await writer.page.goto(house.newsroom);
      await writer.page.click(`button[name=lang][value=${lang}]`);
      await writer.page.locator('#ovn-sheet h1').click();
      await writer.page.keyboard.type(title);
      await writer.page.locator('#ovn-sheet > p').last().click();
      await writer.page.keyboard.type(first);
      await isSaved(writer.page);
      const draft = writer.page.url();
      // Named without scripts; from then on the version stays.
      const quiet = await withoutScripts(writer);
      await quiet.page.goto(draft);
      await quiet.page.click('a[href$="/versions"]');
      await quiet.page.locator('ul.drafts a[href*="/versions/"]').first().click();
      const version = quiet.page.url();
      assert.match(await quiet.page.inputValue('main textarea'), new RegExp(first.slice(0, 8)));
      await quiet.page.fill('#name', name);
      await quiet.page.click('form[action$="/name"] button');
      await quiet.page.waitForURL('**?did=named');
      await writer.page.keyboard.press('Enter');
      await writer.page.keyboard.type(second);
      await isSaved(writer.page);
      // Compared with the newest, by words.
      await quiet.page.goto(`${draft}/versions?only=named`);
      const row = quiet.page.locator('ul.drafts li');
      assert.equal(await row.count(), 1);
      assert.match(await row.textContent(), new RegExp(name));
      await row.locator('a[href*="/compare"]').click();
      assert.match(await quiet.page.locator('.diff ins').first().textContent(), new RegExp(second.slice(0, 6)));
      const compared = quiet.page.url();
      // Somebody else writes between looking and bringing back.
      await other.page.goto(draft);
      await has(other.page, second);
      await quiet.page.goto(version);
      await other.page.locator('#ovn-sheet > p').last().click();
      await other.page.keyboard.press('End');
      await other.page.keyboard.type(` ${late}`);
      await isSaved(other.page);
      await has(writer.page, late);
      await quiet.page.click('form[action$="/back"] button');
      assert.equal(await quiet.page.locator('[role=alert]').count(), 1, 'it is told, and nothing is done');
      await has(writer.page, late);
      await quiet.page.click('form[action$="/back"] button');
      await quiet.page.waitForURL('**?did=back');
      for (const { page } of [writer, other]) {
        await page.locator('#ovn-sheet', { hasText: late }).waitFor({ state: 'detached' });
        await has(page, first);
      }
      // What the other writes now stands on it, and what went is among the versions.
      await other.page.locator('#ovn-sheet > p').last().click();
      await other.page.keyboard.press('End');
      await other.page.keyboard.type(` ${late}`);
      await isSaved(other.page);
      await has(writer.page, late);
      await quiet.page.goto(`${draft}/versions`);
      const faults = [];
      for (const [path, what] of [[`${draft}/versions`, 'list'], [version, 'version'], [compared, 'compare']]) faults.push(...(await looked(writer, path, `versions-${what}-${lang}`)));
      assert.deepEqual(faults, []);
      assert.deepEqual([...writer.errors, ...other.errors], []);
      await quiet.context.close();
    });

    test(`suggestions are decided without scripts: ${lang}`, async () => {
      const [writer, other] = lang === 'en' ? [amina, bilal] : [bilal, amina];
      const draft = writer.page.url();
      await other.page.keyboard.press('Control+Alt+s');
      await other.page.locator('button[data-word=suggest][aria-pressed=true]').waitFor();
      await other.page.keyboard.type(` ${second}`);
      await isSaved(other.page);
      await writer.page.locator('#ovn-sheet ins', { hasText: second }).waitFor();
      const quiet = await withoutScripts(writer);
      await quiet.page.goto(draft);
      await quiet.page.locator('a[href$="/suggestions"]').first().click();
      assert.match(await quiet.page.locator('.suggested ins').textContent(), new RegExp(second.slice(0, 6)));
      assert.deepEqual(await looked(writer, quiet.page.url(), `suggestions-${lang}`), []);
      await quiet.page.locator('.suggested button[value=accept]').click();
      await quiet.page.waitForURL('**?did=accepted');
      await quiet.page.getByText(none).waitFor();
      for (const { page } of [writer, other]) {
        await page.locator('#ovn-sheet ins').waitFor({ state: 'detached' });
        await has(page, second);
      }
      await other.page.keyboard.press('Control+Alt+s');
      assert.deepEqual([...writer.errors, ...other.errors], []);
      await quiet.context.close();
    });

    test(`a text that lies aside on the device is seen and brought in: ${lang}`, async () => {
      const writer = lang === 'en' ? amina : bilal;
      const draft = writer.page.url();
      const place = new URL(draft).pathname;
      const kept = JSON.stringify({ attrs: { lang }, content: [{ type: 'headline' }, { type: 'standfirst' }, { content: [{ text: `${name} …`, type: 'text' }], type: 'paragraph' }], type: 'doc' });
      const put = (key) =>
        writer.page.evaluate(
          ([key, document]) =>
            new Promise((done) => {
              indexedDB.open('ovn-drafts').onsuccess = ({ target }) => {
                const write = target.result.transaction('copies', 'readwrite');
                write.objectStore('copies').put({ version: 1, document, at: Date.now() }, key);
                write.oncomplete = () => (target.result.close(), done());
              };
            }),
          [key, kept],
        );
      await put(`${place}/document#aside-${Date.now()}`);
      await put(`/drafts/${'0'.repeat(32)}/document#aside-${Date.now()}`);
      await writer.page.goto(draft);
      await writer.page.locator('.lying a').click();
      await writer.page.waitForURL('**/texts');
      const row = writer.page.locator('[data-lying] li');
      await row.waitFor();
      assert.equal(await row.count(), 1, 'a draft that is not there, or not theirs, is not shown');
      assert.equal(await row.locator('textarea').inputValue(), `${name} …`);
      await row.locator('a.button').click();
      await has(writer.page, `${name} …`);
      await writer.page.locator('.question button').first().click();
      await isSaved(writer.page);
      await writer.page.goto(`${house.newsroom}/texts`);
      await writer.page.locator('[data-lying] > p').first().waitFor();
      assert.equal(await writer.page.locator('[data-lying] li').count(), 0, 'it is in the draft and not aside any more');
      assert.deepEqual(await looked(writer, `${house.newsroom}/texts`, `texts-${lang}`), []);
      // The browser complains of each 404 by which it is told that a draft is not theirs.
      assert.ok(writer.errors.every((error) => /status of 404/.test(error)), writer.errors.join('\n'));
      writer.errors.length = 0;
      await writer.page.goto(draft);
    });
  }
});
