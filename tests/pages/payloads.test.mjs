// Lines that would run something if a page took them for markup, in every field of articles, in a running browser: under the
// pages' own content security policy, and with it turned off, so that neither layer leans on the other.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launch, pool } from './house/browser.mjs';
import { start } from './house/newsroom.mjs';
import { payloads } from './house/payloads.mjs';

const PIECE = 100; // As many as one list of an article may hold.
const LINES = payloads();
const house = await start({ fourEyes: false });
const browser = await launch();
after(async () => {
  await browser.close();
  house.stop();
});

// As many of `lines` as a text of `most` characters holds.
function fill(lines, most) {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + 1 > most) break;
    text += (text && ' ') + line;
  }
  return text;
}

// The article whose every field holds lines of one piece.
function article(lines, number) {
  const escaped = lines.map((line) => line.trim().replace(/[!-\/:-@[-`{-~]/g, '\\$&').replaceAll('\u00a0', '&nbsp;'));
  const plain = lines.map((line) => line.trim()).filter((line) => !line.includes('`'));
  const list = (key, values) => `${key}:\n${values.map((value) => `  - ${JSON.stringify(value.trim())}\n`).join('')}`;
  const reference = (line, at) => `  - ${JSON.stringify({ id: `s${at}`, type: 'speech', title: line, publisher: line, 'container-title': line, author: [{ literal: line }], issued: line, custom: { kind: 'statement', 'speaks-for': line, reason: line } })}\n`;
  const turned = [...lines.slice(number % lines.length), ...lines].map((line) => line.trim());
  return [
    '---\n',
    `headline: ${JSON.stringify(fill(turned, 290))}\nlang: ${number % 4 === 3 ? 'ur' : 'en'}\nslug: payload-${number}\n`,
    `standfirst: ${JSON.stringify(fill(turned, 1990))}\nstory: ${JSON.stringify(turned[0])}\ndateline: ${JSON.stringify({ place: turned[1] })}\n`,
    list('byline', lines.slice(0, 50)),
    list('topics', lines),
    list('parties', lines),
    `events:\n${lines.map((line) => `  - ${JSON.stringify({ date: '2026', text: line.trim() })}\n`).join('')}`,
    `references:\n${lines.map((line) => line.trim()).map(reference).join('')}`,
    '---\n',
    escaped.map((line, at) => `${line} **${line}** [${line}](https://example.org/${at}) [@s${at}, ${escaped[at]}]\n\n`).join(''),
    escaped.slice(0, 20).map((line) => `- ${line}\n\n> ${line}\n\n## ${line}\n\n`).join(''),
    plain.map((line) => `\`${line}\`\n\n`).join(''),
    `\`\`\`\n${plain.join('\n')}\n\`\`\`\n\n`,
    `| a | b |\n| --- | --- |\n${escaped.map((line) => `| ${line} | ${line} |\n`).join('')}`,
  ].join('');
}

// A context in which `ran()` and every dialog is written down, and each request that leaves the server.
async function watched(options) {
  const context = await browser.newContext(options);
  const seen = [];
  await context.exposeBinding('ran', ({ page }) => seen.push(`ran() in ${page.url()}`));
  context.on('page', (page) => {
    page.on('dialog', (dialog) => (seen.push(`a dialog in ${page.url()}`), dialog.dismiss()));
    page.on('request', (request) => {
      if (!request.url().startsWith(house.readers)) seen.push(`${page.url()} asked for ${request.url().slice(0, 100)}`);
    });
  });
  return { context, seen };
}

// What stands in a page and could run when somebody touches it.
const armed = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const attributes = [...element.attributes].filter(({ name, value }) => /^on/i.test(name) || /^[\s\u0000-\u0020]*javascript:/i.test(value) || ['srcdoc', 'formaction', 'autofocus'].includes(name));
      const script = element.localName === 'script' && element.type !== 'application/ld+json';
      return attributes.length > 0 || script ? [element.outerHTML.slice(0, 120)] : [];
    }),
  );

test('the watch sees what runs where nothing is escaped', async () => {
  const { context, seen } = await watched();
  const page = await context.newPage();
  for (const line of ['<script>ran()</script>', '"><img src=x onerror=ran()>', '<svg onload=ran()>', '<input autofocus onfocus=ran()>']) {
    const before = seen.filter((one) => one.startsWith('ran()')).length;
    assert(LINES.includes(line) || LINES.some((one) => one.replace(/ +/g, ' ') === line), line);
    await page.setContent(`<!doctype html><p title="a">${line}</p>`);
    await page.waitForTimeout(300);
    assert(seen.filter((one) => one.startsWith('ran()')).length > before, line);
  }
  await page.setContent(`<!doctype html><p>${LINES.find((line) => line.includes('onclick'))}`);
  assert((await armed(page)).length > 0);
  await context.close();
});

test('case_004_no_line_runs_in_a_browser', async () => {
  assert(LINES.length >= 10_000, `${LINES.length} lines`);
  const folder = join(house.edition, '..', 'files');
  mkdirSync(folder);
  const pieces = Array.from({ length: Math.ceil(LINES.length / PIECE) }, (_, at) => LINES.slice(at * PIECE, (at + 1) * PIECE));
  const files = pieces.map((lines, number) => {
    const path = join(folder, `payload-${number}.md`);
    writeFileSync(path, article(lines, number));
    return path;
  });
  const paths = house.publish(files);
  assert.equal(paths.length, files.length);

  const get = async (path) => (await fetch(house.readers + path)).text();
  const topics = [...new Set((await Promise.all(paths.slice(0, 8).map(get))).flatMap((html) => [...html.matchAll(/href="(\/topic\/[^"]*)"/g)].map(([, path]) => path)))];
  assert(topics.length > 20, `${topics.length} topics`);
  const others = ['/', '/corrections', '/balance', '/sources', '/record', '/feed.atom', '/feed.rss', '/feed.json', '/sitemap.xml', '/news-sitemap.xml'];
  const searches = LINES.filter((_, at) => at % 100 === 7).map((line) => `/search?q=${encodeURIComponent(line)}`);
  const again = paths.filter((_, at) => at % 16 === 0).flatMap((path) => [`${path}.md`, `${path}.json`]);
  const everywhere = [...others, ...paths, ...topics.filter((_, at) => at % 10 === 0), ...searches, ...again];

  for (const [options, which] of [[{ bypassCSP: true }, everywhere], [{}, everywhere.filter((_, at) => at % 8 === 0)]]) {
    const { context, seen } = await watched(options);
    const found = await pool(which, async (path) => {
      const page = await context.newPage();
      const answer = await page.goto(house.readers + path, { waitUntil: 'load' }).catch((error) => {
        // A text that is no page is saved by the browser, not shown.
        if (!/Download is starting/.test(error.message)) throw error;
      });
      const wrong = answer && answer.status() !== 200 ? [`${path} is ${answer.status()}`] : [];
      wrong.push(...(await armed(page)).map((html) => `${path}: ${html}`));
      // What a click, a key or a pointer would begin.
      await page.keyboard.press('Tab');
      await page.mouse.move(200, 200);
      await page.close();
      return wrong;
    });
    assert.deepEqual(found.flat(), []);
    assert.deepEqual(seen, []);
    await context.close();
  }
  console.log(`${LINES.length} lines in ${files.length} articles; ${everywhere.length} pages without a policy, an eighth of them with theirs: nothing ran`);
});
