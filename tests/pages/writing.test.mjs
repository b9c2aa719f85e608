// The editor on the newsroom's own page in a real Chromium: two people, from the setup link to a published article, with scripts.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { look } from './house/axe.mjs';
import { launch } from './house/browser.mjs';
import { start } from './house/newsroom.mjs';
import { two } from './house/people.mjs';
import { isSaved, seats } from './house/somebody.mjs';

const ABOUT = (lang, name) => `lang: ${lang}
byline:
  - ${name}
references:
  - id: harbour
    type: speech
    title: Statement on the ferry
    author: [{literal: "Harbour office"}]
    issued: 2026-11-20
    custom: {kind: statement, speaks-for: Harbour office}
`;
const ARTICLES = [
  { lang: 'en', headline: 'The ferry runs again', text: 'The ferry across the bay runs again from Monday, the harbour office said', slug: 'the-ferry', end: '.' },
  { lang: 'ur', headline: 'کشتی پھر چلے گی', text: 'بندرگاہ کے دفتر نے کہا کہ کشتی پیر سے پھر چلے گی', slug: 'kashti', end: '۔' },
];
const house = await start();
const chromium = await launch();
after(async () => {
  await chromium.close();
  house.stop();
});

const somebody = seats(chromium);

describe('writing with the editor', { timeout: 240_000 }, () => {
  let amina, bilal;

  test('both come in', async () => {
    [amina, bilal] = await two(house, somebody);
  });

  for (const { lang, headline, text, slug, end } of ARTICLES) {
    test(`an article is written by keyboard, reviewed, published and read: ${lang}`, async () => {
      const [writer, other, name] = lang === 'en' ? [amina, bilal, 'Amina Khan'] : [bilal, amina, 'بلال احمد'];
      const { page } = writer;
      await page.goto(house.newsroom);
      await page.click(`button[name=lang][value=${lang}]`);
      await page.locator('#ovn-sheet').waitFor();
      const draft = page.url();
      assert.equal(await page.locator('#text').isVisible(), false);
      // Sources first, so that they can be cited.
      await page.fill('#about', `${ABOUT(lang, name)}slug: ${slug}\n`);
      await page.click('form[action$="/about"] button');
      await page.waitForURL('**?did=saved');
      await page.locator('#ovn-sheet').waitFor();
      // From here on by keyboard alone: on to the sheet, all of the text, and its form.
      for (let step = 0; step < 40 && !(await page.locator('#ovn-sheet:focus').count()); step++) await page.keyboard.press('Tab');
      await page.keyboard.press('Control+Home');
      await page.keyboard.type(headline);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.keyboard.type(`${text} `);
      await page.keyboard.press('Control+Shift+c');
      await page.locator('dialog input[role=combobox]').waitFor();
      await page.keyboard.type('harb');
      await page.locator('dialog [role=option]').first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('dialog').waitFor({ state: 'detached' });
      await page.keyboard.type(end);
      await isSaved(page);
      assert.equal(new URL(page.url()).pathname, new URL(draft).pathname);
      // What is saved is there for whoever comes later, by script and without.
      const again = await writer.context.newPage();
      await again.goto(draft);
      await again.locator('#ovn-sheet', { hasText: text }).waitFor();
      assert.equal(await again.locator('#ovn-sheet .cite').count(), 1);
      const plain = await (await writer.context.request.get(draft)).text();
      assert.ok(plain.includes('[@harbour]') && plain.includes(`slug: ${slug}`));
      await again.close();
      const button = page.locator('form[action$="/submit"] button');
      for (let step = 0; step < 60 && !(await button.evaluate((one) => one === document.activeElement)); step++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL('**?did=submit');

      await other.page.goto(draft);
      await other.page.locator('#ovn-sheet', { hasText: text }).waitFor();
      await other.page.click('form[action$="/approve"] button');
      await other.page.waitForURL('**?did=approve');
      await other.page.click('a[href$="/publish"]');
      await other.page.click('form[action$="/publish"] button.go');
      await other.page.waitForURL('**/drafts/*?did=sealed');
      const path = new URL(await other.page.getAttribute('.note a', 'href')).pathname;
      assert.match(path, new RegExp(`/${slug}$`));
      const reader = await somebody({ javaScriptEnabled: false });
      await reader.page.goto(house.readers + path);
      assert.equal(await reader.page.locator('h1').innerText(), headline);
      assert.ok((await reader.page.innerText('main')).includes(text));
      await reader.context.close();
      assert.deepEqual([writer.errors, other.errors], [[], []]);
    });
  }

  test('the plain form and the editor see each other, and neither overwrites', async () => {
    const { page } = amina;
    await page.goto(house.newsroom);
    await page.click('button[name=lang][value=en]');
    await page.locator('#ovn-sheet h1').click();
    await page.keyboard.type('A pier');
    await isSaved(page);
    const plain = await somebody({ javaScriptEnabled: false });
    await plain.context.addCookies(await bilal.context.cookies());
    await plain.page.goto(page.url());
    const text = await plain.page.inputValue('#text');
    assert.match(text, /headline: A pier/);
    await plain.page.fill('#text', `${text}\nFrom the plain form.\n`);
    await plain.page.click('#text-form button.go');
    await page.keyboard.type(' opens');
    await page.locator('#ovn-sheet', { hasText: 'From the plain form.' }).waitFor();
    await isSaved(page);
    await plain.page.reload();
    const both = await plain.page.inputValue('#text');
    assert.ok(both.includes('headline: A pier opens') && both.includes('From the plain form.'), both);
    await plain.context.close();
  });

  test('the draft’s page for everybody: 360 and 1280 px, light and dark, both languages', async () => {
    const faults = [];
    for (const [who, lang] of [[amina, 'en'], [bilal, 'ur']]) {
      const context = await chromium.newContext({ bypassCSP: true });
      await context.addCookies(await who.context.cookies());
      const page = await context.newPage();
      await page.goto(house.newsroom);
      await page.click(`button[name=lang][value=${lang}]`);
      await page.locator('#ovn-sheet').waitFor();
      faults.push(...(await look(page, `writing-${lang}`)));
      await context.close();
    }
    assert.deepEqual(faults, []);
  });
});
