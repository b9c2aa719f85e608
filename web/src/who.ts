// The names behind the ids that marks have, and times in the words of the page's language.
import { say } from './words';

let names: Record<string, string> = {};
let lang: string | undefined;

// Who writes in the text area's place, by opaque id, or empty; the text area names the newsroom's people too.
export function writerOf(area: HTMLTextAreaElement): string {
  names = JSON.parse(area.dataset['people'] ?? '{}') as Record<string, string>;
  lang = document.documentElement.lang || undefined;
  return area.dataset['writer'] ?? '';
}

export const nameOf = (id: string): string => (Object.hasOwn(names, id) ? (names[id] as string) : say('somebody'));

// A moment in seconds since 1970.
export const when = (at: number): string => new Date(at * 1000).toLocaleString(lang, { dateStyle: 'medium', timeStyle: 'short' });
