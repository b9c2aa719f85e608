// Pictures in a real Chromium: chosen in the editor's dialog or by the plain form, seen in draft and preview, and read in the width that fits.
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
// Whether a picture is not only named but seen.
const seen = (picture) => picture.evaluate(async (one) => (await one.decode(), [one.naturalWidth, one.naturalHeight]));

// A JPEG file with many colours, painted by the browser.
async function photograph() {
  const { context, page } = await somebody({ viewport: { width: 1400, height: 700 }, javaScriptEnabled: false });
  const hills = Array.from({ length: 90 }, (_, at) => `<i style="position:absolute;inset-inline-start:${at * 16}px;inset-block-end:0;inline-size:16px;block-size:${200 + ((at * 37) % 290)}px;background:hsl(${at * 4} 60% 40%)"></i>`);
  await page.setContent(`<body style="margin:0;background:linear-gradient(#9cf,#fea)">${hills.join('')}</body>`);
  const bytes = await page.screenshot({ type: 'jpeg', quality: 92 });
  await context.close();
  return bytes;
}

describe('pictures', { timeout: 180_000 }, () => {
  let amina, bilal, file;

  test('both come in', async () => {
    [amina, bilal] = await two(house, somebody);
    file = { name: 'hills.jpg', mimeType: 'image/jpeg', buffer: await photograph() };
  });

  test('one is chosen in the editor, described, and reaches readers in the width that fits', async () => {
    const { page } = amina;
    await page.goto(house.newsroom);
    await page.click('button[name=lang][value=en]');
    await page.locator('#ovn-sheet').waitFor();
    await page.fill('#about', 'lang: en\nbyline:\n  - Amina Khan\nslug: the-hills\n');
    await page.click('form[action$="/about"] button');
    await page.waitForURL('**?did=saved');
    await page.locator('#ovn-sheet h1').click();
    await page.keyboard.type('The hills in May');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Seen from the station.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('/pict');
    await page.locator('[role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.locator('dialog');
    // What is no picture is refused where it was chosen, and what was typed stays.
    await dialog.locator('input[type=file]').setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<script>x()</script>') });
    await dialog.locator('input[name=alt]').fill('Many hills under a light sky');
    await dialog.locator('input[name=caption]').fill('Photo: Amina Khan');
    await dialog.locator('button[value=ok]').click();
    await page.waitForFunction(() => /no JPEG/.test(document.querySelector('dialog input[type=file]').validationMessage));
    amina.errors.length = 0;
    await dialog.locator('input[type=file]').setInputFiles(file);
    await dialog.locator('button[value=ok]').click();
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(await seen(page.locator('#ovn-sheet figure img')), [1400, 700]);
    await isSaved(page);
    const draft = new URL(page.url());
    await page.goto(`${draft.origin}${draft.pathname}/preview`);
    const inside = page.frameLocator('iframe').first().locator('figure img');
    assert.deepEqual(await seen(inside), [1400, 700]);
    assert.equal(await inside.getAttribute('alt'), 'Many hills under a light sky');

    await page.goto(`${draft.origin}${draft.pathname}`);
    await page.locator('#ovn-sheet').waitFor();
    await page.click('form[action$="/submit"] button');
    await page.waitForURL('**?did=submit');
    await bilal.page.goto(`${draft.origin}${draft.pathname}`);
    await bilal.page.click('form[action$="/approve"] button');
    await bilal.page.waitForURL('**?did=approve');
    await bilal.page.goto(`${draft.origin}${draft.pathname}/publish`);
    await bilal.page.click('form[action$="/publish"] button.go');
    await bilal.page.waitForURL('**/drafts/*?did=sealed');
    const path = new URL(await bilal.page.getAttribute('.note a', 'href')).pathname;
    for (const [width, wanted] of [[360, 480], [1280, 960]]) {
      const reader = await somebody({ viewport: { width, height: 800 }, javaScriptEnabled: false });
      const loaded = reader.page.waitForResponse((answer) => answer.url().includes('/record/blob/'));
      await reader.page.goto(house.readers + path);
      await reader.page.locator('figure img').scrollIntoViewIfNeeded();
      const answer = await loaded;
      assert.equal(answer.headers()['content-type'], 'image/webp', `${width} px`);
      const box = await reader.page.locator('figure img').boundingBox();
      assert.ok(box.width <= width && Math.abs(box.width / box.height - 2) < 0.1, `${width} px: ${box.width} by ${box.height}`);
      const size = (await answer.body()).length;
      assert.ok(size < file.buffer.length, `${wanted} px in WebP: ${size} of ${file.buffer.length} bytes`);
      await reader.context.close();
    }
    assert.deepEqual([amina.errors, bilal.errors], [[], []]);
  });

  test('without scripts a form does it, and its page is for everybody', async () => {
    const plain = await somebody({ javaScriptEnabled: false });
    await plain.context.addCookies(await bilal.context.cookies());
    await plain.page.goto(house.newsroom);
    await plain.page.click('button[name=lang][value=ur]');
    await plain.page.click('a[href$="/pictures"]');
    const place = plain.page.url();
    await plain.page.setInputFiles('#picture-file', file);
    await plain.page.fill('#picture-alt', 'ہلکے آسمان کے نیچے پہاڑیاں');
    await plain.page.click('form[action$="/pictures"] button');
    await plain.page.waitForURL('**?did=added');
    assert.deepEqual(await plain.page.locator('.shots img').evaluate((one) => [one.naturalWidth, one.naturalHeight]), [1400, 700]);
    await plain.page.goto(place.replace(/\/pictures$/, ''));
    assert.match(await plain.page.inputValue('#text'), /!\[ہلکے آسمان کے نیچے پہاڑیاں\]\([0-9a-f]{64}\.jpg\)/);
    await plain.context.close();
    const faults = [];
    for (const [who, lang] of [[amina, 'en'], [bilal, 'ur']]) {
      const context = await chromium.newContext({ bypassCSP: true });
      await context.addCookies(await who.context.cookies());
      const page = await context.newPage();
      await page.goto(`${place}?did=added`);
      faults.push(...(await look(page, `pictures-${lang}`)));
      await context.close();
    }
    assert.deepEqual(faults, []);
  });
});
