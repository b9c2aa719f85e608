// The editor: the sheet with its plugins, toolbar, status line and dialogs.
import { baseKeymap } from 'prosemirror-commands';
import { gapCursor } from 'prosemirror-gapcursor';
import { keymap } from 'prosemirror-keymap';
import type { Node } from 'prosemirror-model';
import { EditorState, Plugin, type Command } from 'prosemirror-state';
import { Decoration, DecorationSet, EditorView } from 'prosemirror-view';
import { element } from './ask';
import { bounds } from './bounds';
import { cite, citing } from './cite';
import { comment } from './comment-dialog';
import { commenting } from './commenting';
import { commentsPanel } from './comments-panel';
import { commands as plainCommands, typing } from './commands';
import { counting, countOf, type Lengths } from './count';
import { views } from './direction';
import { finding, panel } from './find';
import { bound, load, type Keys } from './keys';
import { keysDialog } from './keys-dialog';
import { link, links } from './links';
import { pasting } from './pasting';
import { image, pictures } from './pictures';
import { prompt } from './prompt';
import { shortcuts } from './rules';
import { slash } from './slash';
import { sourceFile } from './source-file';
import { step } from './tables';
import { asSuggested, isSuggesting, suggesting, toggle } from './suggest';
import { suggestionsPanel } from './suggestions-panel';
import type { Talking } from './talking';
import { toolbar } from './toolbar';
import { undoing } from './undo';
import { say, type Word } from './words';

export interface Options {
  doc: Node;
  lengths: Lengths;
  /** The document changed; the new one. */
  changed: (doc: Node) => void;
  /** Beside the editor's own. */
  plugins?: Plugin[];
  /** The selection is elsewhere. */
  moved?: () => void;
  /** The opaque id of who writes; without it nothing can be suggested. */
  writer?: string;
  /** What people say about the draft; without it nobody can comment. */
  talk?: Talking;
  /** Mod-s. */
  save: () => void;
}

export interface Editor {
  dom: HTMLElement;
  view: EditorView;
  /** Another document takes the place of this one, without a way back. */
  load: (doc: Node, plugins?: Plugin[]) => void;
  tell: (words: string, strong?: boolean) => void;
  /** Shows a question above the text; the answer closes it. */
  question: (words: string, answers: [string, () => void][]) => void;
}

// What stands in an empty part.
function placeholders(): Plugin {
  const at = (doc: Node): Decoration[] => {
    const out: Decoration[] = [];
    doc.forEach((node, pos, index) => {
      const word: Word | null = index === 0 ? 'headline' : index === 1 ? 'standfirst' : index === 2 && doc.childCount === 3 && node.type.name === 'paragraph' ? 'text' : null;
      if (word && node.content.size === 0) out.push(Decoration.node(pos, pos + node.nodeSize, { class: 'empty', 'data-placeholder': say(word) }));
    });
    return out;
  };
  return new Plugin({ props: { decorations: ({ doc }) => DecorationSet.create(doc, at(doc)) } });
}

const seconds = () => Math.floor(Date.now() / 1000);
const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

export function edit({ doc, lengths, plugins: beside = [], changed, moved, save, writer = '', talk }: Options): Editor {
  const mac = isMac();
  let keys: Keys = load();
  let view: EditorView;
  const body = element('div', { class: 'sheet' });
  const above = element('div', { class: 'above' });
  const count = element('p', { class: 'count' });
  const status = element('p', { class: 'status', role: 'status' });
  const dom = element('div', { class: 'ovn-editor' });
  const openFind = panel(() => view, above);
  const rebind = (next: Keys) => {
    keys = next;
    bar.name(keys);
    view.updateState(view.state.reconfigure({ plugins: plugins() }));
  };
  const remarks = talk ? commentsPanel(() => view, talk) : null;
  const commands: Partial<Record<Word, Command>> = {
    ...plainCommands,
    link,
    cite,
    image,
    sourceFile,
    suggest: toggle,
    ...(talk && remarks ? { comment: comment(talk, remarks.go) } : {}),
    find: (_state, dispatch) => (dispatch && openFind(), true),
    save: (_state, dispatch) => (dispatch && save(), true),
    keys: (_state, dispatch) => (dispatch && void keysDialog(keys, commands, mac).then((next) => (next && rebind(next), view.focus())), true),
  };
  const offered = suggestionsPanel(() => view);
  const bar = toolbar(() => view, commands, mac);
  const fixed = [
    slash(commands, body),
    prompt(),
    shortcuts(),
    keymap({ ...typing, Tab: orIndent(1), 'Shift-Tab': orIndent(-1) }),
    keymap(baseKeymap),
    undoing(),
    suggesting(writer, seconds),
    gapCursor(),
    bounds(),
    finding(),
    commenting(),
    pasting(writer, talk ?? null, seconds),
    pictures(),
    links(),
    citing(),
    counting(lengths, () => view?.composing ?? false),
    placeholders(),
  ];
  const plugins = () => [fixed[0] as Plugin, bound(keys, commands), ...fixed.slice(1), ...beside];
  const show = (state: EditorState) => {
    bar.update(state);
    offered.update();
    remarks?.update();
    const { words, minutes, tk, over } = countOf(state);
    const parts = [say('wordsCount', words), say('minutes', minutes), tk ? say('tk', tk) : '', over ? say('over', over) : ''];
    const text = parts.filter(Boolean).join(' · ');
    if (count.textContent !== text) count.textContent = text;
  };
  // What stands around the text is drawn after the keystroke, not with it.
  let due = false;
  const later = (state: () => EditorState) => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      show(state());
    });
  };
  view = new EditorView(body, {
    state: EditorState.create({ doc, plugins: plugins() }),
    attributes: { id: 'ovn-sheet', role: 'textbox', 'aria-multiline': 'true', 'aria-label': say('sheet'), lang: doc.attrs['lang'] as string, spellcheck: 'true' },
    nodeViews: views,
    dispatchTransaction: (tr) => {
      const now = asSuggested(view.state, tr, seconds());
      if (!now) {
        status.textContent = say('onlyWords');
        view.updateState(view.state);
        return;
      }
      view.updateState(view.state.apply(now));
      later(() => view.state);
      if (now.docChanged) changed(view.state.doc);
      if (now.docChanged || now.selectionSet) moved?.();
    },
  });
  bar.name(keys);
  show(view.state);
  dom.append(above, bar.dom, body, element('div', { class: 'below' }, [count, status]), ...(remarks ? [remarks.dom] : []), offered.dom);
  return {
    dom,
    view,
    load: (next, others = beside) => {
      beside = others;
      const suggests = isSuggesting(view.state);
      view.updateState(EditorState.create({ doc: next, plugins: plugins() }));
      if (suggests) toggle(view.state, (tr) => view.dispatch(tr));
      show(view.state);
    },
    tell: (words, strong = false) => {
      status.textContent = words;
      status.classList.toggle('strong', strong);
    },
    question: (words, answers) => {
      const box = element('div', { class: 'question', role: 'alert' }, [element('p', {}, words)]);
      for (const [label, action] of answers) {
        const button = element('button', { type: 'button' }, label);
        button.addEventListener('click', () => {
          box.remove();
          action();
          view.focus();
        });
        box.append(button);
      }
      // One that is asked again stands once.
      for (const one of above.querySelectorAll('.question')) if (one.textContent === box.textContent) one.remove();
      above.prepend(box);
    },
  };
}

// Tab within a table or list; elsewhere it goes on to the next field, as keyboards expect.
function orIndent(by: 1 | -1): Command {
  return (state, dispatch, view) => {
    if (step(by)(state, dispatch)) return true;
    const command = plainCommands[by === 1 ? 'indent' : 'outdent'];
    const { $from } = state.selection;
    const inList = $from.depth > 2 && $from.node($from.depth - 1).type.name === 'item';
    return inList && (command?.(state, dispatch, view) ?? false);
  };
}
