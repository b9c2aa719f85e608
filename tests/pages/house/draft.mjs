// A page with the newsroom's plain form and a server that keeps one draft, by the contract of docs/editor.md; in memory, for tests.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const DIST = process.env.OVN_EDITOR_DIST ?? join(ROOT, 'web/dist');
// As strict as the newsroom's own: nothing inline, nothing from elsewhere.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export const REFERENCES = [
  { id: 'council', title: 'Statement on the footbridge' },
  { id: 'survey', title: 'Survey of the piers' },
  { id: 'نقشہ', title: 'دریا کا نقشہ' },
];

const page = ({ lang, number }) => `<!doctype html>
<html lang="${lang}" dir="${lang === 'ur' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Draft</title><link rel="stylesheet" href="/page.css"><link rel="stylesheet" href="/editor.css"></head>
<body><main><h1>Draft</h1><form method="post" action="/sent"><label for="text">Article</label><textarea id="text" name="text" rows="20" data-document="/document/${number}" data-writer="p1" data-people='{"p1":"Amina","p2":"Bilal"}'>plain form</textarea>
<input type="hidden" name="token" value="t1"><input type="hidden" name="version" value="1"><p><button>Save</button></p></form>
<form method="post" action="/sent"><input type="hidden" name="version" value="1"><button>Send to editor</button></form></main><script type="module" src="/editor.js"></script></body></html>`;

const PAGE_CSS = 'body{margin:0;padding:.5rem;background:#f5f1e8;color:#1b1a18;font:1rem system-ui}main{max-width:50rem;margin:auto}textarea{inline-size:100%}@media(prefers-color-scheme:dark){body{background:#201e1b;color:#ece7de}}';

export async function draft() {
  if (!existsSync(join(DIST, 'editor.js'))) throw new Error('The editor is not bundled; run: web/prepare');
  // Each test has a draft of its own, so that a tab that still closes writes into no other's.
  const drafts = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      try {
        answer(drafts, request, Buffer.concat(chunks).toString('utf8'), response);
      } catch (error) {
        response.writeHead(500);
        response.end(String(error));
      }
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    // The draft that was begun last.
    get state() {
      return drafts.at(-1);
    },
    begin: (document, lang = 'en') => drafts.push({ number: drafts.length, lang, versions: [document], fault: null, sent: [], puts: 0 }),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const FILES = {
  '/editor.js': ['text/javascript', () => readFileSync(join(DIST, 'editor.js'))],
  '/editor.css': ['text/css', () => readFileSync(join(DIST, 'style.css'))],
  '/page.css': ['text/css', () => PAGE_CSS],
};

function answer(drafts, request, body, response) {
  const send = (status, type, text) => {
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY, 'cache-control': 'no-store' });
    response.end(text);
  };
  let state = drafts.at(-1);
  const { pathname } = new URL(request.url, 'http://x');
  if (FILES[pathname]) return send(200, FILES[pathname][0], FILES[pathname][1]());
  if (pathname === '/favicon.ico') return send(204, 'image/x-icon');
  if (pathname === '/') return send(200, 'text/html', page(state));
  if (pathname === '/sent') {
    state.sent.push(Object.fromEntries(new URLSearchParams(body)));
    return send(200, 'text/html', '<!doctype html><title>Sent</title><p>sent');
  }
  state = drafts[Number(/^\/document\/(\d+)$/.exec(pathname)?.[1])];
  if (!state) return send(404, 'text/plain', 'nothing here');
  const now = (status) => send(status, 'application/json', `{"version":${state.versions.length},"document":${state.versions.at(-1)},"references":${JSON.stringify(REFERENCES)}}`);
  if (request.method === 'GET') return now(200);
  state.puts++;
  if (request.headers['x-form-token'] !== 't1') return send(403, 'application/json', '{}');
  if (state.fault === 'cut') return response.destroy();
  if (state.fault === 'out') return send(401, 'application/json', '{}');
  const [, version, document] = /^\{"version":(\d+),"document":(.*)\}$/s.exec(body) ?? [];
  if (Number(version) !== state.versions.length) return now(409);
  state.versions.push(document);
  return send(200, 'application/json', `{"version":${state.versions.length}}`);
}
