// Comments in a real Chromium: two people in English and Urdu who comment, answer, resolve and open again by keyboard, offline too, paste
// what Word and Google Docs give, and do the same without scripts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { look } from './house/axe.mjs';
import { launch } from './house/browser.mjs';
import { start } from './house/newsroom.mjs';
import { two } from './house/people.mjs';
import { isSaved, seats } from './house/somebody.mjs';

const FIXTURES = process.env.OVN_FIXTURES ?? resolve(import.meta.dirname, '../../fixtures/editor');
const fixture = (name) => readFileSync(resolve(FIXTURES, name), 'utf8');
const house = await start();
const chromium = await launch();
after(async () => {
  await chromium.close();
  house.stop();
});
const somebody = seats(chromium, { cut: true });

const DRAFTS = [
  { lang: 'en', title: 'A pier opens', before: 'The pier ', about: 'opens on Monday', end: ', they say.', words: 'Is this so? @بلال احمد', answer: 'جی ہاں، دفتر نے کہا ہے۔', offline: 'Said on a train' },
  { lang: 'ur', title: 'گھاٹ کھلتا ہے', before: 'گھاٹ ', about: 'پیر کو کھلے گا', end: '، وہ کہتے ہیں۔', words: 'کیا یہ درست ہے؟ @بلال احمد', answer: 'ہاں، دفتر نے کہا ہے۔', offline: 'ریل میں کہا' },
];

// One comment of the list, by a part of its words.
const thread = (page, words) => page.locator('.comments [role=comment]', { hasText: words });
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
// Says something about what is selected, by keyboard alone.
async function comment(page, words) {
  await press(page, 'Control+Alt+m');
  await page.locator('dialog textarea:focus').waitFor();
  await page.keyboard.type(words);
  await press(page, 'Control+Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('#ovn-sheet:focus').waitFor();
}
// Goes on with Tab until what is focused says this.
async function tabTo(page, name) {
  for (let times = 0; times < 12; times++) {
    await press(page, 'Tab');
    if ((await page.locator(':focus').textContent().catch(() => '')) === name) return;
  }
  assert.fail(`no Tab led to ${name}`);
}
const paste = (page, html) =>
  page.evaluate((html) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    document.querySelector('#ovn-sheet').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, html);
async function begin(page, lang) {
  await page.goto(house.newsroom);
  await page.click(`button[name=lang][value=${lang}]`);
  await page.locator('#ovn-sheet').waitFor();
  return page.url().split('?')[0];
}
async function intoText(page) {
  await page.locator('#ovn-sheet > p').last().click();
  await page.locator('button[data-word=cite][aria-disabled=false]').waitFor();
}

describe('comments', { timeout: 300_000 }, () => {
  let amina, bilal;
  const drafts = {};

  test('both come in', async () => {
    [amina, bilal] = await two(house, somebody);
  });

  for (const { lang, title, before, about, end, words, answer, offline } of DRAFTS) {
    test(`one comments, the other answers and resolves, by keyboard: ${lang}`, async () => {
      const { page } = amina;
      const draft = (drafts[lang] = await begin(page, lang));
      await page.locator('#ovn-sheet h1').click();
      await page.keyboard.type(title);
      await intoText(page);
      await page.keyboard.type(before + about + end);
      for (let times = 0; times < end.length; times++) await press(page, 'ArrowLeft');
      if (lang === 'ur') await press(page, 'Control+End');
      await page.evaluate((about) => {
        // The words by their place in the text: arrows go by what is seen, which is another order in Urdu.
        const node = document.createTreeWalker(document.querySelector('#ovn-sheet > p:last-child'), NodeFilter.SHOW_TEXT).nextNode();
        const at = node.data.indexOf(about);
        getSelection().setBaseAndExtent(node, at, node, at + about.length);
      }, about);
      await comment(page, words);
      await isSaved(page);
      const mark = page.locator('#ovn-sheet mark.commented');
      assert.equal(await mark.textContent(), about);
      const id = await mark.getAttribute('aria-details');
      assert.equal(await page.locator(`[id="${id}"][role=comment] q`).textContent(), about);
      // It has a line of dots, whatever its colour.
      assert.equal(await mark.evaluate((one) => getComputedStyle(one).borderBlockEndStyle), 'dotted');

      // The other finds it on the first screen, opens the draft, and goes from the words to the comment.
      await bilal.page.goto(house.newsroom);
      await bilal.page.locator('#for-me').waitFor();
      await bilal.page.goto(draft);
      await bilal.page.locator('#ovn-sheet mark.commented').click();
      await press(bilal.page, 'Control+Alt+m');
      await bilal.page.locator('[role=comment]:focus').waitFor();
      await tabTo(bilal.page, 'جواب');
      await press(bilal.page, 'Enter');
      await bilal.page.locator('.comments textarea:focus').waitFor();
      await bilal.page.keyboard.type(answer);
      await press(bilal.page, 'Control+Enter');
      await thread(page, answer).waitFor();
      assert.equal(await page.locator('.comments .news').textContent(), 'New comment: بلال احمد');
      await bilal.page.goto(house.newsroom);
      assert.equal(await bilal.page.locator('#for-me').count(), 0, 'whoever answers has read it');
      await page.goto(house.newsroom);
      await page.locator('#for-me').waitFor();
      await page.goto(draft);
      await bilal.page.goto(draft);

      // Escape leads back to the text, and the list to the place.
      await thread(page, answer).focus();
      await tabTo(page, 'Show');
      await press(page, 'Enter');
      await page.locator('#ovn-sheet:focus').waitFor();
      assert.equal(await page.evaluate(() => getSelection().toString()), about);
      await press(page, 'Control+Alt+m');
      await page.locator('dialog').waitFor();
      await press(page, 'Escape');
      await page.locator('#ovn-sheet:focus').waitFor();

      // Undo takes back what was written, and no comment.
      await intoText(page);
      await press(page, 'End');
      await page.keyboard.type(' x');
      await press(page, 'Control+z', 'Control+z');
      assert.equal(await page.locator('#ovn-sheet mark.commented').textContent(), about);

      // Offline it is kept and shown, and comes on return.
      await amina.context.setOffline(true);
      await press(page, 'Control+Home');
      await comment(page, offline);
      await thread(page, offline).locator('.waits', { hasText: 'Kept on this device' }).waitFor();
      await amina.context.setOffline(false);
      await thread(bilal.page, offline).waitFor();
      await page.locator('.comments .waits').waitFor({ state: 'detached' });
      assert.equal(await thread(bilal.page, offline).count(), 1);

      // Resolved, it is behind, and its words are as all others; opened again, it is as before.
      await thread(bilal.page, answer).focus();
      await tabTo(bilal.page, 'حل شدہ');
      await press(bilal.page, 'Enter');
      await page.locator('.comments summary', { hasText: 'Resolved comments: 1' }).waitFor();
      assert.equal(await page.locator('#ovn-sheet mark.commented', { hasText: about }).count(), 0);
      await page.locator('.comments summary').click();
      await thread(page, answer).locator('.waits', { hasText: /^Resolved by بلال احمد/ }).waitFor();
      await thread(page, answer).locator('button', { hasText: 'Open again' }).click();
      await bilal.page.locator('#ovn-sheet mark.commented', { hasText: about }).waitFor();

      // Its words are taken out: it stays, with the words as they were.
      await thread(page, answer).focus();
      await tabTo(page, 'Show');
      await press(page, 'Enter', 'Delete');
      await thread(page, answer).locator('.gone').waitFor();
      assert.equal(await thread(page, answer).locator('q').textContent(), about);
      await press(page, 'Control+z');
      await thread(page, answer).locator('.gone').waitFor({ state: 'detached' });
      await isSaved(page);
      assert.deepEqual([amina.errors, bilal.errors], [[], []]);
    });
  }

  test('what Word gives keeps its comments, answers and tracked changes', async () => {
    const { page } = amina;
    const draft = await begin(page, 'en');
    await intoText(page);
    await paste(page, fixture('word-comments.html'));
    await isSaved(page);
    const first = thread(page, 'Bilal Ahmed wrote in Word: Is this so?');
    await first.waitFor();
    assert.equal(await first.locator('q').textContent(), 'opens on Monday');
    assert.match(await first.textContent(), /Is this so\?\nAsk the office\./);
    assert.equal(await first.locator('ul li .words').textContent(), 'Carla Ruiz wrote in Word: They say it is.');
    await page.locator('.comments summary', { hasText: 'Resolved comments: 1' }).waitFor();
    await thread(page, 'Carla Ruiz suggested this in Word.').waitFor();
    assert.equal(await thread(page, 'Bilal Ahmed suggested this').locator('q').textContent(), 'long120 metres long');
    assert.deepEqual(await page.locator('.suggestions li .buttons').count(), 2);
    assert.match(await page.locator('.suggestions li').first().textContent(), /^Amina Khan · .* · strikes “long”; adds “120 metres long”/);
    const text = (await page.locator('#ovn-sheet > p').allTextContents()).join('|');
    assert.equal(text, '|The pier opens on Monday, the council says.|It is long120 metres long and new. Nobody came.');
    // The same of a person without an editor: nothing of it is in the article.
    const plain = await somebody({ javaScriptEnabled: false });
    await plain.context.addCookies(await amina.context.cookies());
    await plain.page.goto(draft);
    assert.match(await plain.page.inputValue('#text'), /The pier opens on \*\*Monday\*\*, the council says\.\n\nIt is long and new\.\n/);
    await plain.context.close();
    // Undo of the paste leaves the comments in the list.
    await intoText(page);
    assert.deepEqual(amina.errors, []);
  });

  test('a web page that Google Docs wrote is dropped, with its comments', async () => {
    const { page } = amina;
    await begin(page, 'en');
    await intoText(page);
    await page.evaluate((html) => {
      const data = new DataTransfer();
      data.items.add(new File([html], 'Piers.html', { type: 'text/html' }));
      document.querySelector('#ovn-sheet').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }, fixture('docs-comments.html'));
    await thread(page, 'From Google Docs: By whose measure?').waitFor();
    assert.equal(await thread(page, 'By whose').locator('q').textContent(), 'They are 120 metres\u00a0long');
    assert.match(await thread(page, 'The office').textContent(), /The office\nhas a plan\./);
    await isSaved(page);
    assert.equal(await page.locator('#ovn-sheet strong').textContent(), '120 metres');
    assert.equal(await page.locator('#ovn-sheet h2').textContent(), 'The piers');
    assert.equal(await page.locator('#ovn-sheet', { hasText: '[a]' }).count(), 0);
    assert.deepEqual(amina.errors, []);
  });

  test('without scripts there are forms for all of it', async () => {
    const plain = await somebody({ javaScriptEnabled: false });
    await plain.context.addCookies(await bilal.context.cookies());
    const { page } = plain;
    await page.goto(`${drafts.en}/comments`);
    await page.fill('#words', 'یہ پورے مسودے کے بارے میں ہے');
    await page.click('form:has(#quote) button.go');
    await page.locator('li', { hasText: 'پورے مسودے' }).first().waitFor();
    await page.fill('#words', 'یہ الفاظ');
    await page.fill('#quote', 'The pier');
    await page.click('form:has(#quote) button.go');
    const own = page.locator('ul.threads > li', { hasText: 'یہ الفاظ' });
    await own.locator('textarea').fill('اور جواب');
    await own.locator('form[action$="/comments"] button').click();
    await own.locator('.answers', { hasText: 'اور جواب' }).waitFor();
    // Whoever writes sees it at once, at its words.
    await amina.page.goto(drafts.en);
    await thread(amina.page, 'اور جواب').waitFor();
    await amina.page.locator('#ovn-sheet mark.commented', { hasText: 'The pier' }).waitFor();
    await own.locator('button[name=resolved]').click();
    await amina.page.locator('#ovn-sheet mark.commented', { hasText: 'The pier' }).waitFor({ state: 'detached' });
    // A browser opens what is folded when the address leads into it.
    if (!(await own.locator('button[value=no]').isVisible())) await page.locator('details summary').click();
    await own.locator('button[value=no]').click();
    await amina.page.locator('#ovn-sheet mark.commented', { hasText: 'The pier' }).waitFor();
    await plain.context.close();
  });

  test('for everybody: no axe violation at 360 and 1280 px, light and dark', async () => {
    const faults = [];
    for (const [name, one] of [['en', amina], ['ur', bilal]]) {
      const context = await chromium.newContext({ bypassCSP: true });
      await context.addCookies(await one.context.cookies());
      const page = await context.newPage();
      await page.goto(drafts[name]);
      await page.locator('.comments li').first().waitFor();
      await page.locator('.comments [role=comment] button', { hasText: /^(Answer|جواب)$/ }).first().click();
      faults.push(...(await look(page, `comments in the editor, ${name}`)));
      await page.locator('#ovn-sheet > p').last().click();
      await press(page, 'Control+Alt+m');
      if (await page.locator('dialog').count()) faults.push(...(await look(page, `the dialog for a comment, ${name}`)));
      await page.goto(`${drafts[name]}/comments`);
      faults.push(...(await look(page, `the page of comments, ${name}`)));
      await page.goto(house.newsroom);
      faults.push(...(await look(page, `comments for you, ${name}`)));
      await page.goto(`${drafts[name]}/publish`);
      faults.push(...(await look(page, `the checklist, ${name}`)));
      await context.close();
    }
    assert.deepEqual(faults, []);
  });
});
