// Sitemaps are valid and name the pages that exist; robots.txt and trust.txt say what they should.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { JSDOM } from 'jsdom';
import { none, some } from '../house/say.mjs';
import { bySchema } from '../house/xml.mjs';

const IMPORTED = ['sitemap-news.xsd', 'sitemap-link.xsd'];
const get = async (site, path) => {
  const response = await fetch(site.address + path);
  assert.equal(response.status, 200, path);
  return { text: await response.text(), type: response.headers.get('content-type') };
};
const addresses = (text) => [...new JSDOM(text, { contentType: 'text/xml' }).window.document.querySelectorAll('url > loc')].map((loc) => loc.textContent.trim());

export default (site) =>
  describe('sitemaps', () => {
    test('the schema catches a bad sitemap', async () => {
      const bad = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><lastmod>today</lastmod></url></urlset>';
      some(await bySchema(bad, 'sitemap.xsd', IMPORTED), 'fault in a bad sitemap');
    });

    for (const path of ['/sitemap.xml', '/news-sitemap.xml']) {
      test(`${path} is valid and each address in it answers`, async () => {
        const { text, type } = await get(site, path);
        assert.match(type, /^(application|text)\/xml/);
        none(await bySchema(text, 'sitemap.xsd', IMPORTED), `fault in ${path}`);
        const faults = [];
        for (const address of addresses(text)) {
          const { pathname, search } = new URL(address);
          const page = site.pages.get(pathname + search);
          const status = page?.status ?? (await fetch(site.address + pathname + search, { redirect: 'manual' })).status;
          if (status !== 200) faults.push(`${address}: ${status}`);
        }
        none(faults, `address of ${path} that does not answer`);
      });
    }

    test('every article is in the sitemap', async () => {
      const named = new Set(addresses((await get(site, '/sitemap.xml')).text).map((address) => new URL(address).pathname));
      none(site.articles.filter(({ path }) => !named.has(path)).map(({ path }) => path), 'article missing from the sitemap');
    });

    test('robots.txt names the sitemaps, and trust.txt is there', async () => {
      assert.match((await get(site, '/robots.txt')).text, /^Sitemap: https?:\/\/\S+\/sitemap\.xml$/m);
      const trust = (await get(site, '/trust.txt')).text;
      for (const line of trust.split('\n').filter((line) => line.trim() && !line.startsWith('#'))) {
        assert.match(line, /^[a-z]+=\S+/, `trust.txt: ${line}`);
      }
    });
  });
