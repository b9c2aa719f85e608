// Every link leads somewhere, every fragment exists, and nothing but the edition is loaded.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { none, some } from '../house/say.mjs';

export default (site) =>
  describe('links', () => {
    test('there are pages in both languages', () => {
      some(site.articles, 'article');
      const languages = new Set(site.html.map((page) => page.document.documentElement.lang.split('-')[0]));
      assert.deepEqual([...languages].sort(), ['en', 'ur']);
    });

    test('every link within the edition answers', () => {
      const faults = [];
      for (const [path, from] of site.linkedFrom) {
        const page = site.pages.get(path);
        if (!page || page.status < 400) continue;
        // A withdrawn article is linked to on purpose: its tombstone says why it is gone.
        if (page.status === 410) continue;
        faults.push(`${path} answers ${page.status}, linked from ${from[0].page}`);
      }
      none(faults, 'broken links');
    });

    test('every fragment exists', () => {
      const faults = [];
      for (const [path, from] of site.linkedFrom) {
        const page = site.pages.get(path);
        if (!page?.isHtml) continue;
        for (const { fragment, page: source } of from) {
          if (fragment && !page.document.getElementById(fragment)) faults.push(`${source} links to ${path}#${fragment}`);
        }
      }
      none([...new Set(faults)], 'missing fragments');
    });

    test('each page says its language, direction, title and own address', () => {
      const faults = [];
      for (const { path, document } of site.html) {
        const root = document.documentElement;
        const wanted = root.lang.startsWith('ur') ? 'rtl' : 'ltr';
        if (!root.lang || (root.dir || 'ltr') !== wanted) faults.push(`${path}: lang=${root.lang} dir=${root.dir}`);
        if (!document.title.trim()) faults.push(`${path}: no title`);
        if (document.querySelectorAll('h1').length !== 1) faults.push(`${path}: ${document.querySelectorAll('h1').length} h1`);
        if (!document.querySelector('main')) faults.push(`${path}: no main`);
      }
      none(faults, 'page without its basics');
    });

    test('no page needs or carries a script, an inline handler or a remote thing', () => {
      const faults = [];
      for (const { path, document } of site.html) {
        for (const element of document.querySelectorAll('script:not([type="application/ld+json"])')) {
          faults.push(`${path}: <script> ${element.src || element.textContent.slice(0, 40)}`);
        }
        for (const element of document.querySelectorAll('*')) {
          for (const { name, value } of element.attributes) {
            if (name.startsWith('on')) faults.push(`${path}: ${element.localName} ${name}`);
            const loads = ['src', 'srcset', 'poster', 'data'].includes(name);
            if (loads && /^(https?:)?\/\//.test(value)) faults.push(`${path}: ${element.localName} loads ${value}`);
          }
        }
        for (const link of document.querySelectorAll('link[rel~=stylesheet], link[rel~=preload], link[rel~=preconnect]')) {
          faults.push(`${path}: <link rel=${link.rel}> is a second request`);
        }
      }
      none(faults, 'script or remote load');
    });

    test('structured data parses, and an article has its own', () => {
      const faults = [];
      for (const { path, document } of site.html) {
        for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
          try {
            JSON.parse(script.textContent);
          } catch (error) {
            faults.push(`${path}: ${error.message}`);
          }
        }
      }
      for (const { path, document } of site.articles) {
        const data = [...document.querySelectorAll('script[type="application/ld+json"]')].map((s) => s.textContent).join('');
        for (const word of ['NewsArticle', 'headline', 'datePublished', 'dateModified', 'publisher']) {
          if (!data.includes(word)) faults.push(`${path}: JSON-LD lacks ${word}`);
        }
      }
      none(faults, 'fault in structured data');
    });
  });
