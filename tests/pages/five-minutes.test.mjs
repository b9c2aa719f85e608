// A newcomer's five minutes: from `ovn serve` on an empty folder to a first sealed article, in a real Chromium, as README tells it.
// OVN_PICTURES=FOLDER writes the pictures that README shows: `make pictures`.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launch } from './house/browser.mjs';
import { start } from './house/newsroom.mjs';
import { PASSPHRASE } from './house/people.mjs';

const PICTURES = process.env.OVN_PICTURES;
if (PICTURES) mkdirSync(PICTURES, { recursive: true });
const house = await start({ empty: true });
const chromium = await launch();
after(async () => {
  await chromium.close();
  house.stop();
});

test('from an empty folder to a first sealed article', { timeout: 120_000 }, async () => {
  assert.match(house.said, /was empty: an edition named "Our edition" is in it now/);
  const context = await chromium.newContext({ viewport: { width: 1100, height: 760 }, colorScheme: 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  let number = 0;
  const picture = async (name) => {
    number += 1;
    await page.evaluate(() => scrollTo(0, 0));
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${number}-${name}.png`) });
  };

  await page.goto(house.link());
  await page.fill('#name', 'Amina Khan');
  await page.fill('#passphrase', PASSPHRASE);
  await page.fill('#again', PASSPHRASE);
  await picture('join');
  await page.click('form:has(#passphrase) button.go');
  await page.click('main a.go');
  await page.click('button[name=lang][value=en]');
  await page.locator('#ovn-sheet').waitFor();
  await page.locator('#ovn-sheet h1').click();
  await page.keyboard.type('How this edition can be checked');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Every article here is sealed, and anybody can look whether it still is what was sealed.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Each article is sealed in a signed record before readers see it. Any change after sealing can be detected by anyone who checks.');
  await page.locator('.status', { hasText: /^Saved$/ }).waitFor();
  // What stands around the editor follows what is written.
  await page.locator('main > h1', { hasText: 'How this edition can be checked' }).waitFor();
  await page.click('[data-stale] a');
  await page.locator('#ovn-sheet', { hasText: 'Any change after sealing' }).waitFor();
  assert.equal(await page.locator('ul.open.bad').count(), 0);
  await picture('write');
  await page.click('a[href$="/publish"]');
  await page.locator('form[action$="/publish"] button.go').waitFor();
  await picture('publish');
  await page.click('form[action$="/publish"] button.go');
  await page.waitForURL('**/drafts/*?did=sealed');
  const path = new URL(await page.getAttribute('.note a', 'href')).pathname;
  await page.goto(house.readers + path);
  assert.equal(await page.locator('h1').innerText(), 'How this edition can be checked');
  await picture('read');
  // The seal beside it can be looked at, and the record has one entry more than before.
  const checkpoint = await (await context.request.get(`${house.readers}/record/checkpoint`)).text();
  assert.ok(Number(checkpoint.split('\n')[1]) >= 1, checkpoint);
  assert.deepEqual(errors, []);
  await context.close();
});
