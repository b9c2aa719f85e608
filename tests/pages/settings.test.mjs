// The settings in a real browser: an edition named, a section, a policy, an import, for everybody, by keyboard, without scripts.
import { after, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { look } from './house/axe.mjs';
import { launch } from './house/browser.mjs';
import { start } from './house/newsroom.mjs';
import { two } from './house/people.mjs';
import { plain } from './house/somebody.mjs';

const house = await start();
const chromium = await launch();
after(async () => {
  await chromium.close();
  house.stop();
});

const somebody = plain(chromium);

const SCREENS = ['', '/edition', '/sections', '/policies', '/policies/en/ethics', '/policies/ur/corrections', '/record', '/import', '/export', '/feeds'];
const read = async (context, path) => (await context.request.get(house.readers + path)).text();

describe('the settings', () => {
  let amina, bilal;

  test('a name and a motto are public at once, without scripts', async () => {
    [amina, bilal] = await two(house, somebody);
    const { page, context } = amina;
    await page.click('.menu a[href="/settings"]');
    await page.click('main a[href="/settings/edition"]');
    await page.fill('#name', 'The Lamp');
    await page.fill('#motto-en', 'Bright.');
    await page.fill('#publisher-name', 'Lamp Ltd');
    await page.click('main button.go');
    await page.waitForURL('**/settings/edition?did=saved');
    const front = await read(context, '/');
    assert.match(front, /Lamp[^]*Bright\.[^]*Lamp Ltd/);
    assert.match(await read(context, '/feed.json'), /The Lamp/);
    await page.fill('#zone', 'Mars/Base');
    await page.click('main button.go');
    assert.match(await page.innerText('[role=alert]'), /no time zone Mars\/Base/);
    assert.equal(await page.inputValue('#name'), 'The Lamp');
  });

  test('by keyboard alone a section is added', async () => {
    const { page, context } = amina;
    await page.goto(`${house.newsroom}/settings/sections`);
    await page.focus('#new-slug');
    await page.keyboard.type('farms');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Farms');
    await page.keyboard.press('Tab');
    await page.keyboard.type('کھیت');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settings/sections?did=saved');
    assert.match(await read(context, '/'), /href="\/section\/farms">Farms</);
  });

  test('a policy is previewed in a tab of its own and sealed', async () => {
    const { page, context } = amina;
    await page.goto(`${house.newsroom}/settings/policies/en/corrections`);
    const [preview] = await Promise.all([context.waitForEvent('page'), page.click('button[value=preview]')]);
    await preview.waitForLoadState();
    assert.match(await preview.innerText('main'), /not published[^]*Corrections/);
    await preview.close();
    assert.match(await page.inputValue('#text'), /A correction is a new revision/, 'the form is still there');
    await page.click('button[value=seal]');
    await page.waitForURL('**/policies/en/corrections?did=sealed');
    assert.match(await read(context, '/policies/corrections'), /A correction is a new revision/);
    assert.match(await read(context, '/'), /correctionsPolicy/);
  });

  test('a file becomes a draft, and what is published goes out whole', async () => {
    const { page, context } = amina;
    await page.goto(`${house.newsroom}/settings/import`);
    const text = '---\nheadline: The ferry runs again\nlang: en\n---\n\nIt runs from Monday.\n';
    await page.setInputFiles('#import-file', { name: 'ferry.md', mimeType: 'text/markdown', buffer: Buffer.from(text) });
    await page.click('main button.go');
    await page.click('.note a');
    assert.match(await page.inputValue('#text'), /runs from Monday/);
    const answer = await context.request.get(`${house.newsroom}/settings/export/record`);
    assert.equal(answer.status(), 200);
    const body = await answer.body();
    assert.equal(body.length % 512, 0);
    assert.ok(body.includes('record/checkpoint'));
  });

  test('all other sessions end with one press', async () => {
    const { page } = amina;
    await page.goto(`${house.newsroom}/me`);
    assert.equal(await page.locator('form[action$="/revoke-all"]').count(), 0, 'there is no other');
    await bilal.page.goto(`${house.newsroom}/settings`);
    assert.equal(await bilal.page.locator('main a[href="/settings/edition"]').count(), 0, 'others are not offered what they may not');
  });

  for (const lang of ['en', 'ur'])
    test(`every screen for everybody, in ${lang}`, { timeout: 240_000 }, async () => {
      const { page } = amina;
      await page.goto(`${house.newsroom}/me`);
      await page.click(`button[name=lang][value=${lang}]`);
      // axe needs scripts, which these screens don't: it looks at the same pages with them.
      const context = await chromium.newContext({ bypassCSP: true, storageState: await amina.context.storageState() });
      const shown = await context.newPage();
      const faults = [];
      for (const path of SCREENS) {
        await shown.goto(`${house.newsroom}/settings${path}`);
        assert.equal(await shown.getAttribute('html', 'lang'), lang);
        faults.push(...(await look(shown, `settings${path.replaceAll('/', '-')}-${lang}`)));
      }
      await shown.goto(house.newsroom);
      faults.push(...(await look(shown, `first-steps-${lang}`)));
      await context.close();
      assert.deepEqual(faults, []);
    });
});
