// RSS 2.0, Atom and JSON Feed 1.1: valid, whole, alike, and a correction visible as an update.
import { describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import Ajv from 'ajv';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { JSDOM } from 'jsdom';
import { none, some } from '../house/say.mjs';
import { byRelaxNg } from '../house/xml.mjs';

const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, '../schemas/jsonfeed.json'), 'utf8'));
const TYPES = { atom: 'application/atom+xml', rss: 'application/rss+xml', json: 'application/feed+json' };

const plain = (html) => new JSDOM(html ?? '').window.document.body.textContent.replace(/\s+/g, ' ').trim();
// The feed without the elements of other namespaces, which Atom allows anywhere.
function own(text) {
  const dom = new JSDOM(text, { contentType: 'text/xml' });
  const { document } = dom.window;
  const known = [document.documentElement.namespaceURI, 'http://www.w3.org/1999/xhtml'];
  document.querySelectorAll('*').forEach((element) => known.includes(element.namespaceURI) || element.remove());
  return dom.serialize();
}

const pathOf = (url) => new URL(url).pathname;

// Feeds that a page names or a link reaches, and the edition's own.
function feeds(site, kind) {
  const paths = [...site.pages.values()].filter((page) => page.isOk && pathOf(site.address + page.path).endsWith(`feed.${kind}`));
  some(paths, `feed.${kind}`);
  return paths;
}

const main = (site, kind) => {
  const page = site.pages.get(`/feed.${kind}`);
  assert.equal(page?.status, 200, `/feed.${kind}`);
  return page;
};

export default (site) =>
  describe('feeds', () => {
    test('every feed says its type', () => {
      for (const [kind, type] of Object.entries(TYPES)) {
        none(feeds(site, kind).filter((page) => !page.type.startsWith(type)).map((page) => `${page.path}: ${page.type}`), 'wrong type');
      }
    });

    test('Atom is valid', async () => {
      const bad = await byRelaxNg('<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>', 'atom.rng');
      some(bad, 'fault in a feed without id');
      const faults = await Promise.all(feeds(site, 'atom').map(async ({ path, text }) => (await byRelaxNg(own(text), 'atom.rng')).map((f) => `${path} ${f}`)));
      none(faults.flat(), 'fault in Atom');
    });

    test('RSS is valid', async () => {
      some(await byRelaxNg('<rss version="2.0"><channel><title>x</title></channel></rss>', 'rss.rng'), 'fault in a channel without link');
      const faults = await Promise.all(feeds(site, 'rss').map(async ({ path, text }) => (await byRelaxNg(text, 'rss.rng')).map((f) => `${path} ${f}`)));
      none(faults.flat(), 'fault in RSS');
    });

    test('JSON Feed is valid', () => {
      const validate = new Ajv({ allErrors: true, strict: false }).compile(SCHEMA);
      assert.equal(validate({ version: 'https://jsonfeed.org/version/1', title: 'x', items: [] }), false);
      const faults = feeds(site, 'json').flatMap(({ path, text }) =>
        validate(JSON.parse(text)) ? [] : validate.errors.map((e) => `${path}${e.instancePath} ${e.message}`));
      none(faults, 'fault in JSON Feed');
    });

    test('the three say the same, and readers that are not ours read them', () => {
      const atom = parseAtomFeed(main(site, 'atom').text);
      const rss = parseRssFeed(main(site, 'rss').text);
      const json = parseJsonFeed(main(site, 'json').text);
      const titles = (list) => list.map((item) => (typeof item.title === 'string' ? item.title : item.title?.value)?.trim());
      some(atom.entries, 'entry');
      assert.deepEqual(titles(rss.items), titles(atom.entries));
      assert.deepEqual(titles(json.items), titles(atom.entries));
    });

    test('each item holds its whole article', () => {
      const faults = [];
      for (const item of JSON.parse(main(site, 'json').text).items) {
        const page = site.pages.get(pathOf(item.url)) ?? site.pages.get(decodeURI(pathOf(item.url)));
        if (!page?.isOk) {
          faults.push(`${item.url} is not a page`);
          continue;
        }
        // Source marks may be written otherwise in a feed, so whole paragraphs are compared without them; the desk's
        // questions are about the text and stay on the page.
        const given = plain(item.content_html).replace(/[^\p{L}]+/gu, '');
        const article = page.document.querySelector('article').cloneNode(true);
        article.querySelectorAll('sup, aside, nav, [role=note], .x, #desk').forEach((mark) => mark.remove());
        const paragraphs = [...article.querySelectorAll('p[data-b]')].map((p) => p.textContent.replace(/[^\p{L}]+/gu, ''));
        if (!paragraphs.some((paragraph) => paragraph.length > 40)) faults.push(`${item.url}: no paragraph to compare`);
        for (const paragraph of paragraphs.filter((text) => text.length > 40)) {
          if (!given.includes(paragraph)) faults.push(`${item.url} lacks “${paragraph.slice(0, 60)}…”`);
        }
      }
      none(faults, 'article that a feed cuts');
    });

    test('a corrected article shows as an update', () => {
      const { document } = new JSDOM(main(site, 'atom').text, { contentType: 'text/xml' }).window;
      const updated = [...document.querySelectorAll('entry')].filter((entry) => {
        const at = (name) => Date.parse(entry.querySelector(name)?.textContent);
        return at('updated') > at('published');
      });
      some(updated, 'entry updated after it was published');
      const items = JSON.parse(main(site, 'json').text).items;
      some(items.filter((item) => Date.parse(item.date_modified) > Date.parse(item.date_published)), 'item modified after it was published');
    });

    test('identities are unique and addresses absolute', () => {
      const { document } = new JSDOM(main(site, 'atom').text, { contentType: 'text/xml' }).window;
      const ids = [...document.querySelectorAll('entry > id')].map((id) => id.textContent);
      assert.equal(new Set(ids).size, ids.length);
      const relative = JSON.parse(main(site, 'json').text).items.flatMap((item) =>
        [...new JSDOM(item.content_html).window.document.querySelectorAll('[href], [src]')]
          .map((element) => element.getAttribute('href') ?? element.getAttribute('src'))
          .filter((address) => !/^(https?:|mailto:)/.test(address))
          .map((address) => `${item.url}: ${address}`));
      none(relative, 'relative address in a feed');
    });
  });
