// Two people in one draft at once, each in a real Chromium of their own: cut lines, a server that is killed, a tab that is
// killed, an expired session, the plain form; every word that was written is there, and both have the same text.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { audit, bring, sideways } from './house/axe.mjs';
import { launch } from './house/browser.mjs';
import { start } from './house/newsroom.mjs';
import { PASSPHRASE, two } from './house/people.mjs';
import { SAVED, seats } from './house/somebody.mjs';

const OFFLINE = /^(Offline|آف لائن)/;
const house = await start();
const chromium = await launch();
after(async () => {
  await chromium.close();
  house.stop();
});

const somebody = seats(chromium, { cut: true });

const status = (page, pattern) => page.locator('.status', { hasText: pattern }).waitFor();
const text = (page) => page.locator('#ovn-sheet').evaluate((sheet) => {
  const copy = sheet.cloneNode(true);
  for (const mark of copy.querySelectorAll('.other, .ProseMirror-widget, br')) mark.remove();
  return [...copy.children].map((block) => block.textContent);
});
const has = (page, words) => page.locator('#ovn-sheet', { hasText: words }).waitFor();
// The caret to the end of the paragraph with these words.
async function behind(page, words) {
  await page.locator('#ovn-sheet p', { hasText: words }).first().click();
  await page.keyboard.press('End');
}
async function alike(amina, bilal) {
  for (const { page } of [amina, bilal]) await status(page, SAVED);
  for (let tries = 0; tries < 100; tries++) {
    const [one, other] = [await text(amina.page), await text(bilal.page)];
    if (JSON.stringify(one) === JSON.stringify(other)) return one;
    await amina.page.waitForTimeout(100);
  }
  assert.deepEqual(await text(amina.page), await text(bilal.page));
}

const DRAFTS = [
  { lang: 'en', title: 'A pier opens', first: 'The pier is open', second: 'It is long', offline: 'Written on a train', meanwhile: 'Written at the desk', dead: 'Written while nobody answered', killed: 'Typed just before the tab was gone', form: 'From the plain form' },
  { lang: 'ur', title: 'گھاٹ کھل گیا', first: 'گھاٹ کھلا ہے', second: 'وہ لمبا ہے', offline: 'ریل میں لکھا', meanwhile: 'دفتر میں لکھا', dead: 'جب کوئی جواب نہ تھا', killed: 'ٹیب کے بند ہونے سے پہلے', form: 'سادہ فارم سے' },
];

describe('two people in one draft', { timeout: 400_000 }, () => {
  let amina, bilal;

  test('both come in', async () => {
    [amina, bilal] = await two(house, somebody);
  });

  for (const { lang, title, first, second, offline, meanwhile, dead, killed, form } of DRAFTS) {
    test(`nothing is lost, and both have the same text: ${lang}`, async () => {
      await amina.page.goto(house.newsroom);
      await amina.page.click(`button[name=lang][value=${lang}]`);
      await amina.page.locator('#ovn-sheet h1').click();
      await amina.page.keyboard.type(title);
      await status(amina.page, SAVED);
      const draft = amina.page.url();
      await bilal.page.goto(draft);
      await has(bilal.page, title);
      // Both see the other's name, in the line below and at the caret.
      await amina.page.locator('.company bdi', { hasText: 'بلال احمد' }).waitFor();
      await bilal.page.locator('.company bdi', { hasText: 'Amina Khan' }).waitFor();
      await amina.page.locator('#ovn-sheet > p').last().click();
      await amina.page.keyboard.type(`${first}.`);
      await has(bilal.page, first);
      await bilal.page.locator('#ovn-sheet .other bdi', { hasText: 'Amina Khan' }).waitFor();
      await bilal.page.locator('#ovn-sheet > p').last().click();
      await bilal.page.keyboard.press('End');
      await bilal.page.keyboard.press('Enter');
      await bilal.page.keyboard.type(`${second}.`);
      await has(amina.page, second);
      await amina.page.locator('#ovn-sheet .other bdi', { hasText: 'بلال احمد' }).waitFor();
      // Letters at once, in the same paragraph.
      await behind(amina.page, first);
      await bilal.page.locator('#ovn-sheet > p', { hasText: first }).click();
      await bilal.page.keyboard.press('Home');
      await Promise.all([amina.page.keyboard.type(' alpha beta gamma', { delay: 20 }), bilal.page.keyboard.type('one two three ', { delay: 20 })]);
      for (const { page } of [amina, bilal]) {
        await has(page, 'alpha beta gamma');
        await has(page, 'one two three');
      }
      // One is offline, both write, and the line comes back.
      await bilal.context.setOffline(true);
      await behind(bilal.page, second);
      await bilal.page.keyboard.type(` ${offline}.`);
      await status(bilal.page, OFFLINE);
      await behind(amina.page, second);
      await amina.page.keyboard.press('Enter');
      await amina.page.keyboard.type(`${meanwhile}.`);
      await status(amina.page, SAVED);
      await bilal.context.setOffline(false);
      await has(amina.page, offline);
      await has(bilal.page, meanwhile);
      // The server is killed in the midst of writing, and comes again.
      await behind(amina.page, meanwhile);
      await amina.page.keyboard.type(` ${dead} 1.`);
      await house.kill();
      await behind(bilal.page, offline);
      await bilal.page.keyboard.type(` ${dead} 2.`);
      for (const { page } of [amina, bilal]) await status(page, OFFLINE);
      await house.again();
      await has(amina.page, `${dead} 2.`);
      await has(bilal.page, `${dead} 1.`);
      // A tab is gone before the server has its last words.
      await bilal.context.route('**/steps', (route) => route.abort());
      await behind(bilal.page, offline);
      await bilal.page.keyboard.type(` ${killed}.`);
      await status(bilal.page, OFFLINE);
      await bilal.page.close({ runBeforeUnload: false });
      await bilal.context.unroute('**/steps');
      bilal.page = await bilal.context.newPage();
      await bilal.page.goto(draft);
      await has(bilal.page, killed);
      await has(amina.page, killed);
      // Somebody saves the plain form.
      const plain = await somebody({ javaScriptEnabled: false });
      await plain.context.addCookies(await bilal.context.cookies());
      await plain.page.goto(draft);
      await plain.page.fill('#text', `${await plain.page.inputValue('#text')}\n${form}.\n`);
      await plain.page.click('#text-form button.go');
      await plain.context.close();
      for (const { page } of [amina, bilal]) await has(page, form);
      const end = (await alike(amina, bilal)).join('\n');
      const written = [title, first, second, 'alpha beta gamma', 'one two three', offline, meanwhile, `${dead} 1.`, `${dead} 2.`, killed, form];
      for (const words of written) assert.equal(end.split(words).length - 1, 1, `${words} once in\n${end}`);
      // What the server has is what both see, and one stretch of writing is a few versions and not hundreds.
      const reader = await somebody({ javaScriptEnabled: false });
      await reader.context.addCookies(await amina.context.cookies());
      await reader.page.goto(draft);
      const file = await reader.page.inputValue('#text');
      for (const words of written) assert.ok(file.includes(words), words);
      await reader.page.goto(`${draft.split('?')[0]}/versions`);
      const versions = await reader.page.locator('ul.drafts li').count();
      assert.ok(versions <= 6, `${versions} versions`);
      await reader.context.close();
      assert.deepEqual([amina.errors, bilal.errors], [[], []]);
    });
  }

  test('whoever was signed out goes on after signing in in another tab', async () => {
    const { page, context } = amina;
    await behind(page, 'دفتر');
    await context.clearCookies({ name: 'ovn-session' });
    await page.keyboard.type(' پھر آئی.');
    await status(page, /signed out|داخلہ ختم/);
    const other = await context.newPage();
    await other.goto(`${house.newsroom}/sign-in`);
    await other.fill('#name', 'Amina Khan');
    await other.fill('#passphrase', PASSPHRASE);
    await other.click('form[action="/sign-in"] button.go');
    await other.waitForURL(`${house.newsroom}/`);
    const token = (one) => one.locator('input[name="token"]').first().evaluate((input) => input.value);
    const fresh = await token(other);
    await other.close();
    await status(page, SAVED);
    assert.equal(await token(page), fresh, 'the page’s own forms go on too');
    await has(bilal.page, 'پھر آئی.');
  });

  test('others’ carets for everybody: light and dark', async () => {
    const faults = [];
    for (const colorScheme of ['light', 'dark']) {
      const context = await chromium.newContext({ bypassCSP: true, colorScheme, viewport: { width: 360, height: 800 } });
      await context.addCookies(await amina.context.cookies());
      const page = await context.newPage();
      await page.goto(bilal.page.url());
      await page.locator('#ovn-sheet').waitFor();
      await bilal.page.locator('#ovn-sheet > p').first().click();
      await page.locator('#ovn-sheet .other bdi', { hasText: 'بلال احمد' }).waitFor();
      await bring(page);
      faults.push(...[...(await audit(page)), await sideways(page)].filter(Boolean));
      await context.close();
    }
    assert.deepEqual(faults, []);
  });
});
