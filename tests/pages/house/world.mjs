// A newsroom in the middle of its work: people, drafts in every state, sources, pictures, letters, a schedule; in two languages.
import { Client, PASSPHRASE } from './client.mjs';
import { picture } from './picture.mjs';

const file = ({ headline, standfirst, lang, slug, name, title, author, text }) => `---
headline: ${headline}
standfirst: ${standfirst}
lang: ${lang}
slug: ${slug}
byline: [${name}]
references:
  - id: council
    type: speech
    title: ${title}
    author: [{literal: "${author}"}]
    issued: 2026-11-20
    custom: {kind: statement, speaks-for: ${author}}
---

${text}
`;

export const WORDS = {
  en: {
    headline: 'The footbridge opens again after eleven weeks of repairs on its northern pier',
    standfirst: 'The town council says that the piers were mended, and that the ferry stops on Sunday.',
    name: 'Amina Khan', title: 'Statement on the footbridge', author: 'Town council',
    text: 'The footbridge opens on Monday, the town council said [@council]. It was closed in September.\n\n## What was mended\n\nThe northern pier has a new foot.\n\nThe ferry runs until Sunday.',
    other: 'Yesterday’s timetable of the ferry', wrong: 'The bridge was closed in August: I walk over it each day.',
    known: 'I work beside it.', reason: 'The council’s record has September.', alt: 'Hills under a light sky', caption: 'The river from the northern bank',
  },
  ur: {
    headline: 'گیارہ ہفتوں کی مرمت کے بعد شمالی ستون والا پیدل پل پھر کھل رہا ہے',
    standfirst: 'ٹاؤن کونسل کا کہنا ہے کہ ستونوں کی مرمت ہو گئی ہے اور کشتی اتوار کو بند ہو جائے گی۔',
    name: 'بلال احمد', title: 'پیدل پل کے بارے میں بیان', author: 'ٹاؤن کونسل',
    text: 'پیدل پل پیر کو کھلے گا، ٹاؤن کونسل نے کہا [@council]۔ یہ ستمبر میں بند ہوا تھا۔\n\n## کیا مرمت ہوئی\n\nشمالی ستون کی نئی بنیاد ہے۔\n\nکشتی اتوار تک چلے گی۔',
    other: 'کشتی کے اوقات کا پرانا جدول', wrong: 'پل اگست میں بند ہوا تھا: میں روز اس پر چلتا ہوں۔',
    known: 'میں اس کے قریب کام کرتا ہوں۔', reason: 'کونسل کے ریکارڈ میں ستمبر ہے۔', alt: 'ہلکے آسمان کے نیچے پہاڑیاں', caption: 'شمالی کنارے سے دریا',
  },
};

// The article file of a language under an address of its own.
export const article = (lang, slug) => file({ ...WORDS[lang], lang, slug });

export const COUNCIL = ['text/html; charset=utf-8', '<!doctype html><html lang="en"><title>Town council: the footbridge</title><h1>The footbridge</h1><p>It opens on Monday. The northern pier was mended.</p></html>'];

const id = (text, at) => new RegExp(`${at}/([0-9a-f]{32,64})`).exec(text)?.[1];

// What readers tell of an article; what is sent faster than people write is given back, so people's time has to pass.
async function letters(readers, path, all) {
  const { text } = await new Client(readers).ask(`${path}/report`);
  const value = (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
  await new Promise((done) => setTimeout(done, 3200));
  for (const fields of all) {
    const { status } = await new Client(readers).send(`${path}/report`, { stamp: value('stamp'), rev: value('rev'), passage: '1', ...fields });
    if (status !== 303) throw new Error(`a letter was answered with ${status}`);
  }
}

// The drafts and articles of one language, written by `writer` and passed by `other`.
async function desk(house, lang, writer, other) {
  const words = WORDS[lang];
  const draft = (slug) => writer.draft(lang, article(lang, `${slug}-${lang}`));
  const passed = async (slug) => {
    const path = await draft(slug);
    await writer.deed(path, 'submit');
    await other.deed(path, 'approve');
    return path;
  };
  const published = await passed('the-footbridge');
  const sealed = await other.deed(published, 'publish');
  const address = new URL(/class="note"><a href="([^"]+)"/.exec((await other.ask(sealed)).text)[1]).pathname;
  const following = await writer.go('/articles/correct', { path: address });
  const review = await draft('in-review');
  await writer.deed(review, 'submit');
  const ready = await passed('is-ready');
  const scheduled = await passed('is-scheduled');
  const soon = / min="([^"]+)"/.exec((await other.ask(`${scheduled}/schedule`)).text)[1];
  const day = new Date(Date.parse(`${soon}:00Z`) + 26 * 60 * 60 * 1000).toISOString().slice(0, 16);
  await other.deed(scheduled, 'schedule', { moment: day });
  const dropped = await draft('put-away');
  await writer.deed(dropped, 'drop');
  // One that is being written: with sources of each kind, pictures, what is still open, and a link for somebody outside.
  const open = await writer.draft(lang, article(lang, `is-open-${lang}`).replace('\n## ', '\nTK\n\n## '));
  const add = (how, fields) => writer.go(`${open}/sources/${how}`, fields);
  await add('fetch', { url: `http://council.example/${lang}`, kind: 'statement', title: words.title, speaks: words.author, issued: '2026-11-20' });
  await add('describe', { title: words.other, kind: 'document', url: '', speaks: '', issued: '' });
  await add('confide', { title: words.author, reason: words.known, speaks: '', details: words.known });
  await add('asked', { party: words.author, asked: '2026-11-20', outcome: 'no-answer' });
  await writer.go(`${open}/pictures`, { alt: words.alt, caption: words.caption, file: new Blob([picture(900, 500, lang.length)]) });
  const shared = await writer.send(`${open}/share`, { words: words.author, days: '7' });
  const link = /\/preview\/[^"<\s]+/.exec(shared.text)[0];
  return { address, published, following, review, ready, scheduled, dropped, open, link };
}

// Pitches of each kind, what became of one, and a text in two languages of which the first was corrected.
async function plans(writer, other) {
  const pitch = (title) => writer.go('/pitches', { title, lang: 'en', why: WORDS.en.standfirst, sources: WORDS.en.author, audience: WORDS.ur.author, due: '2026-12-01T10:00' });
  const [open, taken, declined] = [await pitch(WORDS.en.headline), await pitch(WORDS.en.other), await pitch(WORDS.ur.headline)];
  await other.go(`${declined}/decline`, { reason: WORDS.ur.reason });
  const form = (await other.ask(taken)).text;
  const person = /<option value="([0-9a-f]{32})" selected/.exec(form)[1];
  const draft = await other.go(`${taken}/take`, { person, part: 'writes', due: '2026-01-05T10:00', length: '600', notes: WORDS.en.known });
  const through = async (path, text, fields = {}) => {
    await writer.write(path, text);
    await writer.deed(path, 'submit');
    await other.deed(path, 'approve');
    return other.deed(path, 'publish', fields);
  };
  const original = await writer.go('/drafts', { lang: 'en' });
  const sealed = await through(original, article('en', 'in-two-languages'));
  const address = new URL(/class="note"><a href="([^"]+)"/.exec((await other.ask(sealed)).text)[1]).pathname;
  const twin = await writer.go('/articles/translate', { path: address, lang: 'ur' });
  await through(twin, article('ur', 'do-zubanen').replace('lang: ur', `lang: ur\ntranslation-of: ${address}`));
  const correction = await writer.go('/articles/correct', { path: address });
  await through(correction, article('en', 'in-two-languages').replace('in September', 'in August'), { class: 'correction', note: WORDS.en.wrong });
  const task = /\/tasks\/[0-9a-f]{32}/.exec((await other.ask('/')).text)[0];
  // One that is being translated, and was looked at before somebody else wrote in it.
  const begun = await writer.go('/drafts', { lang: 'en' });
  await writer.write(begun, article('en', 'is-translated'));
  const translation = await writer.go(`${begun}/translate`, { lang: 'ur' });
  await other.ask(translation);
  await writer.write(translation, article('ur', 'tarjuma'));
  return { open, taken, declined, draft, task, translation };
}

// Screens that are shown in answer to a form, as { name, html }.
async function shown(house, lang, writer, { open, published, address }) {
  const guest = new Client(house.newsroom);
  const { pathname } = new URL(house.link('reporter'));
  await guest.ask(`${pathname}?lang=${lang}`);
  const codes = await guest.send(pathname, { name: `${WORDS[lang].author} ${lang}`, passphrase: PASSPHRASE, again: PASSPHRASE, lang });
  const short = await writer.send('/me', { current: PASSPHRASE, next: 'short', again: 'short' });
  const both = await writer.send(open, { version: '1', text: article(lang, `is-open-${lang}`) });
  const about = await writer.send(`${open}/about`, { was: '0'.repeat(64), version: '1', about: `lang: ${lang}\n` });
  const late = await writer.send(published, { version: '1', text: article(lang, 'the-footbridge') });
  const remove = await writer.send('/articles/remove', { path: address });
  const sure = await writer.send('/articles/remove', { path: address, ground: 'privacy', note: WORDS[lang].reason });
  const all = { codes, short, both, about, late, remove, sure };
  return Object.entries(all).map(([name, { text }]) => ({ name: `${lang}-shown-${name}`, html: text }));
}

// Fills a newsroom whose addresses lead to a web that has COUNCIL at /en and /ur.
export async function world(house) {
  const amina = await new Client(house.newsroom).join(house.link(), WORDS.en.name, 'en');
  const bilal = await new Client(house.newsroom).join(house.link(), WORDS.ur.name, 'ur');
  await new Client(house.newsroom).join(house.link('reporter'), 'Omar Vale', 'en');
  const desks = { en: await desk(house, 'en', amina, bilal), ur: await desk(house, 'ur', bilal, amina) };
  const planned = await plans(amina, bilal);
  await letters(house.readers, desks.en.address, [
    { what: WORDS.en.wrong, how: WORDS.en.known, contact: 'reader@example.org' },
    { what: `${WORDS.en.wrong} ${WORDS.en.wrong}`, how: '', contact: '' },
    { what: WORDS.ur.wrong, how: WORDS.ur.known, contact: '' },
  ]);
  const queue = [...(await amina.ask('/letters')).text.matchAll(/\/letters\/([0-9a-f]{32})/g)].map(([, one]) => one);
  const [declined, letter] = queue;
  await amina.ask(`/letters/${declined}`);
  await amina.go(`/letters/${declined}/decline`, { reason: WORDS.en.reason });
  await amina.ask('/people');
  await amina.send('/people/invite', { role: 'editor' });
  const person = id((await amina.ask('/people')).text, '/people');
  const library = (await amina.ask('/library?q=footbridge')).text;
  const kept = id(library, '/library');
  const forms = { en: await shown(house, 'en', amina, desks.en), ur: await shown(house, 'ur', bilal, desks.ur) };
  const picture_ = id((await amina.ask(`${desks.en.open}/pictures`)).text, '/pictures');
  return { people: { en: amina, ur: bilal }, desks, planned, letter, declined, person, kept, picture: picture_, forms };
}
