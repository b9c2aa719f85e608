// Takes in what is pasted: comments and tracked changes of elsewhere as comments and suggestions of whoever pastes.
import { Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { places } from './book';
import { plain } from './paste';
import type { Note } from './paste-notes';
import { PASTED } from './schema';
import { isSuggesting } from './suggest';
import type { Talking } from './talking';

// The longest web page that is opened, in bytes.
const MOST = 8 << 20;

// `keep` gives the marks that a node is to have, or null for one that is left out.
function kept(fragment: Fragment, keep: (marks: readonly Mark[]) => readonly Mark[] | null): Fragment {
  const out: Node[] = [];
  fragment.forEach((node) => {
    if (!node.isInline) return void out.push(node.copy(kept(node.content, keep)));
    const marks = keep(node.marks);
    if (marks) out.push(node.mark(marks));
  });
  return Fragment.fromArray(out);
}

// What of draft marks a slice may bring: places of comments that came with it or were cut out here, and changes of elsewhere as
// suggestions of `by`.
function taken(slice: Slice, view: EditorView, by: string, now: number, notes: readonly Note[], talk: Talking | null): Slice {
  const [here, known] = [places(view.state.doc), new Set(talk?.threads().map(({ id }) => id))];
  const cuts = Boolean(view.dragging?.move);
  const isOurs = (id: string) => notes.some((note) => note.id === id) || (known.has(id) && (cuts || !here.has(id)));
  const keep = (marks: readonly Mark[]) => {
    if (!by && marks.some(({ type, attrs }) => type.name === 'struck' && attrs['by'] === PASTED)) return null;
    return marks.flatMap((mark) => {
      const { name } = mark.type;
      if (name === 'comment') return isOurs(mark.attrs['id'] as string) ? [mark] : [];
      if (name !== 'added' && name !== 'struck') return [mark];
      return by && mark.attrs['by'] === PASTED ? [mark.type.create({ by, at: Math.max(0, now - (mark.attrs['at'] as number)) })] : [];
    });
  };
  return new Slice(kept(slice.content, keep), slice.openStart, slice.openEnd);
}

// Tells the others what came along, once it is in the text.
function told(view: EditorView, notes: readonly Note[], talk: Talking): void {
  const before = view.state.doc;
  queueMicrotask(() => {
    if (view.isDestroyed || view.state.doc === before) return;
    const at = places(view.state.doc);
    void (async () => {
      for (const { id, thread, words, resolved } of notes) {
        await talk.say(words.slice(0, 4000), { id, thread, quote: thread ? '' : (at.get(id)?.words ?? '') });
        if (resolved && !thread) await talk.resolve(id, true);
      }
    })();
  });
}

// A web page among the files.
const pageOf = (data: DataTransfer | null): File | null => [...(data?.files ?? [])].find(({ name, type, size }) => size <= MOST && (type === 'text/html' || /\.html?$/i.test(name))) ?? null;

export function pasting(writer: string, talk: Talking | null, now: () => number): Plugin {
  let notes: Note[] = [];
  const by = (view: EditorView) => (isSuggesting(view.state) ? '' : writer);
  const open = (view: EditorView, file: File) => void file.text().then((html) => !view.isDestroyed && view.pasteHTML(html));
  const came = (view: EditorView): false => {
    if (talk && notes.length > 0) told(view, notes, talk);
    notes = [];
    return false;
  };
  return new Plugin({
    props: {
      transformPastedHTML: (html, view) => {
        const read = plain(html, { suggests: by(view) !== '', name: talk && (() => talk.name()) });
        ({ notes } = read);
        return read.html;
      },
      transformPasted: (slice, view) => taken(slice, view, by(view), now(), notes, talk),
      handlePaste: (view, event) => {
        const file = event.clipboardData?.types.includes('text/html') ? null : pageOf(event.clipboardData);
        if (file) return (open(view, file), true);
        return came(view);
      },
      handleDrop: (view) => came(view),
      handleDOMEvents: {
        drop: (view, event) => {
          const file = pageOf(event.dataTransfer);
          if (!file) return false;
          // Otherwise the browser leaves the page for the file.
          event.preventDefault();
          open(view, file);
          return true;
        },
      },
    },
  });
}
