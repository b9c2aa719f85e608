// Citations within a pair of brackets: what they hold and how they are shown.
import { isId } from './attrs';

export interface Citation {
  id: string;
  locator: string;
  prefix: string;
}

// As the article file spells it, without the brackets' at sign: "see council, para. 2; survey".
export function labelOf(items: unknown): string {
  return (items as Citation[]).map(({ prefix, id, locator }) => `${prefix ? `${prefix} ` : ''}${id}${locator ? `, ${locator}` : ''}`).join('; ');
}

// Items from an attribute of HTML that anybody may have made; null when they are none.
export function readItems(json: string): Citation[] | null {
  try {
    const list = JSON.parse(json) as unknown;
    if (!Array.isArray(list) || list.length === 0) return null;
    const items = list.map((item: Partial<Citation>) => ({ id: String(item.id), locator: String(item.locator ?? ''), prefix: String(item.prefix ?? '') }));
    return items.every(({ id }) => isId(id)) ? items : null;
  } catch {
    return null;
  }
}

export const digest = (word: string) => (/^[0-9a-f]{64}$/.test(word) ? word : '');
