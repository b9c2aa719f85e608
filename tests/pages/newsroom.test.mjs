// The newsroom in a real browser: the whole path without scripts, two people, two languages. All screens: screens.test.mjs.
import { after, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { look } from './house/axe.mjs';
import { launch } from './house/browser.mjs';
import { start } from './house/newsroom.mjs';
import { PASSPHRASE, two } from './house/people.mjs';
import { plain } from './house/somebody.mjs';

const TEXT = `---
headline: The ferry runs again
standfirst: After two weeks of repairs the crossing opens on Monday.
lang: en
slug: the-ferry
byline: [Amina Khan]
references:
  - id: harbour
    type: speech
    title: Statement on the ferry
    author: [{literal: "Harbour office"}]
    issued: 2026-11-20
    custom: {kind: statement, speaks-for: Harbour office}
---

The ferry across the bay runs again from Monday, the harbour office said [@harbour]. It carries 40 cars.
`;
const house = await start();
const chromium = await launch();
after(async () => {
  await chromium.close();
  house.stop();
});

const somebody = plain(chromium);

// Looks at one screen.
async function visit(context, address, name, faults) {
  const page = await context.newPage();
  await page.goto(address);
  faults.push(...(await look(page, name)));
  await page.close();
}

describe('the newsroom', () => {
  let amina, bilal, draft, published, receipt, scheduled;

  test('from the setup link to a corrected article, without scripts', async () => {
    [amina, bilal] = await two(house, somebody);

    const { page } = amina;
    await page.click('.menu a[href="/"]');
    await page.click('button[name=lang][value=en]');
    await page.fill('#text', TEXT);
    await page.click('#text-form button.go');
    draft = new URL(page.url()).pathname;
    assert.equal(await page.locator('a[href$="/publish"]').count(), 0, 'nobody publishes alone');
    await page.click('form[action$="/submit"] button');

    await bilal.page.goto(house.newsroom + draft);
    await bilal.page.click('form[action$="/approve"] button');
    await bilal.page.click('a[href$="/publish"]');
    await bilal.page.click('form[action$="/publish"] button.go');
    await bilal.page.waitForURL('**/drafts/*?did=sealed');
    published = new URL(await bilal.page.getAttribute('.note a', 'href')).pathname;
    const reader = await somebody();
    await reader.page.goto(house.readers + published);
    assert.match(await reader.page.innerText('main'), /from Monday/);

    await page.goto(`${house.newsroom}/articles`);
    await page.click('form[action="/articles/correct"] button');
    await page.fill('#text', TEXT.replace('40 cars', '30 cars'));
    await page.click('#text-form button.go');
    await page.click('form[action$="/submit"] button');
    await bilal.page.goto(page.url());
    await bilal.page.click('form[action$="/approve"] button');
    await page.goto(`${new URL(page.url()).origin}${new URL(page.url()).pathname}/publish`);
    await page.selectOption('#class', 'correction');
    await page.fill('#note', 'The ferry carries 30 cars, not 40.');
    await page.click('form[action$="/publish"] button.go');
    await page.waitForURL('**/drafts/*?did=sealed');
    // Another reader: the first one's browser may keep a page for ten seconds.
    const other = await somebody();
    await other.page.goto(house.readers + published);
    const text = await other.page.innerText('main');
    assert.match(text, /It carries 30 cars/);
    assert.match(text, /not 40/);
    assert.equal((await other.page.goto(`${house.readers}/sign-in`)).status(), 404, 'readers find no newsroom');
  });

  test('a reader reports an error without scripts, and it is corrected', async () => {
    // What is sent faster than people write is given back, so people's time has to pass.
    const report = async (what) => {
      const { page } = await somebody();
      await page.goto(house.readers + published);
      await page.click('main a[href$="/report"]');
      await page.fill('#what', what);
      await page.selectOption('#passage', '1');
      await page.fill('#contact', 'reader@example.org');
      await page.waitForTimeout(3100);
      await page.click('main form button');
      await page.waitForURL('**/report/*');
      return page;
    };
    const reader = await report('It carries 20 cars: I counted them.');
    receipt = new URL(reader.url()).pathname;
    assert.match(await reader.innerText('main'), /has arrived/);
    assert.equal((await reader.context().cookies()).length, 0, 'no cookie');
    const { page } = amina;
    await page.click('.menu a[href="/letters"]');
    await page.click('main .drafts a');
    assert.match(await page.innerText('main'), /I counted them[^]*reader@example\.org[^]*It carries 30 cars/);
    await page.click('form[action$="/correct"] button');
    await page.fill('#text', TEXT.replace('40 cars', '20 cars'));
    await page.click('#text-form button.go');
    await page.click('form[action$="/submit"] button');
    await bilal.page.goto(page.url());
    await bilal.page.click('form[action$="/approve"] button');
    await bilal.page.click('a[href$="/publish"]');
    await bilal.page.selectOption('#class', 'correction');
    await bilal.page.fill('#note', 'The ferry carries 20 cars, not 30.');
    await bilal.page.click('form[action$="/publish"] button.go');
    await bilal.page.waitForURL('**/drafts/*?did=sealed');
    const read = async (path) => (await (await reader.context().request.get(house.readers + path)).text());
    for (const path of [published, '/corrections', '/feed.atom', '/feed.rss', '/feed.json']) assert.match(await read(path), /20 cars/, path);
    assert.match(await read('/corrections'), /Reported by a reader/);
    assert.match(await read('/search?q=20+cars'), /The ferry runs again/);
    for (const path of [published, `${published}.json`, `${published}.md`, '/corrections', receipt, '/feed.json']) assert.doesNotMatch(await read(path), /I counted|reader@example/, path);
    await reader.reload();
    assert.match(await reader.innerText('main'), /The article was corrected/);
    await report('The harbour office is called otherwise.');
  });

  test('a removal asks twice', async () => {
    const { page } = bilal;
    await page.goto(`${house.newsroom}/articles`);
    await page.click('form[action="/articles/remove"] button');
    await page.selectOption('#ground', 'privacy');
    await page.click('form[action="/articles/remove"] button');
    const context = await chromium.newContext({ bypassCSP: true });
    const shown = await context.newPage();
    await shown.setContent(await page.content());
    const faults = await look(shown, 'removal');
    await context.close();
    assert.deepEqual(faults, []);
    await page.fill('#confirm', 'not it');
    await page.click('form[action="/articles/remove"] button');
    assert.equal(await page.locator('[role=alert]').count(), 1, 'nothing is removed');
  });

  test('a moment is set, and nothing is public before', async () => {
    const { page } = amina;
    await page.goto(house.newsroom);
    await page.click('button[name=lang][value=en]');
    const text = TEXT.replaceAll('ferry', 'steamer').replace(/^slug: .*$/m, 'slug: the-steamer');
    await page.fill('#text', text);
    await page.click('#text-form button.go');
    scheduled = new URL(page.url()).pathname;
    await page.click('form[action$="/submit"] button');
    await bilal.page.goto(house.newsroom + scheduled);
    await bilal.page.click('form[action$="/approve"] button');
    await bilal.page.click('a[href$="/schedule"].button');
    const soon = await bilal.page.getAttribute('#moment', 'min');
    const day = new Date(`${soon}:00Z`);
    day.setUTCDate(day.getUTCDate() + 1);
    await bilal.page.fill('#moment', day.toISOString().slice(0, 16));
    await bilal.page.click('form[action$="/schedule"] button');
    await bilal.page.waitForURL('**/drafts/*?did=schedule');
    await page.goto(`${house.newsroom}/schedule`);
    assert.match(await page.innerText('main'), /steamer/);
    await page.goto(house.newsroom + scheduled);
    assert.equal(await page.locator('#text[readonly]').count(), 1, 'nobody changes it meanwhile');
    const reader = await somebody();
    await reader.page.goto(house.readers);
    assert.doesNotMatch(await reader.page.innerText('body'), /steamer/);
  });

  test('a link for somebody without an account', async () => {
    const { page } = amina;
    await page.goto(`${house.newsroom}${scheduled}/preview`);
    assert.equal(await page.frames().length, 3, 'two widths');
    for (const frame of page.frames().slice(1)) assert.match(await frame.innerText('main'), /steamer/);
    await page.fill('#words', 'the harbour office');
    await page.click('form[action$="/share"] button');
    const link = await page.inputValue('#link');
    const stranger = await somebody();
    await stranger.page.goto(link);
    assert.doesNotMatch(await stranger.page.innerText('body'), /steamer/, 'programs that open links learn nothing');
    await stranger.page.click('main a.go');
    assert.match(await stranger.page.innerText('main'), /steamer/);
    await page.goto(`${house.newsroom}${scheduled}/preview`);
    const context = await chromium.newContext({ bypassCSP: true });
    const faults = [];
    for (const path of ['', '/text', '?lang=ur']) await visit(context, link + path, `link-${path.replace(/\W/g, '')}`, faults);
    await context.close();
    assert.deepEqual(faults, []);
  });

  test('the readers’ form and receipt for everybody', async () => {
    const context = await chromium.newContext({ bypassCSP: true });
    const faults = [];
    await visit(context, `${house.readers}${published}/report`, 'report-form', faults);
    await visit(context, house.readers + receipt, 'report-receipt', faults);
    await context.close();
    assert.deepEqual(faults, []);
  });

  test('two who save at once are shown both texts', async () => {
    const { page } = amina;
    await page.goto(house.newsroom);
    await page.click('button[name=lang][value=en]');
    const own = page.url();
    await bilal.page.goto(own);
    await page.fill('#text', `${TEXT}\nHers.\n`);
    await page.click('#text-form button.go');
    await bilal.page.fill('#text', `${TEXT}\nHis.\n`);
    await bilal.page.click('#text-form button.go');
    assert.match(await bilal.page.inputValue('textarea[readonly]'), /Hers\./);
    assert.match(await bilal.page.inputValue('textarea[name=text]'), /His\./);
    await bilal.page.click('main form button.go');
    await page.goto(own);
    assert.match(await page.inputValue('#text'), /His\./);
  });

  test('sources are added, cited and found again, and no address inside is asked', async () => {
    const { page } = amina;
    await page.goto(house.newsroom);
    await page.click('.drafts a[href^="/drafts/"]');
    const own = new URL(page.url()).pathname;
    await page.click(`a[href="${own}/sources"]`);
    await page.fill('#fetch-url', house.readers);
    await page.fill('#fetch-title', 'Our own page');
    await page.click('form[action$="/fetch"] button.go');
    assert.match(await page.innerText('.note.bad'), /port \d+ is not asked/);
    assert.equal(await page.inputValue('#fetch-title'), 'Our own page');
    await page.fill('#fetch-url', 'http://localhost/');
    await page.click('form[action$="/fetch"] button.go');
    assert.match(await page.innerText('.note.bad'), /only public addresses are fetched/);
    await page.fill('#describe-title', 'Talk with the captain');
    await page.selectOption('#describe-kind', 'interview');
    await page.click('form[action$="/describe"] button.go');
    assert.match(await page.innerText('.note'), /\[@talk-with-the-captain\]/);
    await page.fill('#confide-title', 'Somebody in the harbour');
    await page.fill('#confide-reason', 'They fear for their post');
    await page.fill('#confide-details', 'The pilot of the first ferry');
    await page.click('form[action$="/confide"] button.go');
    assert.match(await page.innerText('.note'), /\[@source\]/);
    await page.goto(house.newsroom + own);
    const text = await page.inputValue('#text');
    assert.ok(text.includes('talk-with-the-captain') && !text.includes('pilot'), text);
    await page.click('.menu a[href="/library"]');
    await page.fill('#q', 'captain');
    await page.click('form[role=search] button');
    assert.equal(await page.locator('.drafts > li').count(), 1);
    await page.click('.drafts a');
    assert.ok((await page.innerText('main')).includes('[@talk-with-the-captain]'));
  });

  test('the whole door by keyboard alone', async () => {
    const { page } = await somebody();
    await page.goto(`${house.newsroom}/sign-in`);
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    for (let step = 0; step < 9; step++) {
      await press('Tab');
      if (await page.locator('#name:focus').count()) break;
    }
    await page.keyboard.type('amina khan');
    await press('Tab');
    await page.keyboard.type(PASSPHRASE);
    await press('Enter');
    await page.waitForURL(`${house.newsroom}/`);
  });
});
