// Attributes held against the schema, as `crates/edition/src/editor/attrs.rs` does.
import { address } from './address';

export interface AttrSpec {
  name: string;
  type: 'string' | 'integer' | 'boolean' | 'language' | 'href' | 'digest' | 'citations' | 'opaque';
  min?: number;
  max?: number;
  values?: string[];
  default?: unknown;
  /** Left out where it is empty. */
  optional?: boolean;
}

// A fault and the steps of its path from here.
export interface Fault {
  path: (string | number)[];
  message: string;
}

const KIND = 'the value is of another kind than the schema says';

export function fault(value: unknown, spec: AttrSpec): Fault | null {
  switch (spec.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : { path: [], message: KIND };
    case 'integer':
      return Number.isSafeInteger(value) && (value as number) >= (spec.min ?? 0) && (value as number) <= (spec.max ?? 0)
        ? null
        : { path: [], message: `not a whole number from ${spec.min} to ${spec.max}` };
    case 'citations':
      return citations(value);
    default:
      if (typeof value !== 'string') return { path: [], message: KIND };
      return good(value, spec) ? null : { path: [], message: 'not a value of this attribute' };
  }
}

function good(value: string, spec: AttrSpec): boolean {
  switch (spec.type) {
    case 'language':
      return isLanguage(value);
    case 'href':
      return address(value) !== null;
    case 'digest':
      return value === '' || /^[0-9a-f]{64}$/.test(value);
    case 'opaque':
      return isOpaque(value);
    default:
      return !spec.values || spec.values.includes(value);
  }
}

function citations(value: unknown): Fault | null {
  if (!Array.isArray(value) || value.length === 0) return { path: [], message: KIND };
  for (const [number, item] of value.entries()) {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) return { path: [number], message: 'a citation is not an object' };
    const citation = item as Record<string, unknown>;
    const extra = Object.keys(citation).sort().find((key) => !['id', 'prefix', 'locator'].includes(key));
    if (extra !== undefined) return { path: [number, extra], message: 'a citation has no such key' };
    const lacking = ['id', 'prefix', 'locator'].find((key) => typeof citation[key] !== 'string');
    if (lacking !== undefined) return { path: [number, lacking], message: 'a citation has an id, a prefix and a locator' };
    if (!isId(citation['id'] as string)) return { path: [number, 'id'], message: 'not the id of a reference' };
  }
  return null;
}

// Letters and digits of any script, joined by single `-`, `_`, `.` or `:`; at most 64 characters.
export function isId(id: string): boolean {
  return /^[\p{Alphabetic}\p{N}]+([-_.:][\p{Alphabetic}\p{N}]+)*$/u.test(id) && [...id].length <= 64 && id.normalize('NFC') === id;
}

// An id that says nothing, of a person or a comment.
export const isOpaque = (id: string) => /^[A-Za-z0-9_-]{1,64}$/.test(id);

export const isLanguage = (tag: string) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) && tag.length <= 20;
