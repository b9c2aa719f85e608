// Texts that lie aside on this device: listed, looked at, copied, brought into their drafts, deleted.
import { element } from './ask';
import { wordsOf } from './bring-in';
import { ASIDE_DAYS, device, type Copy, type Device } from './device';
import { read } from './document';
import { say } from './words';

const MARK = '#aside-';
// In the address of a draft's page: this text is to be brought in.
export const BRING = '#aside=';

interface Aside {
  key: string;
  /** The address of the draft's document. */
  place: string;
  copy: Copy;
}

// What lies aside of the drafts at addresses that begin so.
export async function asides(own: Device, prefix: string): Promise<Aside[]> {
  const out: Aside[] = [];
  for (const key of await own.places(prefix)) {
    const at = key.indexOf(MARK);
    const copy = at > 0 ? await own.get(key) : null;
    if (copy) out.push({ key, place: key.slice(0, at), copy });
  }
  return out.sort((a, b) => b.copy.at - a.copy.at);
}

const page = (place: string) => place.replace(/\/document$/, '');

// Whether whoever is signed in may read the draft: a device may be shared.
async function readable(place: string): Promise<boolean> {
  const response = await fetch(page(place), { method: 'HEAD', credentials: 'same-origin' }).catch(() => null);
  return response?.ok === true && !response.redirected;
}

function shown(own: Device, { key, place, copy }: Aside, number: number, gone: () => void): HTMLElement {
  const doc = read(JSON.parse(copy.document));
  const words = wordsOf(doc);
  const title = doc.firstChild?.textContent || say('untitled');
  const id = `aside-${number}`;
  const lang = doc.attrs['lang'] as string;
  const date = (at: number) => new Date(at).toLocaleString(document.documentElement.lang || undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const button = (word: 'copy' | 'delete' | 'deleteReally', work: (own: HTMLButtonElement) => void) => {
    const made = element('button', { type: 'button', class: 'small', 'aria-describedby': id }, say(word));
    made.addEventListener('click', () => work(made));
    return made;
  };
  const status = element('p', { role: 'status', class: 'soft' });
  const text = element('textarea', { class: 'text', rows: '10', readonly: '', lang, dir: 'auto', 'aria-labelledby': id });
  text.value = words;
  const copied = async () => {
    try {
      await navigator.clipboard.writeText(words);
      status.textContent = say('copied');
    } catch {
      text.select();
      status.textContent = say('copyByHand');
    }
  };
  const bring = element('a', { class: 'button small', href: `${page(place)}${BRING}${encodeURIComponent(key)}`, 'aria-describedby': id }, say('bringIn'));
  const drop = button('delete', (made) => {
    if (made.dataset['sure']) return void own.drop(key).then(gone);
    made.dataset['sure'] = 'yes';
    made.textContent = say('deleteReally');
  });
  const until = copy.at + ASIDE_DAYS * 86_400_000;
  return element('li', {}, [
    element('h2', { id, dir: 'auto', lang }, title),
    element('p', { class: 'how' }, [element('span', {}, say('asideFrom', date(copy.at))), element('span', {}, say('asideUntil', date(until)))]),
    text,
    element('p', { class: 'deeds' }, [bring, button('copy', () => void copied()), drop]),
    status,
  ]);
}

// Fills the page that lists them.
export async function listAsides(host: HTMLElement): Promise<void> {
  const own = await device();
  const all = await asides(own, '/drafts/');
  const may = new Map<string, boolean>();
  for (const { place } of all) if (!may.has(place)) may.set(place, await readable(place));
  const mine = all.filter(({ place }) => may.get(place));
  const list = element('ul', { class: 'drafts' });
  mine.forEach((one, number) => {
    try {
      const row = shown(own, one, number, () => {
        row.remove();
        if (list.children.length === 0) host.prepend(element('p', { class: 'soft', role: 'status' }, say('asidesNone')));
      });
      list.append(row);
    } catch (error) {
      console.warn('A text that lies aside cannot be read.', one.key, error);
    }
  });
  host.replaceChildren(list);
  if (list.children.length === 0) host.prepend(element('p', { class: 'soft' }, say('asidesNone')));
  if (mine.length < all.length) host.append(element('p', { class: 'soft' }, say('asidesHidden', all.length - mine.length)));
}
