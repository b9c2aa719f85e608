// Somebody of the newsroom without a browser, who sends its forms as one does: to fill a newsroom, or to measure it.
export const PASSPHRASE = 'quiet river at noon';

export class Client {
  cookies = new Map();
  token = '';

  constructor(origin) {
    this.origin = origin;
  }

  async ask(path, options = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const url = path.startsWith('http') ? path : this.origin + path;
    const headers = { cookie, 'sec-fetch-site': 'same-origin', origin: this.origin, 'accept-encoding': 'identity', ...options.headers };
    const response = await fetch(url, { redirect: 'manual', ...options, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const text = await response.text();
    this.token = /name="token" value="([0-9a-f]+)"/.exec(text)?.[1] ?? this.token;
    return { status: response.status, to: response.headers.get('location'), text };
  }

  // A form as browsers send it; fields that are files make it one with parts.
  send(path, fields) {
    const all = { ...fields, ...(this.token ? { token: this.token } : {}) };
    const parts = Object.values(all).some((value) => value instanceof Blob);
    const body = parts ? new FormData() : new URLSearchParams();
    for (const [name, value] of Object.entries(all)) body.append(name, value);
    return this.ask(path, { method: 'POST', body });
  }

  // The same, of which something has to become: a redirect, whose address is given.
  async go(path, fields = {}) {
    const { status, to, text } = await this.send(path, fields);
    const said = /role="alert">([^]*?)<\//.exec(text)?.[1] ?? text.slice(0, 300);
    if (status !== 303) throw new Error(`POST ${path} was answered with ${status}: ${said}`);
    return to.replace(this.origin, '');
  }

  async join(link, name, lang = 'en') {
    const { pathname } = new URL(link);
    await this.ask(pathname);
    const { status, text } = await this.send(pathname, { name, passphrase: PASSPHRASE, again: PASSPHRASE, lang });
    if (status !== 200) throw new Error(`${name} did not join: ${status} ${text.slice(0, 300)}`);
    // Each form of a page has the token; the page of the codes has none.
    await this.ask('/');
    return this;
  }

  // A draft with this article file as its second version; its path.
  async draft(lang, text) {
    const draft = await this.go('/drafts', { lang });
    await this.write(draft, text);
    return draft;
  }

  async version(draft) {
    return /name="version" value="(\d+)"/.exec((await this.ask(draft)).text)?.[1];
  }

  async write(draft, text) {
    return this.go(draft, { version: await this.version(draft), text });
  }

  // One of the deeds that take a version alone: submit, approve, return, drop, publish.
  async deed(draft, what, fields = {}) {
    return this.go(`${draft}/${what}`, { version: await this.version(draft), ...fields });
  }

  // The cookies as a browser's context takes them.
  jar() {
    return [...this.cookies].map(([name, value]) => ({ name, value, url: this.origin, httpOnly: true, sameSite: 'Strict' }));
  }
}
