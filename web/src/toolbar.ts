// The row of buttons, by the toolbar pattern of ARIA: one stop for Tab, arrows between the buttons.
import type { Command, EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { element } from './ask';
import { shown, type Keys } from './keys';
import { type } from './schema';
import { isSuggesting } from './suggest';
import { say, type Word } from './words';

interface Button {
  word: Word;
  sign: string;
  /** Whether what the button does is already so at the caret; a button without it is no switch. */
  on?: (state: EditorState) => boolean;
}

const mark = (name: string) => (state: EditorState) => {
  const { from, to, empty, $from } = state.selection;
  const kind = type.mark(name);
  return empty ? Boolean(kind.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, kind);
};

const around = (name: string, attrs: Record<string, unknown> = {}) => (state: EditorState) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type.name === name && Object.entries(attrs).every(([key, value]) => node.attrs[key] === value)) return true;
  }
  return false;
};

const BUTTONS: Button[] = [
  { word: 'strong', sign: 'B', on: mark('strong') },
  { word: 'em', sign: 'I', on: mark('em') },
  { word: 'link', sign: '⧉', on: mark('link') },
  { word: 'cite', sign: '[@]' },
  { word: 'heading2', sign: 'H2', on: around('heading', { level: 2 }) },
  { word: 'heading3', sign: 'H3', on: around('heading', { level: 3 }) },
  { word: 'bullets', sign: '•', on: around('bullets') },
  { word: 'numbers', sign: '1.', on: around('numbers') },
  { word: 'quote', sign: '❞', on: around('quote') },
  { word: 'code', sign: '‹›', on: mark('code') },
  { word: 'table', sign: '▦' },
  { word: 'image', sign: '▣' },
  { word: 'sourceFile', sign: '⇪' },
  { word: 'undo', sign: '↶' },
  { word: 'redo', sign: '↷' },
  { word: 'suggest', sign: '±', on: isSuggesting },
  { word: 'comment', sign: '✎' },
  { word: 'find', sign: '⌕' },
  { word: 'keys', sign: '⌨' },
];

export interface Toolbar {
  dom: HTMLElement;
  /** Shows what is so at the caret. */
  update: (state: EditorState) => void;
  /** Names the keys on the buttons. */
  name: (keys: Keys) => void;
}

export function toolbar(view: () => EditorView, commands: Partial<Record<Word, Command>>, mac: boolean): Toolbar {
  const dom = element('div', { class: 'toolbar', role: 'toolbar', 'aria-label': say('toolbar'), 'aria-controls': 'ovn-sheet' });
  const made = BUTTONS.map(({ word, sign, on }, number) => {
    const button = element('button', {
      type: 'button',
      'aria-label': say(word),
      tabindex: number === 0 ? '0' : '-1',
      'data-word': word,
      // Drawn by the style: a sign is no word of the button's name.
      'data-sign': sign,
      ...(on ? { 'aria-pressed': 'false' } : {}),
    });
    // The text keeps its selection while a button is pressed.
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-disabled') === 'true') return;
      view().focus();
      commands[word]?.(view().state, (tr) => view().dispatch(tr), view());
    });
    dom.append(button);
    return { button, word, on };
  });
  const stop = (at: number) => {
    made.forEach(({ button }, number) => button.setAttribute('tabindex', number === at ? '0' : '-1'));
    made[at]?.button.focus();
  };
  dom.addEventListener('keydown', (event) => {
    const at = made.findIndex(({ button }) => button === document.activeElement);
    if (at < 0) return;
    const onward = getComputedStyle(dom).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = onward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const to = { [onward]: at + 1, [backward]: at - 1, Home: 0, End: made.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    stop((to + made.length) % made.length);
  });
  return {
    dom,
    update: (state) => {
      for (const { button, word, on } of made) {
        // A button that cannot act stays where Tab and arrows find it.
        set(button, 'aria-disabled', String(!(commands[word]?.(state) ?? false)));
        if (on) set(button, 'aria-pressed', String(on(state)));
      }
    },
    name: (keys) => {
      for (const { button, word } of made) {
        const own = keys[word];
        button.title = own ? `${say(word)} (${shown(own, mac)})` : say(word);
        if (own) button.setAttribute('aria-keyshortcuts', own.replace('Mod', mac ? 'Meta' : 'Control').replaceAll('-', '+'));
      }
    },
  };
}

function set(button: HTMLElement, name: string, value: string): void {
  if (button.getAttribute(name) !== value) button.setAttribute(name, value);
}
