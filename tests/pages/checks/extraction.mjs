// Three extractors that are not ours get headline, authors, date and body of every article right.
import { describe, test } from 'node:test';
import { extractFromHtml } from '@extractus/article-extractor';
import { Readability } from '@mozilla/readability';
import { Defuddle } from 'defuddle/node';
import { JSDOM } from 'jsdom';
import { pool } from '../house/browser.mjs';
import { none, some } from '../house/say.mjs';

const flat = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const letters = (text) => flat(text).normalize('NFC').replace(/[^\p{L}]+/gu, '').toLowerCase();
const textOf = (html) => new JSDOM(html ?? '').window.document.body.textContent;

// What the page says of itself, from its structured data and its own marked blocks.
function truth({ document }) {
  const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')].map((script) => JSON.parse(script.textContent));
  const article = scripts.flatMap((data) => data['@graph'] ?? [data]).find((thing) => /Article$/.test([thing['@type']].flat()[0]));
  const body = document.querySelector('article').cloneNode(true);
  // Notes and the header's own lines repeat or frame the text; an extractor may leave them out.
  body.querySelectorAll('sup, aside, nav, header, [role=note], .x, .l').forEach((mark) => mark.remove());
  return {
    headline: flat(article.headline),
    authors: [article.author].flat().filter(Boolean).map((author) => flat(author.name ?? author)),
    day: article.datePublished,
    paragraphs: [...body.querySelectorAll('p[data-b]')].map((p) => letters(p.textContent)).filter((text) => text.length > 60),
  };
}

const READERS = {
  Readability: ({ text }, url) => {
    const found = new Readability(new JSDOM(text, { url }).window.document).parse();
    return { headline: found?.title, authors: found?.byline, day: found?.publishedTime, body: found?.textContent };
  },
  'article-extractor': async ({ text }, url) => {
    const found = await extractFromHtml(text, url, { contentLengthThreshold: 50 });
    return { headline: found?.title, authors: found?.author, day: found?.published, body: textOf(found?.content) };
  },
  Defuddle: async ({ text }, url) => {
    const found = await Defuddle(new JSDOM(text, { url }).window.document, url);
    return { headline: found?.title, authors: found?.author, day: found?.published, body: textOf(found?.content) };
  },
};

function compare(found, wanted) {
  const faults = [];
  if (!letters(found.headline).includes(letters(wanted.headline))) faults.push(`headline “${found.headline}”, not “${wanted.headline}”`);
  const missing = wanted.authors.filter((author) => !letters(found.authors).includes(letters(author)));
  if (missing.length > 0) faults.push(`authors “${found.authors}” lack ${missing.join(', ')}`);
  if (Date.parse(found.day) !== Date.parse(wanted.day)) faults.push(`date ${found.day}, not ${wanted.day}`);
  const body = letters(found.body);
  const lost = wanted.paragraphs.filter((paragraph) => !body.includes(paragraph));
  if (lost.length > 0) faults.push(`body lacks ${lost.length} of ${wanted.paragraphs.length} paragraphs, first ${lost[0].slice(0, 50)}…`);
  return faults;
}

export default (site) =>
  describe('extraction', () => {
    for (const [name, read] of Object.entries(READERS)) {
      test(`${name} reads every article right`, { timeout: 120_000 }, async () => {
        some(site.articles, 'article');
        const faults = await pool(site.articles, async (page) => {
          const found = await read(page, site.base + page.path);
          return compare(found, truth(page)).map((fault) => `${page.path}: ${fault}`);
        });
        none(faults.flat(), `thing that ${name} gets wrong`);
      });
    }
  });
