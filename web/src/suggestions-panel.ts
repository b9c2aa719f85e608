// The one list of open suggestions, each with who made it, when, and what may be done with it.
import type { EditorView } from 'prosemirror-view';
import { TextSelection, type Transaction } from 'prosemirror-state';
import { element } from './ask';
import { settle, settleAll, suggestions, type Suggestion } from './suggest';
import { nameOf, when } from './who';
import { say } from './words';

export interface SuggestionsPanel {
  dom: HTMLElement;
  update: () => void;
}

const says = ({ added, struck }: Suggestion): string => [struck && say('strikes', struck), added && say('adds', added)].filter(Boolean).join('; ');

export function suggestionsPanel(view: () => EditorView): SuggestionsPanel {
  const title = element('h2', { id: 'ovn-suggestions', tabindex: '-1' });
  const list = element('ol');
  const dom = element('section', { class: 'suggestions', 'aria-labelledby': 'ovn-suggestions', hidden: '' });
  let shown = '';

  const button = (word: 'accept' | 'reject' | 'show' | 'acceptAll' | 'rejectAll', action: () => void, about?: string) => {
    const made = element('button', { type: 'button', ...(about ? { 'aria-describedby': about } : {}) }, say(word));
    made.addEventListener('click', action);
    return made;
  };
  const draw = (all: Suggestion[]) => {
    title.textContent = say('suggestions', all.length);
    list.replaceChildren(...all.map(row));
    dom.hidden = all.length === 0;
  };
  const update = () => {
    const all = suggestions(view().state.doc);
    const now = JSON.stringify(all.map(({ by, at, added, struck }) => [by, at, added, struck]));
    if (now === shown) return;
    shown = now;
    draw(all);
  };
  // The place may have moved since the list was drawn.
  const at = (number: number, was: Suggestion) => {
    const one = suggestions(view().state.doc)[number];
    return one && one.by === was.by && one.at === was.at ? one : null;
  };
  const done = (tr: Transaction, number: number) => {
    view().dispatch(tr);
    update();
    const rows = list.querySelectorAll<HTMLButtonElement>('li > p > button:first-child');
    (rows[Math.min(number, rows.length - 1)] ?? view()).focus();
  };
  const decide = (number: number, was: Suggestion, accept: boolean) => {
    const one = at(number, was);
    if (one) done(settle(view().state.tr, one, accept), number);
  };
  const row = (one: Suggestion, number: number) => {
    const id = `ovn-suggestion-${number}`;
    const show = () => {
      const now = at(number, one);
      if (!now) return;
      view().dispatch(view().state.tr.setSelection(TextSelection.create(view().state.doc, now.from, now.to)).scrollIntoView());
      view().focus();
    };
    return element('li', {}, [
      element('p', { id }, [element('b', { dir: 'auto' }, nameOf(one.by)), ` · ${when(one.at)} · `, element('span', { dir: 'auto' }, says(one))]),
      element('p', { class: 'buttons' }, [button('accept', () => decide(number, one, true), id), button('reject', () => decide(number, one, false), id), button('show', show, id)]),
    ]);
  };
  dom.append(title, list, element('p', { class: 'buttons' }, [button('acceptAll', () => done(settleAll(view().state.tr, true), 0)), button('rejectAll', () => done(settleAll(view().state.tr, false), 0))]));
  return { dom, update };
}
