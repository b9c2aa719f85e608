// The path of one article in a real Chromium, in English and in Urdu, with scripts and without: from `ovn serve` on an empty
// folder by two people's hands to readers, who report an error, and to its correction; checked by `ovn verify` on the way.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { launch } from './house/browser.mjs';
import { joinWith, people } from './house/devices.mjs';
import { JOURNEY, STATEMENT } from './house/journey.mjs';
import { start } from './house/newsroom.mjs';
import { joinBy, PASSPHRASE } from './house/people.mjs';
import { picture } from './house/picture.mjs';
import { isSaved, seats } from './house/somebody.mjs';
import { web } from './house/web.mjs';

const outside = await web({ '/footbridge': STATEMENT });
const chromium = await launch();
after(async () => {
  await chromium.close();
  outside.stop();
});
const reader = () => seats(chromium)({ javaScriptEnabled: false });
const file = { name: 'river.png', mimeType: 'image/png', buffer: picture(1100, 600) };

// How two people come in and write, with scripts: passkeys, each in a browser of their own, and the editor.
const scripted = {
  somebody: async () => {
    const one = await people(chromium)();
    await one.device();
    return one;
  },
  join: (one, link, name, lang) => joinWith(one, link, name, lang),
  again: async ({ page }, house) => {
    await page.click('form[action="/sign-out"] button');
    await page.click('form[data-passkey] button');
    await page.waitForURL(`${house.newsroom}/`);
  },
  write: async ({ page }, words) => {
    await page.locator('#ovn-sheet').waitFor();
    const about = await page.inputValue('#about');
    await page.fill('#about', `${about.trimEnd()}\nslug: ${words.slug}\ntopics: [${words.topic}]\n`);
    await page.click('form[action$="/about"] button');
    await page.waitForURL('**?did=saved');
    await page.locator('#ovn-sheet h1').click();
    await page.keyboard.type(words.headline);
    await page.keyboard.press('Enter');
    await page.keyboard.type(words.standfirst);
    await page.keyboard.press('Enter');
    await page.keyboard.type(words.text);
    await isSaved(page);
  },
  cite: async ({ page }, _, words) => {
    await page.locator('#ovn-sheet > p', { hasText: words.text }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Control+Shift+c');
    await page.locator('dialog input[role=combobox]').fill(words.source.slice(0, 4));
    await page.locator('dialog [role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.keyboard.type(words.end);
    await page.keyboard.press('Enter');
    await page.keyboard.type(words.more);
    await page.keyboard.press('Enter');
  },
  picture: async ({ page }, words) => {
    await page.click('.toolbar [data-word=image]');
    const dialog = page.locator('dialog');
    await dialog.locator('input[type=file]').setInputFiles(file);
    await dialog.locator('input[name=alt]').fill(words.alt);
    await dialog.locator('input[name=caption]').fill(words.caption);
    await dialog.locator('button[value=ok]').click();
    await dialog.waitFor({ state: 'detached' });
    await isSaved(page);
  },
  change: async ({ page }, words) => {
    const number = page.locator('#ovn-sheet > p', { hasText: words.wrong });
    await number.click();
    await page.keyboard.press('Control+f');
    const find = page.locator('.find input');
    await find.first().fill(words.wrong);
    await find.nth(1).fill(words.right);
    await page.locator('.find button').nth(3).click();
    await page.locator('#ovn-sheet > p', { hasText: words.right }).waitFor();
    await isSaved(page);
  },
};

// The same without scripts: a passphrase, a one-time code, and the article file in a form.
const plain = {
  somebody: reader,
  join: async (one, link, name, lang) => {
    await one.page.goto(`${link}?lang=${lang}`);
    one.name = name;
    one.code = await joinBy(one.page, link, name, lang, async () => one.page.locator('.codes code').first().innerText());
  },
  again: async ({ page, name, code }, house) => {
    for (const secret of [PASSPHRASE, code]) {
      await page.click('form[action="/sign-out"] button');
      await page.fill('#name', name);
      await page.fill('#passphrase', secret);
      await page.click('form[action="/sign-in"] button');
      await page.waitForURL(`${house.newsroom}/`);
    }
  },
  write: async ({ page }, words) => {
    const [head] = (await page.inputValue('#text')).split(/^---$/m).slice(1);
    const lines = head.split('\n').filter((line) => line && !/^(headline|standfirst|slug|topics):/.test(line));
    const own = [`headline: ${words.headline}`, `standfirst: ${words.standfirst}`, `slug: ${words.slug}`, `topics: [${words.topic}]`];
    await page.fill('#text', `---\n${[...own, ...lines].join('\n')}\n---\n\n${words.text}\n`);
    await page.click('#text-form button.go');
    await page.waitForURL('**?did=saved');
  },
  cite: async ({ page }, name, words) => {
    const text = await page.inputValue('#text');
    await page.fill('#text', text.replace(`\n${words.text}\n`, `\n${words.text} [@${name}]${words.end}\n\n${words.more}\n`));
    await page.click('#text-form button.go');
    await page.waitForURL('**?did=saved');
  },
  picture: async ({ page }, words) => {
    const draft = new URL(page.url()).pathname;
    await page.click('a[href$="/pictures"]');
    await page.setInputFiles('#picture-file', file);
    await page.fill('#picture-alt', words.alt);
    await page.fill('#picture-caption', words.caption);
    await page.click('form[action$="/pictures"] button.go');
    await page.waitForURL('**?did=added');
    await page.click(`.tabs a[href="${draft}"]`);
  },
  change: async ({ page }, words) => {
    const text = await page.inputValue('#text');
    await page.fill('#text', text.replaceAll(words.wrong, words.right));
    await page.click('#text-form button.go');
    await page.waitForURL('**?did=saved');
  },
};

for (const [how, hand] of [['with scripts', scripted], ['without scripts', plain]]) {
  for (const lang of ['en', 'ur']) {
    const words = JOURNEY[lang];
    describe(`the path of one article, ${how}: ${lang}`, { timeout: 240_000 }, () => {
      let house, first, second, draft, path, letter;
      after(() => house?.stop());
      const read = async (place) => (await fetch(house.readers + place)).text();
      const passed = async (one, note) => {
        await one.page.goto(house.newsroom + draft);
        await one.page.click('form[action$="/approve"] button');
        await one.page.waitForURL('**?did=approve');
        await one.page.click('a[href$="/publish"]');
        if (note) {
          await one.page.selectOption('#class', 'correction');
          await one.page.fill('#note', note);
        }
        await one.page.click('form[action$="/publish"] button.go');
        await one.page.waitForURL('**/drafts/*?did=sealed');
        return new URL(await one.page.getAttribute('.note a', 'href')).pathname;
      };

      test('two people come into an edition that began as an empty folder', async () => {
        house = await start({ empty: true, env: { OVN_TEST_WEB: outside.socket } });
        assert.match(house.said, /was empty: an edition/);
        // What its operator sets once: two languages, and four eyes.
        await house.set('four-eyes = true\n');
        first = await hand.somebody();
        await hand.join(first, house.link(), words.first, lang);
        assert.equal(await first.page.getAttribute('html', 'lang'), lang);
        await hand.again(first, house);
        await first.page.click('.menu a[href="/people"]');
        await first.page.selectOption('#role', 'publisher');
        await first.page.click('form[action="/people/invite"] button');
        second = await hand.somebody();
        await hand.join(second, await first.page.inputValue('#link'), words.second, lang);
      });

      test('one writes, takes a source from its address, cites it, and adds a picture', async () => {
        const { page } = first;
        await page.goto(house.newsroom);
        await page.click(`button[name=lang][value=${lang}]`);
        draft = new URL(page.url()).pathname;
        await hand.write(first, words);
        await page.click(`a[href="${draft}/sources"]`);
        await page.fill('#fetch-url', 'https://council.example/footbridge'.replace('https', 'http'));
        await page.fill('#fetch-title', words.source);
        await page.selectOption('#fetch-kind', 'statement');
        await page.click('form[action$="/fetch"] button.go');
        await page.waitForURL('**/sources?did=*');
        const [, name] = /\[@([^\]]+)\]/.exec(await page.innerText('.note'));
        await page.click(`main a[href="${draft}"]`);
        await hand.cite(first, name, words);
        await hand.picture(first, words);
        await page.goto(house.newsroom + draft);
        assert.equal(await page.locator('ul.open.bad').count(), 0, 'nothing of the form is wrong');
        assert.equal(await page.locator('a[href$="/publish"]').count(), 0, 'nobody publishes what only they have seen');
        await page.click('form[action$="/submit"] button');
        await page.waitForURL('**?did=submit');
      });

      test('the other approves and publishes, and readers see the sealed article with the archived source', async () => {
        path = await passed(second);
        assert.match(path, new RegExp(`/${words.slug}$`));
        const { page, context } = await reader();
        await page.goto(house.readers + path);
        assert.equal(await page.getAttribute('html', 'lang'), lang);
        assert.equal(await page.locator('h1').innerText(), words.headline);
        const main = await page.innerText('main');
        for (const part of [words.text, words.more, words.source, words.caption, words.topic]) assert.ok(main.includes(part), part);
        assert.equal(await page.locator('.sealed').count(), 1);
        assert.equal(await page.locator('figure img').getAttribute('alt'), words.alt);
        const copy = await page.locator('#sources a[href*="/record/blob/"]').first().getAttribute('href');
        assert.match(await (await fetch(new URL(copy, house.readers))).text(), /It opens on Monday\./);
        assert.equal((await context.cookies()).length, 0);
        await context.close();
        assert.match(house.verify(`${house.readers}${path}`, '--forget'), /good|sealed/i);
        house.verify();
      });

      test('a reader reports an error by the form', async () => {
        const { page, context } = await reader();
        await page.goto(house.readers + path);
        await page.click('main a[href$="/report"]');
        await page.fill('#what', words.report);
        // What is sent faster than people write is given back.
        await page.waitForTimeout(3100);
        await page.click('main form button');
        await page.waitForURL('**/report/*');
        letter = new URL(page.url()).pathname;
        await context.close();
      });

      test('one corrects it with class and note, the other approves and publishes', async () => {
        const { page } = first;
        await page.goto(house.newsroom);
        await page.click('.menu a[href="/letters"]');
        await page.click('main .drafts a');
        assert.ok((await page.innerText('main')).includes(words.report));
        await page.click('form[action$="/correct"] button');
        draft = new URL(page.url()).pathname;
        await hand.change(first, words);
        await page.click('form[action$="/submit"] button');
        await page.waitForURL('**?did=submit');
        assert.equal(await passed(second, words.note), path);
      });

      test('page, feeds, data, sitemap and search have it at once, and it verifies', async () => {
        const own = lang === 'en' ? '' : '/ur';
        const page = await read(path);
        assert.ok(page.includes(words.more.replace(words.wrong, words.right)) && page.includes(words.note), 'the page');
        const [data] = [...page.matchAll(/<script type="application\/ld\+json">([^]*?)<\/script>/g)].map(([, json]) => json).filter((json) => json.includes('NewsArticle'));
        const article = [JSON.parse(data)].flatMap((one) => one['@graph'] ?? one).find((one) => /Article/.test(one['@type']));
        assert.ok(JSON.stringify(article.correction).includes(words.note), 'JSON-LD');
        assert.ok(article.dateModified >= article.datePublished);
        for (const feed of ['/feed.atom', '/feed.rss', '/feed.json']) assert.ok((await read(own + feed)).includes(words.right), own + feed);
        assert.ok((await read(`${own}/corrections`)).includes(words.note), 'the list of corrections');
        const [, after] = (await read('/sitemap.xml')).split(`${path}</loc>`);
        const [, changed] = /^\s*<lastmod>([^<]+)<\/lastmod>/.exec(after ?? '') ?? assert.fail('the sitemap');
        assert.equal(Date.parse(changed), Date.parse(article.dateModified));
        assert.ok((await read('/news-sitemap.xml')).includes(words.headline), 'the news sitemap');
        assert.ok((await read(`${own}/search?q=${encodeURIComponent(`${words.search} ${words.right}`)}`)).includes(words.headline), 'search');
        assert.ok((await read(letter)).includes(path), 'the receipt');
        assert.match(house.verify(`${house.readers}${path}`, '--forget'), /good|sealed/i);
        house.verify();
        assert.deepEqual([...first.errors, ...second.errors], []);
      });
    });
  }
}
