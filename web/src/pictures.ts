// Pictures: chosen, dropped or pasted, described in a dialog, and kept by the newsroom under the hash of what it made of them.
import { NodeSelection, Plugin, type Command } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { dialog, element } from './ask';
import { inTop } from './commands';
import { placeOf } from './kept';
import { type } from './schema';
import { addFile, takesFiles } from './source-file';
import { say } from './words';

const TAKEN = 'image/jpeg,image/png,image/webp,image/gif';

export type Sent = { src: string } | { fault: string };
// Gives a file to the newsroom.
export type Send = (file: File) => Promise<Sent>;

let send: Send | null = null;

// Where the newsroom takes pictures of this draft, and how they are sent there.
export function takePictures(place: string, how: Send): void {
  placeOf(place);
  send = how;
}

// The newsroom's answer to a file.
export const sender =
  (place: string, token: () => string): Send =>
  async (file) => {
    try {
      const response = await fetch(place, { method: 'PUT', headers: { accept: 'application/json', 'content-type': 'application/octet-stream', 'x-form-token': token() }, body: file, credentials: 'same-origin' });
      const answer = (await response.json().catch(() => ({}))) as { src?: string; message?: string };
      if (response.ok && answer.src) return { src: answer.src };
      return { fault: answer.message ?? (response.status === 401 || response.status === 403 ? say('signedOut') : String(response.status)) };
    } catch {
      return { fault: say('notSent') };
    }
  };

interface Values {
  src: string;
  alt: string;
  caption: string;
  credit: string;
}

interface Asked {
  removed: boolean;
  values: Values;
}

async function asked(was: Values, old: boolean, file: File | null): Promise<Asked | null> {
  const input = (name: keyof typeof was, dir: string, required: boolean) => element('input', { type: 'text', name, dir, value: was[name], ...(required ? { required: '' } : {}) });
  const [src, alt, caption, credit] = [input('src', 'ltr', false), input('alt', 'auto', true), input('caption', 'auto', false), input('credit', 'auto', false)];
  const chosen = element('input', { type: 'file', name: 'file', accept: TAKEN });
  const state = element('p', { role: 'status', class: 'sending' });
  const rows = [element('label', {}, [say('picture'), src]), element('label', {}, [say('alt'), alt]), element('label', {}, [say('caption'), caption]), element('label', {}, [say('credit'), credit]), state];
  if (send) rows.unshift(element('label', {}, [say('pictureFile'), chosen]));
  const { form, closed } = dialog(say('image'), rows, { remove: old });
  if (file) {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    chosen.files = transfer.files;
  }
  const clear = () => [src, chosen].forEach((one) => one.setCustomValidity(''));
  src.addEventListener('input', clear);
  chosen.addEventListener('change', clear);
  let sent = false;
  const refuse = (one: HTMLInputElement, why: string) => {
    one.setCustomValidity(why);
    one.reportValidity();
  };
  form.addEventListener('submit', (event) => {
    const picked = chosen.files?.[0];
    if ((event.submitter as HTMLButtonElement | null)?.value !== 'ok' || sent) return;
    if (!picked || !send) {
      if (src.value.trim() !== '') return;
      event.preventDefault();
      return refuse(send ? chosen : src, say('pictureNone'));
    }
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement;
    button.disabled = true;
    state.textContent = say('sending');
    void send(picked).then((answer) => {
      button.disabled = false;
      state.textContent = '';
      if ('fault' in answer) return refuse(chosen, answer.fault);
      src.value = answer.src;
      sent = true;
      form.requestSubmit(button);
    });
  }, { capture: true });
  const how = await closed;
  if (how === 'remove') return { removed: true, values: was };
  if (how !== 'ok') return null;
  const value = (one: HTMLInputElement) => one.value.trim().normalize('NFC');
  return { removed: false, values: { src: value(src), alt: value(alt), caption: value(caption), credit: value(credit) } };
}

async function picture(view: EditorView, pos: number | null, file: File | null = null): Promise<void> {
  const old = pos === null ? null : view.state.doc.nodeAt(pos);
  const was = (name: string) => (old?.attrs[name] as string | undefined) ?? '';
  const answer = await asked({ src: was('src'), alt: was('alt'), caption: was('caption'), credit: was('credit') }, old !== null, file);
  if (answer && !view.isDestroyed) {
    const { tr } = view.state;
    if (answer.removed && pos !== null && old) tr.delete(pos, pos + old.nodeSize);
    if (!answer.removed) {
      // Another picture is not the one that was archived.
      const sha256 = answer.values.src === was('src') ? was('sha256') : '';
      const made = type.node('image').create({ ...answer.values, sha256 });
      if (pos !== null && old) tr.replaceWith(pos, pos + old.nodeSize, made);
      else tr.replaceSelectionWith(made);
    }
    view.dispatch(tr.scrollIntoView());
  }
  view.focus();
}

const fits = (view: EditorView) => !inTop(view.state) && view.state.selection.$from.parent.type.name === 'paragraph';

export const image: Command = (state, _dispatch, view) => {
  const { selection } = state;
  const here = selection instanceof NodeSelection && selection.node.type.name === 'image' ? selection.from : null;
  if (here === null && (inTop(state) || selection.$from.parent.type.name !== 'paragraph')) return false;
  if (view) void picture(view, here);
  return true;
};

// The one picture among what was dropped or pasted, unless it came with words, as from an office program.
function fileOf(data: DataTransfer | null): File | null {
  if (!send || !data || data.types.includes('text/html') || data.types.includes('text/plain')) return null;
  return [...data.files].find((file) => TAKEN.split(',').includes(file.type)) ?? null;
}

// What else was dropped or pasted from a folder: it can be a source.
function othersOf(data: DataTransfer | null): File[] {
  if (!takesFiles() || !data || data.types.includes('text/html') || data.types.includes('text/plain')) return [];
  return [...data.files].filter((file) => !send || !TAKEN.split(',').includes(file.type));
}

// One after the other, each in a dialog of its own.
async function sources(view: EditorView, files: File[]): Promise<void> {
  for (const file of files) await addFile(view, file);
}

export const pictures = (): Plugin =>
  new Plugin({
    props: {
      handlePaste: (view, event) => {
        const file = fileOf(event.clipboardData);
        const others = othersOf(event.clipboardData);
        if (others.length > 0) {
          void sources(view, others);
          return true;
        }
        if (!file || !fits(view)) return false;
        void picture(view, null, file);
        return true;
      },
      handleDOMEvents: {
        drop: (view, event) => {
          const file = fileOf(event.dataTransfer);
          const others = othersOf(event.dataTransfer);
          if (others.length > 0) {
            event.preventDefault();
            void sources(view, others);
            return true;
          }
          if (!file) return false;
          // Otherwise the browser leaves the page for the picture.
          event.preventDefault();
          if (fits(view)) void picture(view, null, file);
          return true;
        },
      },
      handleDoubleClickOn: (view, _pos, node, nodePos) => {
        if (node.type.name !== 'image') return false;
        void picture(view, nodePos);
        return true;
      },
    },
  });
