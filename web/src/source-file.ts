// Files as sources: chosen or dropped, described in a dialog, kept by the newsroom as they came, and offered to be cited.
import type { Command } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { dialog, element } from './ask';
import { offer, type Reference } from './cite';
import { inTop } from './commands';
import { say } from './words';

type Sent = { id: string; references: Reference[]; waiting: number } | { fault: string };

interface Desk {
  place: string;
  token: () => string;
  // The kinds of source, each with its name.
  kinds: [string, string][];
  // Tells the page of the sources that there are now.
  told: (list: Reference[]) => void;
}

let desk: Desk | null = null;

// Where the newsroom takes files for this draft.
export function takeFiles(how: Desk): void {
  desk = how;
}

export const takesFiles = (): boolean => desk !== null;

async function send({ place, token }: Desk, form: FormData): Promise<Sent> {
  try {
    const response = await fetch(place, { method: 'PUT', headers: { accept: 'application/json', 'x-form-token': token() }, body: form, credentials: 'same-origin' });
    const answer = (await response.json().catch(() => ({}))) as { id?: string; references?: Reference[]; waiting?: number; message?: string };
    if (response.ok && answer.id) return { id: answer.id, references: answer.references ?? [], waiting: answer.waiting ?? 0 };
    return { fault: answer.message ?? (response.status === 401 || response.status === 403 ? say('signedOut') : String(response.status)) };
  } catch {
    return { fault: say('notSent') };
  }
}

function fields(kinds: [string, string][]) {
  const input = (name: string, dir: string, most: string) => element('input', { type: 'text', name, dir, maxlength: most });
  const file = element('input', { type: 'file', name: 'file', required: '' });
  const kind = element('select', { name: 'kind' }, kinds.map(([word, name]) => element('option', { value: word }, name)));
  // Most files are documents.
  if (kinds.some(([word]) => word === 'document')) kind.value = 'document';
  const [title, speaks, issued] = [input('title', 'auto', '500'), input('speaks', 'auto', '200'), input('issued', 'ltr', '10')];
  issued.placeholder = '2026-11-24';
  const secret = element('input', { type: 'checkbox', name: 'confidential', value: 'yes' });
  const [reason, details] = [input('reason', 'auto', '500'), input('details', 'auto', '10000')];
  const row = (words: string, one: HTMLElement) => element('label', {}, [words, one]);
  const hidden = [row(say('fileReason'), reason), row(say('fileDetails'), details)];
  const show = () =>
    hidden.forEach((one, at) => {
      one.hidden = !secret.checked;
      (at === 0 ? reason : details).required = secret.checked;
    });
  secret.addEventListener('change', show);
  show();
  const tick = element('label', { class: 'tick' }, [secret, say('fileSecret')]);
  const rows = [row(say('fileChosen'), file), row(say('fileKind'), kind), row(say('fileTitle'), title), row(say('fileSpeaks'), speaks), row(say('fileDate'), issued), tick, ...hidden];
  return { rows, file, title, secret, words: { kind, title, speaks, issued, reason, details } };
}

// Asks about a file, sends it, and offers its citation.
export async function addFile(view: EditorView, given: File | null): Promise<void> {
  const to = desk;
  if (!to) return;
  const { rows, file, secret, words } = fields(to.kinds);
  const state = element('p', { role: 'status', class: 'sending' });
  const { form, closed } = dialog(say('sourceFile'), [...rows, state]);
  if (given) {
    const transfer = new DataTransfer();
    transfer.items.add(given);
    file.files = transfer.files;
  }
  file.addEventListener('change', () => file.setCustomValidity(''));
  let sent: Exclude<Sent, { fault: string }> | null = null;
  form.addEventListener('input', () => file.setCustomValidity(''));
  form.addEventListener('submit', (event) => {
    const chosen = file.files?.[0];
    const button = event.submitter as HTMLButtonElement | null;
    if (button?.value !== 'ok' || sent || !chosen) return;
    event.preventDefault();
    const data = new FormData();
    for (const [name, one] of Object.entries(words)) data.append(name, one.value.trim().normalize('NFC'));
    data.append('confidential', secret.checked ? 'yes' : '');
    data.append('file', chosen);
    button.disabled = true;
    state.textContent = say('sendingFile');
    void send(to, data).then((answer) => {
      button.disabled = false;
      state.textContent = '';
      if ('fault' in answer) {
        file.setCustomValidity(answer.fault);
        file.reportValidity();
        return;
      }
      sent = answer;
      to.told(answer.references);
      form.requestSubmit(button);
    });
  }, { capture: true });
  await closed;
  const kept = sent as Exclude<Sent, { fault: string }> | null;
  if (!kept || view.isDestroyed) return view.focus();
  await offer(view, kept.id, kept.waiting > 0 ? say('fileTells') : '');
}

export const sourceFile: Command = (state, _dispatch, view) => {
  if (!desk || inTop(state) || !state.selection.$to.parent.inlineContent || state.selection.$to.parent.type.name === 'codeblock') return false;
  if (view) void addFile(view, null);
  return true;
};
