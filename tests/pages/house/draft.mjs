// A page with the newsroom's plain form and a server that keeps one draft, by the contract of docs/editor.md; in memory, for tests.
import { createHash } from 'node:crypto';
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
<body><main><h1>Draft</h1><form method="post" action="/sent"><label for="text">Article</label><textarea id="text" name="text" rows="20" data-document="/drafts/${number}/document" data-writer="p1" data-people='{"p1":"Amina","p2":"Bilal"}'>plain form</textarea>
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
    // `versions` are the texts as they were saved; `order` has the steps, and null for what is none.
    begin: (document, lang = 'en') => drafts.push({ number: drafts.length, lang, version: 1, order: [null], versions: [document], waiting: [], fault: null, sent: [] }),
    // Somebody saves a form.
    other: (document) => taken(drafts.at(-1), document, [null]),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function taken(state, document, order) {
  state.versions.push(document);
  state.order.push(...order);
  state.version = state.order.length;
  for (const tell of state.waiting.splice(0)) tell();
}

// What happened since a version, as docs/editor.md has it.
function news(state, after) {
  const later = state.order.slice(after);
  const gap = later.indexOf(null);
  const steps = gap < 0 ? later : later.slice(0, gap);
  const document = state.versions.at(-1);
  const whole = after + steps.length === state.version ? '' : `,"document":${document},"references":${JSON.stringify(REFERENCES)}`;
  return `{"version":${state.version},"hash":"${createHash('sha256').update(document).digest('hex')}","steps":${JSON.stringify(steps)}${whole}}`;
}

const NEWS_MS = 5000;

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
  const [, number, what] = /^\/drafts\/(\d+)\/(document|steps|news|here|comments)$/.exec(pathname) ?? [];
  state = drafts[Number(number)];
  if (!state) return send(404, 'text/plain', 'nothing here');
  const json = (status, text) => send(status, 'application/json', text);
  if (what === 'document') return json(200, `{"version":${state.version},"document":${state.versions.at(-1)},"together":true,"references":${JSON.stringify(REFERENCES)}}`);
  if (state.fault === 'cut') return response.destroy();
  if (what === 'news') {
    const after = Number(new URL(request.url, 'http://x').searchParams.get('after'));
    if (after < state.version) return json(200, news(state, after));
    let told = false;
    const tell = () => {
      if (!told) json(200, news(state, after));
      told = true;
    };
    state.waiting.push(tell);
    return setTimeout(tell, NEWS_MS).unref();
  }
  if (request.headers['x-form-token'] !== 't1') return json(403, '{}');
  if (state.fault === 'out') return json(401, '{}');
  if (what === 'here' || what === 'comments') return json(200, '{}');
  // The document's own bytes stand at the end.
  const [, head, document] = /^(.*),"document":(\{"attrs":.*\})\}$/s.exec(body) ?? [];
  const { version, writer, steps } = JSON.parse(`${head}}`);
  if (version !== state.version) return json(409, news(state, version));
  taken(state, document, steps.map((step) => ({ writer, step })));
  return json(200, `{"version":${state.version}}`);
}
