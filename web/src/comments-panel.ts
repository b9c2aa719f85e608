// The list of comments below the text: each with its words, its answers and what may be done with it.
import type { EditorView } from 'prosemirror-view';
import { TextSelection } from 'prosemirror-state';
import { element } from './ask';
import { ordered, places, type Comment, type Place, type Standing, type Thread } from './book';
import { atCaret, elementOf, openOf, showing } from './commenting';
import type { Talking } from './talking';
import { when } from './who';
import { say } from './words';

export interface CommentsPanel {
  dom: HTMLElement;
  /** Draws what changed in the text or in what was said. */
  update: () => void;
  /** Goes to the open comment at the caret; false when there is none. */
  go: () => boolean;
}

type One = Thread & Standing;

const signed = ({ name, at }: { name: string; at: number }) => [element('b', {}, [element('bdi', { dir: 'auto' }, name)]), ` · ${when(at / 1000)}`];

function standing({ waits, refused }: Standing): HTMLElement[] {
  const words = refused ? say('commentRefused', refused) : waits ? say('commentWaits') : '';
  return words ? [element('p', { class: 'waits' }, words)] : [];
}

const said = (one: Comment & Standing): HTMLElement[] => [element('p', { class: 'by' }, signed(one)), element('p', { class: 'words', dir: 'auto' }, one.words), ...standing(one)];

// One thread's row, drawn anew around the answer that somebody may be writing.
class Row {
  readonly dom = element('li');
  readonly box: HTMLElement;
  private readonly head = element('div');
  private readonly answers = element('ul');
  private readonly field: HTMLTextAreaElement;
  private readonly form: HTMLElement;
  private readonly buttons = element('p', { class: 'buttons' });
  private drawn = '';

  constructor(
    private readonly id: string,
    private readonly talk: Talking,
    private readonly show: (id: string) => void,
    back: () => void,
  ) {
    const label = element('label', { for: `ovn-answer-${id}` }, say('answerWords'));
    this.field = element('textarea', { id: `ovn-answer-${id}`, rows: '2', dir: 'auto', maxlength: '4000' });
    const send = element('button', { type: 'button' }, say('answerSend'));
    send.addEventListener('click', () => this.send());
    this.field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) this.send();
    });
    this.form = element('div', { class: 'answer', hidden: '' }, [label, this.field, element('p', { class: 'buttons' }, [send])]);
    this.box = element('div', { role: 'comment', id: elementOf(id), tabindex: '-1' }, [this.head, this.answers, this.buttons, this.form]);
    this.box.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      // Out of the answer first, with what was typed kept, then back to the text.
      if (event.target === this.field) {
        this.form.hidden = true;
        this.box.focus();
      } else back();
    });
    this.dom.append(this.box);
  }

  private send(): void {
    const words = this.field.value.trim();
    if (!words) return this.field.focus();
    this.field.value = '';
    this.form.hidden = true;
    void this.talk.say(words, { thread: this.id });
    this.box.focus();
  }

  private button(word: 'show' | 'answer' | 'resolve' | 'reopen', action: () => void): HTMLElement {
    const made = element('button', { type: 'button', 'aria-describedby': `ovn-said-${this.id}` }, say(word));
    made.addEventListener('click', action);
    return made;
  }

  draw(one: One, place: Place | undefined, current: boolean): void {
    this.box.classList.toggle('current', current);
    const isGone = one.quote !== '' && !place;
    const now = JSON.stringify([one, isGone, place !== undefined]);
    if (now === this.drawn) return;
    this.drawn = now;
    const quote = (place?.words || one.quote).trim();
    const about = quote ? [element('p', { class: 'quote' }, [element('q', { dir: 'auto' }, quote), ...(isGone ? [' ', element('span', { class: 'gone' }, say('commentGone'))] : [])])] : [];
    const resolved = one.resolved ? [element('p', { class: 'waits' }, say('resolvedBy', one.resolved.name, when(one.resolved.at / 1000)))] : [];
    this.head.replaceChildren(element('div', { id: `ovn-said-${this.id}` }, [...about, ...said(one)]), ...resolved);
    this.answers.replaceChildren(...one.answers.map((answer) => element('li', {}, said(answer))));
    this.answers.hidden = one.answers.length === 0;
    const answer = () => {
      this.form.hidden = false;
      this.field.focus();
    };
    const settle = () => {
      const list = this.dom.parentElement;
      const number = list ? [...list.children].indexOf(this.dom) : 0;
      void this.talk.resolve(this.id, !one.resolved);
      const next = list?.children[Math.min(number, list.children.length - 1)]?.querySelector<HTMLElement>('[role=comment]');
      if (next) next.focus();
      else this.show('');
    };
    const focused = this.buttons.contains(document.activeElement);
    this.buttons.replaceChildren(
      ...(place ? [this.button('show', () => this.show(this.id))] : []),
      this.button('answer', answer),
      this.button(one.resolved ? 'reopen' : 'resolve', settle),
    );
    if (focused) this.box.focus();
  }
}

export function commentsPanel(view: () => EditorView, talk: Talking): CommentsPanel {
  const title = element('h2', { id: 'ovn-comments', tabindex: '-1' });
  const [open, settled] = [element('ol'), element('ol')];
  const summary = element('summary');
  const behind = element('details', { hidden: '' }, [summary, settled]);
  const news = element('p', { class: 'news', role: 'status' });
  const dom = element('section', { class: 'comments', 'aria-labelledby': 'ovn-comments', hidden: '' }, [title, open, behind, news]);
  const rows = new Map<string, Row>();
  let drawn: unknown = null;
  let stale = true;
  const back = () => view().focus();
  const show = (id: string) => {
    const place = places(view().state.doc).get(id);
    if (place) view().dispatch(view().state.tr.setSelection(TextSelection.create(view().state.doc, place.from, place.to)).scrollIntoView());
    back();
  };
  const fill = (list: HTMLElement, threads: One[], at: Map<string, Place>, current: string[]) => {
    const kept = threads.map((one) => {
      const row = rows.get(one.id) ?? new Row(one.id, talk, show, back);
      rows.set(one.id, row);
      row.draw(one, at.get(one.id), current.includes(one.id));
      return row.dom;
    });
    // Moved only where the order is another: what is moved loses the focus.
    if (kept.length !== list.children.length || kept.some((row, number) => list.children[number] !== row)) list.replaceChildren(...kept);
  };
  const update = () => {
    const { state } = view();
    const current = atCaret(state);
    const now = `${current.join(' ')}`;
    if (!stale && drawn === state.doc && dom.dataset['at'] === now) return;
    [stale, drawn, dom.dataset['at']] = [false, state.doc, now];
    const at = places(state.doc);
    const all = ordered(talk.threads(), at);
    const [unresolved, resolved] = [all.filter((one) => !one.resolved), all.filter((one) => one.resolved)];
    const [focused, within] = [document.activeElement, dom.contains(document.activeElement)];
    fill(open, unresolved, at, current);
    fill(settled, resolved, at, []);
    if (within && focused instanceof HTMLElement && focused !== document.activeElement && dom.contains(focused)) focused.focus();
    title.textContent = say('comments', unresolved.length);
    summary.textContent = say('resolvedOnes', resolved.length);
    behind.hidden = resolved.length === 0;
    dom.hidden = all.length === 0;
    const ids = new Set(unresolved.map(({ id }) => id));
    const before = openOf(state);
    if (ids.size !== before.size || [...ids].some((id) => !before.has(id))) view().dispatch(showing(state.tr, ids));
  };
  talk.listen((fresh) => {
    stale = true;
    if (fresh.length > 0) news.textContent = say('commentNews', [...new Set(fresh.map(({ name }) => name))].join(say('comma')));
    update();
  });
  const go = () => {
    const id = atCaret(view().state)[0];
    const row = id === undefined ? undefined : rows.get(id);
    row?.box.focus();
    return row !== undefined;
  };
  return { dom, update, go };
}
