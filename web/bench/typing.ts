// One article in two editors on one page: ours with everything, and ProseMirror with nothing; what a keystroke costs in each.
import { baseKeymap } from 'prosemirror-commands';
import { keymap } from 'prosemirror-keymap';
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { read } from '../src/document';
import { edit } from '../src/editor';
import { Room } from '../src/room';
import { together } from '../src/together';
import { chance } from '../test/house';

const PARAGRAPHS = 100;
const WORDS = 50;
const PARTS = ['lor', 'em', 'ip', 'sum', 'do', 'sit', 'am', 'et', 'پل', 'پار'];

// 5,000 words in 100 paragraphs with 200 citations.
function article(): Node {
  const dice = chance(7);
  const word = () => Array.from({ length: 1 + Math.floor(dice() * 3) }, () => PARTS[Math.floor(dice() * PARTS.length)]).join('');
  const words = (count: number) => ({ type: 'text', text: `${Array.from({ length: count }, word).join(' ')} ` });
  const cite = () => ({ type: 'cite', attrs: { items: [{ id: `source-${Math.floor(dice() * 20)}`, locator: '', prefix: '' }] } });
  const paragraph = () => ({ type: 'paragraph', content: [words(WORDS / 2), cite(), words(WORDS / 2), cite()] });
  return read({ type: 'doc', attrs: { lang: 'en' }, content: [{ type: 'headline' }, { type: 'standfirst' }, ...Array.from({ length: PARAGRAPHS }, paragraph)] });
}

// Work that waits for the next frame, done within the time that is measured.
const frames: FrameRequestCallback[] = [];
const real = window.requestAnimationFrame.bind(window);

function bare(doc: Node): EditorView {
  const host = document.body.appendChild(document.createElement('div'));
  host.className = 'ovn-editor';
  return new EditorView(host, { state: EditorState.create({ doc, plugins: [keymap(baseKeymap)] }) });
}

function whole(doc: Node): EditorView {
  let view: EditorView;
  const nothing = () => undefined;
  const room = new Room({
    place: '/bench',
    writer: 'bench',
    host: { state: () => view.state, dispatch: (tr) => view.dispatch(tr), rebuild: nothing, composing: () => false },
    desk: { send: async ({ version, steps }) => ({ is: 'kept', version: version + steps.length }), news: async () => ({ is: 'away' }), hush: nothing, whole: async () => null },
    device: { lasting: true, get: async () => null, put: async () => undefined, last: nothing, drop: async () => undefined, places: async () => [], aside: async () => new Date() },
    clock: { now: () => Date.now(), after: () => nothing },
    hash: async () => '',
    tell: nothing,
    aside: nothing,
    references: nothing,
    others: nothing,
  });
  const editor = edit({ doc, lengths: { headline: 100, standfirst: 300, paragraph: 120 }, plugins: [together(1)], changed: () => room.changed(), save: nothing });
  view = editor.view;
  document.body.append(editor.dom);
  return editor.view;
}

// Milliseconds that each of `times` letters takes, from the change to the finished layout.
function type(view: EditorView, times: number): number[] {
  const out: number[] = [];
  for (let letter = 0; letter < times; letter++) {
    const began = performance.now();
    view.dispatch(view.state.tr.insertText(letter % 6 === 5 ? ' ' : 'x'));
    for (const frame of frames.splice(0)) frame(began);
    void document.body.offsetHeight;
    out.push(performance.now() - began);
  }
  return out;
}

async function measure(rounds: number): Promise<{ ours: number[]; bare: number[]; words: number; citations: number }> {
  const doc = article();
  const views = { ours: whole(doc), bare: bare(doc) };
  window.requestAnimationFrame = (work) => frames.push(work);
  let pos = 0;
  doc.forEach((_node, offset, index) => index === 52 && (pos = offset + 30));
  for (const view of Object.values(views)) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos)));
  const times = { ours: [] as number[], bare: [] as number[] };
  type(views.ours, 30);
  type(views.bare, 30);
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) times[name].push(...type(views[name], 20));
    await new Promise((done) => real(done));
  }
  let citations = 0;
  doc.descendants((node) => void (citations += node.type.name === 'cite' ? 1 : 0));
  return { ...times, words: PARAGRAPHS * WORDS, citations };
}

(globalThis as unknown as { measure: typeof measure }).measure = measure;
