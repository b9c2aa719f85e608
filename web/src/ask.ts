// Elements and questions: the browser's own dialog, so that focus, Escape and screen readers work as everywhere.
import { say } from './words';

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  content: string | (Node | string)[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...(typeof content === 'string' ? [content] : content));
  return made;
}

export interface Field {
  name: string;
  label: string;
  value?: string;
  required?: boolean;
  dir?: 'auto' | 'ltr';
  /** What is wrong with a value, if anything. */
  fault?: (value: string) => string | null;
}

export type Answer = { removed: true } | { removed: false; values: Record<string, string> };

let number = 0;

// Shows a dialog that `fill` puts content in; resolves to what closed it: 'ok', 'remove' or '' for nothing.
export function dialog(title: string, content: Node[], options: { remove?: boolean; ok?: boolean } = {}): { box: HTMLDialogElement; form: HTMLFormElement; closed: Promise<string> } {
  const id = `ovn-dialog-${++number}`;
  const buttons = element('p', { class: 'buttons' });
  if (options.ok !== false) buttons.append(element('button', { value: 'ok' }, say('ok')));
  if (options.remove) buttons.append(element('button', { value: 'remove', formnovalidate: '' }, say('remove')));
  const cancel = element('button', { type: 'button' }, say(options.ok === false ? 'close' : 'cancel'));
  buttons.append(cancel);
  const form = element('form', { method: 'dialog' }, [element('h2', { id }, title), ...content, buttons]);
  const box = element('dialog', { class: 'ovn-ask', 'aria-labelledby': id }, [form]);
  // A dialog inside the article's own form would be a form in a form.
  document.body.append(box);
  // Answered at once, not with the dialog's later event: what is typed next already finds the text changed.
  const closed = new Promise<string>((done) => {
    const end = (how: string) => {
      box.close();
      done(how);
    };
    cancel.addEventListener('click', () => end(''));
    form.addEventListener('submit', (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      end((event.submitter as HTMLButtonElement | null)?.value ?? 'ok');
    });
    box.addEventListener('close', () => {
      box.remove();
      done('');
    });
  });
  box.showModal();
  return { box, form, closed };
}

// Asks for some lines of text; null when the person thinks better of it.
export async function ask(title: string, fields: Field[], remove = false): Promise<Answer | null> {
  const inputs = fields.map(({ name, label, value = '', required, dir = 'auto', fault }) => {
    const input = element('input', { type: 'text', name, dir, value, ...(required ? { required: '' } : {}) });
    if (fault) input.addEventListener('input', () => input.setCustomValidity(''));
    return { input, fault, row: element('label', {}, [label, input]) };
  });
  const { form, closed } = dialog(title, inputs.map(({ row }) => row), { remove });
  form.addEventListener('submit', (event) => {
    if ((event.submitter as HTMLButtonElement | null)?.value !== 'ok') return;
    for (const { input, fault } of inputs) {
      const wrong = fault?.(input.value);
      if (!wrong) continue;
      event.preventDefault();
      input.setCustomValidity(wrong);
      input.reportValidity();
      return;
    }
  }, { capture: true });
  const how = await closed;
  if (how === 'remove') return { removed: true };
  if (how !== 'ok') return null;
  return { removed: false, values: Object.fromEntries(inputs.map(({ input }) => [input.name, input.value.trim().normalize('NFC')])) };
}
