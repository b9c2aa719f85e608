// Planning in a real browser, without scripts and by keyboard: a pitch, its draft, a translation, a correction and the task that
// follows; then every screen of it for everybody, in two languages.
import { after, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { look } from './house/axe.mjs';
import { launch } from './house/browser.mjs';
import { start } from './house/newsroom.mjs';
import { two } from './house/people.mjs';
import { plain } from './house/somebody.mjs';

const TEXT = `---
headline: What the tram costs
lang: en
slug: what-the-tram-costs
byline: [Amina Khan]
references:
  - id: council
    type: speech
    title: Statement on the tram
    author: [{literal: "Town council"}]
    issued: 2026-11-20
    custom: {kind: statement, speaks-for: Town council}
---

The tram costs 40 coins a ride, the town council said [@council].
`;

const house = await start();
const chromium = await launch();
after(async () => {
  await chromium.close();
  house.stop();
});

const somebody = plain(chromium);

// Goes on with Tab until the element has the focus.
async function reach(page, selector) {
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press('Tab');
    if (await page.locator(`${selector}:focus`).count()) return;
  }
  assert.fail(`${selector} is not reached by keyboard`);
}

const path = (page) => new URL(page.url()).pathname;

describe('planning', () => {
  let amina, bilal, pitch, draft, translation, published, ours, task;

  // One writes and hands on, the other approves and publishes.
  async function through(writer, other, own, text, change) {
    await writer.page.goto(house.newsroom + own);
    await writer.page.fill('#text', text(await writer.page.inputValue('#text')));
    await writer.page.click('#text-form button.go');
    await writer.page.click('form[action$="/submit"] button');
    await other.page.goto(house.newsroom + own);
    await other.page.click('form[action$="/approve"] button');
    await other.page.click('a[href$="/publish"]');
    if (change) {
      await other.page.selectOption('#class', 'correction');
      await other.page.fill('#note', change);
    }
    await other.page.click('form[action$="/publish"] button.go');
    await other.page.waitForURL('**/drafts/*?did=sealed');
    return new URL(await other.page.getAttribute('.note a', 'href')).pathname;
  }

  test('a pitch is made by keyboard, taken up and assigned', async () => {
    [amina, bilal] = await two(house, somebody);
    const { page } = bilal;
    await page.goto(house.newsroom);
    await reach(page, '.menu a[href="/pitches"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/pitches');
    for (const [field, words] of [['#title', 'What the tram costs'], ['#why', 'Readers ask, and nobody tells.'], ['#sources', 'The town council'], ['#audience', 'Whoever rides']]) {
      await reach(page, field);
      await page.keyboard.type(words);
    }
    await reach(page, 'form[action="/pitches"] button');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/pitches/*');
    pitch = path(page);
    assert.match(await page.innerText('main'), /منتظر/);

    await amina.page.goto(house.newsroom);
    await amina.page.click('.note a[href="/pitches"]');
    await amina.page.click('.drafts a');
    assert.match(await amina.page.innerText('main'), /Readers ask, and nobody tells/);
    await amina.page.fill('#take-due', '2026-01-05T10:00');
    await amina.page.fill('#take-length', '600');
    await amina.page.fill('#take-notes', 'Ask the council first.');
    await amina.page.click('form[action$="/take"] button');
    await amina.page.waitForURL('**/drafts/*');
    draft = path(amina.page);
    await page.goto(house.newsroom);
    const mine = await page.innerText('section[aria-labelledby=mine]');
    assert.match(mine, /What the tram costs/);
    assert.match(mine, /مہلت گزر گئی/, 'what is late says so in words');
  });

  test('it is written, handed on and published; what changed is told', async () => {
    published = await through(bilal, amina, draft, () => TEXT);
    const reader = await somebody();
    await reader.page.goto(house.readers + published);
    const text = await reader.page.content();
    assert.match(text, /40 coins/);
    for (const word of ['Ask the council first', 'Readers ask, and nobody tells', 'Whoever rides']) assert.ok(!text.includes(word), word);
  });

  test('its translation is written beside it, and each page names the other', async () => {
    const { page } = amina;
    await page.goto(house.newsroom + draft);
    await page.click('form[action$="/translate"] button[value=ur]');
    translation = path(page);
    const beside = page.locator('.beside');
    assert.match(await beside.innerText(), /40 coins a ride/);
    assert.equal(await beside.getAttribute('dir'), 'ltr');
    assert.equal(await page.getAttribute('#text', 'dir'), 'rtl');
    const words = (text) => `${text.replace('---\n', '---\nheadline: ٹرام کتنے کی ہے\nslug: tram\n').replace('headline: ""\n', '')}\nٹرام کا ٹکٹ ۴۰ سکے ہے، کونسل نے کہا [@council]۔\n`;
    ours = await through(amina, bilal, translation, words);
    const { page: reader } = await somebody();
    await reader.goto(house.readers + published);
    assert.equal(new URL(await reader.getAttribute('link[rel=alternate][hreflang=ur]', 'href')).pathname, ours);
    await reader.goto(house.readers + ours);
    assert.equal(new URL(await reader.getAttribute('link[rel=alternate][hreflang=en]', 'href')).pathname, published);
    assert.match(await reader.innerText('main'), /۴۰ سکے/);
  });

  test('a correction of one opens a task on the other, which its correction settles', async () => {
    await amina.page.goto(`${house.newsroom}/articles`);
    await amina.page.click(`form[action="/articles/correct"] button[value="${published}"]`);
    await through(amina, bilal, path(amina.page), (text) => text.replace('40 coins', '50 coins'), 'The tram costs 50 coins, not 40.');
    const { page } = bilal;
    await page.goto(house.newsroom);
    await page.click('section[aria-labelledby=tasks] a');
    task = path(page);
    const told = await page.innerText('main');
    assert.match(told, /not 40/);
    assert.equal(await page.locator('.change del').count(), 1);
    await page.click('form[action$="/correct"] button');
    const answer = path(page);
    await through(bilal, amina, answer, (text) => text.replace('۴۰ سکے', '۵۰ سکے'), 'ٹکٹ ۵۰ سکے ہے۔');
    await page.goto(house.newsroom);
    assert.equal(await page.locator('section[aria-labelledby=tasks]').count(), 0);
    await page.goto(house.newsroom + task);
    assert.match(await page.innerText('main'), /مکمل/);
    const { page: reader } = await somebody();
    await reader.goto(house.readers + ours);
    assert.match(await reader.innerText('main'), /۵۰ سکے/);
  });

  test('filters, pages and the calendar work without scripts', async () => {
    const { page } = amina;
    await page.goto(house.newsroom);
    await page.selectOption('#f-state', 'published');
    await page.selectOption('#f-lang', 'ur');
    await page.click('.filter button');
    assert.equal(await page.locator('section .drafts > li').count(), 2, 'the translation and its correction');
    await page.goto(`${house.newsroom}/calendar`);
    assert.match(await page.innerText('table.calendar'), /What the tram costs/);
    const shown = await page.innerText('#shown');
    await page.click('a[rel=next]');
    assert.notEqual(await page.innerText('#shown'), shown);
    await page.click('a[rel=prev]');
    assert.equal(await page.innerText('#shown'), shown);
  });

  for (const [who, lang] of [[() => amina, 'en'], [() => bilal, 'ur']]) {
    test(`every screen for everybody: ${lang}`, async () => {
      const { page } = who();
      await page.goto(`${house.newsroom}/pitches`);
      await page.fill('#title', 'An open pitch');
      await page.fill('#why', 'To be looked at.');
      await page.click('form[action="/pitches"] button');
      const open = path(page);
      await page.goto(house.newsroom);
      await page.click(`button[name=lang][value=${lang}]`);
      const own = path(page);
      await page.fill('#text', TEXT.replace('lang: en', `lang: ${lang}`).replace('what-the-tram-costs', `tram-${lang}`));
      await page.click('#text-form button.go');
      const other = lang === 'en' ? 'ur' : 'en';
      await page.click(`form[action$="/translate"] button[value=${other}]`);
      const twin = path(page);
      const someone = who() === amina ? bilal : amina;
      await someone.page.goto(house.newsroom + own);
      await page.goto(house.newsroom + own);
      await page.fill('#text', TEXT.replace('lang: en', `lang: ${lang}`).replace('40 coins', '60 coins').replace('what-the-tram-costs', `tram-${lang}`));
      await page.click('#text-form button.go');
      const faults = [];
      const context = await chromium.newContext({ bypassCSP: true });
      await context.addCookies(await who().context.cookies());
      const theirs = await chromium.newContext({ bypassCSP: true });
      await theirs.addCookies(await someone.context.cookies());
      const visit = async (at, address, name) => {
        const shown = await at.newPage();
        await shown.goto(house.newsroom + address);
        faults.push(...(await look(shown, `${lang}-${name}`)));
        await shown.close();
      };
      for (const [address, name] of [['/', 'desk'], ['/?state=draft&mine=yes', 'filtered'], ['/pitches', 'pitches'], [open, 'pitch'], [pitch, 'taken'], [`${own}/work`, 'work'], [twin, 'translation'], ['/calendar', 'month'], ['/calendar?week=', 'week'], [task, 'task'], ['/articles', 'articles']]) await visit(context, address, name);
      await visit(theirs, own, 'news');
      await visit(theirs, `${own}/changes`, 'changes');
      await context.close();
      await theirs.close();
      assert.deepEqual(faults, []);
    });
  }
});
