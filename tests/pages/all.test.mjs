// Every check of the demonstration's pages: it is started once, crawled once, and looked at from all sides.
import { after } from 'node:test';
import { launch } from './house/browser.mjs';
import { crawl } from './house/crawl.mjs';
import { start } from './house/demo.mjs';
import browser from './checks/browser.mjs';
import extraction from './checks/extraction.mjs';
import feeds from './checks/feeds.mjs';
import headers from './checks/headers.mjs';
import html from './checks/html.mjs';
import links from './checks/links.mjs';
import sitemaps from './checks/sitemaps.mjs';
import weight from './checks/weight.mjs';

const demo = await start();
const site = await crawl(demo.address);
const chromium = await launch();
console.log(`${site.html.length} pages, ${site.articles.length} of them articles, at ${demo.address}`);

after(async () => {
  await chromium.close();
  demo.stop();
});

for (const check of [links, headers, weight, feeds, sitemaps, extraction, html, browser]) {
  check(site, chromium);
}
