// The keys, shown and changed.
import type { Command } from 'prosemirror-state';
import { dialog, element } from './ask';
import { keep, pressed, shown, standard, type Keys } from './keys';
import { say, type Word } from './words';

// Lets the person change `keys`; null when nothing is to change.
export async function keysDialog(keys: Keys, commands: Partial<Record<Word, Command>>, mac: boolean): Promise<Keys | null> {
  const next: Keys = { ...keys };
  const told = element('p', { role: 'status' }, say('keysHelp'));
  const rows = (Object.keys(standard) as Word[]).filter((word) => commands[word]).map((word) => {
    const field = element('input', { type: 'text', readonly: '', dir: 'ltr', value: shown(next[word] ?? '', mac) });
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Tab' || event.key === 'Escape' || event.key === 'Enter') return;
      event.preventDefault();
      const own = pressed(event, mac);
      if (!own) return;
      const other = (Object.keys(next) as Word[]).find((name) => name !== word && next[name]?.toLowerCase() === own.toLowerCase());
      told.textContent = other ? say('keysTaken', say(other)) : say('keysHelp');
      if (other) return;
      next[word] = own;
      field.value = shown(own, mac);
    });
    return { word, field, row: element('label', {}, [say(word), field]) };
  });
  const reset = element('button', { type: 'button' }, say('keysReset'));
  reset.addEventListener('click', () => {
    Object.assign(next, standard);
    rows.forEach(({ word, field }) => (field.value = shown(next[word] ?? '', mac)));
  });
  const { closed } = dialog(say('keys'), [told, element('div', { class: 'keys' }, rows.map(({ row }) => row)), reset]);
  if ((await closed) !== 'ok') return null;
  keep(next);
  return next;
}
