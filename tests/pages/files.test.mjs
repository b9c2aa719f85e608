// Files as sources in a real Chromium: dropped and chosen in the editor, cited, decided, published, and saved by a reader.
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
const PDF = '%PDF-1.4\n1 0 obj << /Author (R. Example) /Producer (Pressworks) >> endobj\n%%EOF\n';
const MAIL = 'From: R. Example <r@office.example>\r\nTo: desk@news.example\r\nSubject: The bridge\r\n\r\nThe bridge holds.\r\n';

// Lets a file go over the sheet, as a hand does that drags it from a folder.
const drop = (page, name, type, content) =>
  page.locator('#ovn-sheet').evaluate(
    (sheet, [name, type, content]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], name, { type }));
      const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      sheet.dispatchEvent(event);
      return event.defaultPrevented;
    },
    [name, type, content],
  );

describe('files as sources', { timeout: 240_000 }, () => {
  let amina, bilal, draft;

  test('both come in', async () => {
    [amina, bilal] = await two(house, somebody);
  });

  test('a PDF is dropped and an e-mail is chosen, and each is cited where the writer is', async () => {
    const { page } = amina;
    await page.goto(house.newsroom);
    await page.click('button[name=lang][value=en]');
    await page.locator('#ovn-sheet').waitFor();
    await page.fill('#about', 'lang: en\nbyline:\n  - Amina Khan\nslug: the-bridge-plan\n');
    await page.click('form[action$="/about"] button');
    await page.waitForURL('**?did=saved');
    draft = new URL(page.url());
    draft = draft.origin + draft.pathname;
    await page.locator('#ovn-sheet h1').click();
    await page.keyboard.type('A plan for the bridge');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('The bridge holds, a plan says');
    assert.equal(await drop(page, 'plan.pdf', 'application/pdf', PDF), true);
    const dialog = page.locator('dialog');
    await dialog.locator('input[name=title]').fill('Plan of the bridge');
    await dialog.locator('input[name=speaks]').fill('Town council');
    await dialog.locator('button[value=ok]').click();
    // Its citation is offered, and one key takes it.
    await dialog.locator('[role=combobox]').waitFor();
    assert.match(await dialog.locator('[role=option][aria-selected=true]').textContent(), /plan-of-the-bridge/);
    await dialog.locator('button[value=ok]').click();
    await dialog.waitFor({ state: 'detached' });
    assert.match(await page.locator('#ovn-sheet').textContent(), /a plan says .*plan-of-the-bridge/);
    await page.keyboard.type(', and a letter agrees ');
    await page.keyboard.type('/file');
    await page.locator('[role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    // What is none is refused where it was chosen, and what was typed stays.
    await dialog.locator('input[type=file]').setInputFiles({ name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from('Rar!\x1a\x07\0', 'latin1') });
    await dialog.locator('input[name=title]').fill('A letter');
    await dialog.locator('button[value=ok]').click();
    await page.waitForFunction(() => /archive/.test(document.querySelector('dialog input[type=file]').validationMessage));
    amina.errors.length = 0;
    await dialog.locator('input[type=file]').setInputFiles({ name: 'letter.eml', mimeType: 'message/rfc822', buffer: Buffer.from(MAIL) });
    await dialog.locator('button[value=ok]').click();
    await dialog.locator('[role=combobox]').waitFor();
    await dialog.locator('button[value=ok]').click();
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.type('.');
    await isSaved(page);
    await page.reload();
    await page.locator('#ovn-sheet').waitFor();
    assert.match(await page.locator('#ovn-sheet').textContent(), /plan-of-the-bridge.*a letter agrees .*a-letter.*\./);
    assert.deepEqual(amina.errors, []);
  });

  test('what they tell is decided, and then a reader saves the very bytes', async () => {
    const { page } = bilal;
    await page.goto(`${draft}/publish`);
    assert.equal(await page.locator('form[action$="/publish"]').count(), 0);
    assert.equal(await page.locator('.open a[href$="/sources#files"]').count(), 2);
    await page.click('.open a[href$="/sources#files"]');
    for (let left = 2; left > 0; left--) {
      assert.equal(await page.locator('form[action$="/as-is"] button').count(), left);
      await page.locator('form[action$="/as-is"] button').first().click();
      await page.waitForURL('**?did=as-is');
    }
    await amina.page.goto(draft);
    await amina.page.locator('#ovn-sheet').waitFor();
    await amina.page.click('form[action$="/submit"] button');
    await amina.page.waitForURL('**?did=submit');
    await page.goto(draft);
    await page.click('form[action$="/approve"] button');
    await page.waitForURL('**?did=approve');
    await page.goto(`${draft}/publish`);
    await page.click('form[action$="/publish"] button.go');
    await page.waitForURL('**/drafts/*?did=sealed');
    const path = new URL(await page.getAttribute('.note a', 'href')).pathname;
    const reader = await somebody({ javaScriptEnabled: false, acceptDownloads: true });
    await reader.page.goto(house.readers + path);
    const places = await reader.page.locator('a[href*="/record/blob/"]').evaluateAll((all) => [...new Set(all.map((one) => one.href))]);
    assert.equal(places.length, 2);
    const found = [];
    for (const place of places) {
      const answer = await reader.context.request.get(new URL(new URL(place).pathname, house.readers).href);
      assert.match(answer.headers()['content-disposition'], /^attachment; filename="[0-9a-f]{64}\.(pdf|eml)"$/);
      assert.match(answer.headers()['content-security-policy'], /sandbox/);
      found.push(await answer.text());
    }
    assert.deepEqual(found.sort(), [PDF, MAIL].sort());
    await reader.context.close();
    assert.deepEqual(bilal.errors, []);
  });

  test('without scripts the form does it, in confidence too, and its pages are for everybody', async () => {
    const plain = await somebody({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await plain.context.addCookies(await bilal.context.cookies());
    const { page } = plain;
    await page.goto(house.newsroom);
    await page.click('button[name=lang][value=ur]');
    await page.click('a[href$="/sources"]');
    const place = page.url();
    await page.setInputFiles('#file-file', { name: 'نقشہ.pdf', mimeType: 'application/pdf', buffer: Buffer.from(PDF) });
    await page.fill('#file-title', 'پل کا نقشہ');
    await page.check('#file-secret');
    await page.fill('#file-reason', 'دینے والا پہچانا جاتا');
    await page.fill('#file-details', 'دفتر کا ایک شخص');
    await page.click('form[action$="/sources/file"] button');
    await page.waitForURL('**?did=source');
    await page.setInputFiles('#file-file', { name: 'plan.png', mimeType: 'image/png', buffer: Buffer.from(PDF) });
    await page.click('form[action$="/sources/file"] button');
    await page.waitForURL('**?did=plan');
    assert.equal(await page.locator('form[action$="/as-is"] button').count(), 0, 'it was decided about these bytes');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360), 'nothing is wider than the screen');
    await page.goto(new URL('/library', house.newsroom).href);
    await page.click('.drafts a');
    const source = page.url();
    assert.match(await page.textContent('main'), /Pressworks/);
    await plain.context.close();
    const faults = [];
    for (const [who, lang] of [[amina, 'en'], [bilal, 'ur']]) {
      const context = await chromium.newContext({ bypassCSP: true });
      await context.addCookies(await who.context.cookies());
      const seen = await context.newPage();
      for (const [name, address] of [['sources', place], ['source', source], ['library', new URL('/library?q=plan', house.newsroom).href]]) {
        await seen.goto(address);
        faults.push(...(await look(seen, `files-${name}-${lang}`)));
      }
      await context.close();
    }
    assert.deepEqual(faults, []);
  });
});
