// Every command's keys in one table, which the person at the keyboard may change.
import { keymap } from 'prosemirror-keymap';
import type { Command, Plugin } from 'prosemirror-state';
import type { Word } from './words';

// ProseMirror's names of keys; Mod is Cmd on a Mac and Ctrl elsewhere.
export const standard: Partial<Record<Word, string>> = {
  strong: 'Mod-b',
  em: 'Mod-i',
  code: 'Mod-e',
  link: 'Mod-k',
  cite: 'Mod-Shift-c',
  find: 'Mod-f',
  save: 'Mod-s',
  undo: 'Mod-z',
  redo: 'Mod-Shift-z',
  suggest: 'Mod-Alt-s',
  comment: 'Mod-Alt-m',
  paragraph: 'Mod-Alt-0',
  heading2: 'Mod-Alt-2',
  heading3: 'Mod-Alt-3',
  bullets: 'Mod-Shift-8',
  numbers: 'Mod-Shift-7',
  quote: 'Mod-Shift-9',
  indent: 'Mod-]',
  outdent: 'Mod-[',
  keys: 'Mod-/',
};

const PLACE = 'ovn-editor-keys-1';

export type Keys = Partial<Record<Word, string>>;

// The table with this browser's changes.
export function load(): Keys {
  try {
    const own = JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Record<string, unknown>;
    const known = Object.entries(own).filter(([name, keys]) => name in standard && typeof keys === 'string');
    return { ...standard, ...Object.fromEntries(known) };
  } catch {
    return { ...standard };
  }
}

export function keep(keys: Keys): void {
  const changed = Object.entries(keys).filter(([name, own]) => standard[name as Word] !== own);
  try {
    localStorage.setItem(PLACE, JSON.stringify(Object.fromEntries(changed)));
  } catch {
    // A browser that keeps nothing has the standard keys at the next start.
  }
}

// The plugin that runs `commands` by `keys`.
export function bound(keys: Keys, commands: Partial<Record<Word, Command>>): Plugin {
  const bindings: Record<string, Command> = {};
  for (const [name, own] of Object.entries(keys)) {
    const command = commands[name as Word];
    if (command && own) bindings[own] = command;
  }
  return keymap(bindings);
}

// ProseMirror's name of the keys that an event has, or null while only modifiers are down.
export function pressed(event: KeyboardEvent, mac: boolean): string | null {
  if (['Control', 'Meta', 'Alt', 'Shift', 'Dead', 'Process', 'Unidentified'].includes(event.key)) return null;
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (!mod && !event.altKey && !other && !/^F\d+$/.test(event.key)) return null;
  const named = event.key.length === 1 ? (event.shiftKey || event.altKey ? base(event) : event.key.toLowerCase()) : event.key;
  return [mod && 'Mod', other && (mac ? 'Ctrl' : 'Meta'), event.altKey && 'Alt', event.shiftKey && 'Shift', named].filter(Boolean).join('-');
}

function base({ code, key }: KeyboardEvent): string {
  const letter = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  return (letter ?? key).toLowerCase();
}

// The keys as a person reads them: ⌘⇧C, or Ctrl+Shift+C.
export function shown(keys: string, mac: boolean): string {
  const parts = keys.split(/-(?!$)/).map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
    if (mac) return { Alt: '⌥', Shift: '⇧', Ctrl: '⌃' }[part] ?? part.toUpperCase();
    return part.length === 1 ? part.toUpperCase() : part;
  });
  return parts.join(mac ? '' : '+');
}
