// Every screen of the newsroom for everybody, with real work on it, in English and in Urdu: the list comes from the table of
// doors, so that a new screen without a visit fails here.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, pool } from './house/browser.mjs';
import { start } from './house/newsroom.mjs';
import { none } from './house/say.mjs';
import { screens, unvisited } from './house/screens.mjs';
import { see } from './house/see.mjs';
import { web } from './house/web.mjs';
import { COUNCIL, world } from './house/world.mjs';

test('every address that shows a screen is visited', () => assert.deepEqual(unvisited(), []));

describe('every screen for everybody', { timeout: 600_000 }, () => {
  let outside, house, chromium, all;

  before(async () => {
    outside = await web({ '/en': COUNCIL, '/ur': COUNCIL });
    house = await start({ env: { OVN_TEST_WEB: outside.socket } });
    chromium = await launch();
    all = await world(house);
  });
  after(async () => {
    await chromium?.close();
    house?.stop();
    outside?.stop();
  });

  for (const lang of ['en', 'ur']) {
    test(lang, async () => {
      const faults = await pool(screens(all, lang, house), async ({ path, name, nobody, status }) => {
        // The editor's page asks for news without end, so that no page waits for the network to be quiet.
        const context = await chromium.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 } });
        if (!nobody) await context.addCookies(all.people[lang].jar());
        const page = await context.newPage();
        const answer = await page.goto(house.newsroom + path);
        if (answer.status() !== status) return [`${name}: ${path} was answered with ${answer.status()}`];
        if (await page.locator('#text[data-document]:not([readonly])').count()) await page.locator('#ovn-sheet').waitFor();
        const found = await see(page, name);
        await context.close();
        return found;
      }, 2);
      const context = await chromium.newContext({ bypassCSP: true, javaScriptEnabled: true });
      for (const { name, html } of all.forms[lang]) {
        const page = await context.newPage();
        await page.setContent(html.replace(/<script[^]*?<\/script>/g, ''));
        faults.push(await see(page, name));
        await page.close();
      }
      await context.close();
      none(faults.flat(), 'faults on the screens');
    });
  }
});
