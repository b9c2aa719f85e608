// The menu that a / at the beginning of a word opens: what can be inserted, narrowed by the letters that follow.
import { Plugin, PluginKey, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { element } from './ask';
import { tables as wordTables, say, type Word } from './words';

const OFFERED: Word[] = ['cite', 'sourceFile', 'heading2', 'heading3', 'paragraph', 'bullets', 'numbers', 'quote', 'table', 'image', 'rule', 'codeblock', 'rowAfter', 'columnAfter', 'rowGone', 'columnGone'];

interface Open {
  from: number;
  words: string;
}

const key = new PluginKey<Open | null>('slash');

// The / before the caret and the letters behind it.
function opened(state: EditorState): Open | null {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.type.spec['content'] || !['paragraph', 'cell', 'headcell'].includes($from.parent.type.name)) return null;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 30), $from.parentOffset, '\ufffc', '\ufffc');
  const match = /(?:^|\s)\/([\p{L}\p{N} ]{0,20})$/u.exec(before);
  if (!match) return null;
  const words = match[1] ?? '';
  return { from: $from.pos - words.length - 1, words };
}

// By the shown words, and by English ones on an Urdu screen, whose keyboard may be either.
function matches(words: string): Word[] {
  const sought = words.trim().toLowerCase();
  return OFFERED.filter((word) => [say(word), wordTables.english[word]].some((text) => text.toLowerCase().split(/\s+/).some((part) => part.startsWith(sought)) || text.toLowerCase().startsWith(sought)));
}

class Menu {
  private readonly box = element('ul', { class: 'slash', role: 'listbox', id: 'ovn-slash', hidden: '' });
  private shown: Word[] = [];
  private at = 0;
  private dismissed = -1;

  constructor(
    private readonly view: EditorView,
    private readonly commands: Partial<Record<Word, Command>>,
    host: HTMLElement,
  ) {
    this.box.setAttribute('aria-label', say('menu'));
    host.append(this.box);
  }

  update(view: EditorView): void {
    const open = key.getState(view.state);
    if (!open) this.dismissed = -1;
    if (!open || view.composing || open.from === this.dismissed) return this.hide();
    const able = matches(open.words).filter((word) => this.commands[word]?.(this.without(open)));
    if (able.length === 0) return this.hide();
    if (able.join() !== this.shown.join()) this.at = 0;
    this.shown = able;
    this.draw();
    // Only what is shown has a place and a width.
    this.box.hidden = false;
    const place = view.coordsAtPos(open.from);
    const around = (this.box.offsetParent ?? document.body).getBoundingClientRect();
    const room = Math.max(0, around.width - this.box.offsetWidth);
    this.box.style.insetBlockStart = `${place.bottom - around.top + 4}px`;
    const rtl = getComputedStyle(this.box).direction === 'rtl';
    this.box.style.insetInlineStart = `${Math.min(room, Math.max(0, rtl ? around.right - place.right : place.left - around.left))}px`;
  }

  // The state as it will be once the letters of the choice are gone.
  private without(open: Open): EditorState {
    return this.view.state.apply(this.view.state.tr.delete(open.from, this.view.state.selection.from));
  }

  private draw(): void {
    const options = this.shown.map((word, number) => {
      const option = element('li', { role: 'option', id: `ovn-slash-${number}`, 'aria-selected': String(number === this.at) }, say(word));
      // Before the click the text would lose its selection.
      option.addEventListener('mousedown', (event) => {
        event.preventDefault();
        this.at = number;
        this.take();
      });
      return option;
    });
    this.box.replaceChildren(...options);
    options[this.at]?.scrollIntoView({ block: 'nearest' });
    this.view.dom.setAttribute('aria-activedescendant', `ovn-slash-${this.at}`);
    this.view.dom.setAttribute('aria-controls', this.box.id);
  }

  private hide(): void {
    if (this.box.hidden) return;
    this.box.hidden = true;
    this.shown = [];
    this.view.dom.removeAttribute('aria-activedescendant');
    this.view.dom.removeAttribute('aria-controls');
  }

  private take(): void {
    const open = key.getState(this.view.state);
    const word = this.shown[this.at];
    if (!open || !word) return;
    this.hide();
    this.view.dispatch(this.view.state.tr.delete(open.from, this.view.state.selection.from));
    this.commands[word]?.(this.view.state, (tr: Transaction) => this.view.dispatch(tr), this.view);
    this.view.focus();
  }

  keydown(event: KeyboardEvent): boolean {
    if (this.box.hidden || event.isComposing) return false;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      this.at = (this.at + by + this.shown.length) % this.shown.length;
      this.draw();
      return true;
    }
    if (event.key === 'Enter' || event.key === 'Tab') {
      this.take();
      return true;
    }
    if (event.key !== 'Escape') return false;
    this.dismissed = key.getState(this.view.state)?.from ?? -1;
    this.hide();
    return true;
  }

  destroy(): void {
    this.box.remove();
  }
}

export function slash(commands: Partial<Record<Word, Command>>, host: HTMLElement): Plugin<Open | null> {
  let menu: Menu | null = null;
  return new Plugin<Open | null>({
    key,
    state: { init: () => null, apply: (_tr, _old, _before, state) => opened(state) },
    view: (view) => (menu = new Menu(view, commands, host)),
    props: { handleKeyDown: (_view, event) => menu?.keydown(event) ?? false },
  });
}
