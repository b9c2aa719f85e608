// Asks for a comment on what is selected. What others write meanwhile moves the place along.
import type { Command } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { dialog, element } from './ask';
import { choosing, chosenOf, placed, wordsAt } from './commenting';
import type { Talking } from './talking';
import { say } from './words';

const SHOWN = 80;
// What was typed and not sent: the next comment begins with it.
let unsent = '';

async function asked(view: EditorView, talk: Talking): Promise<void> {
  view.dispatch(choosing(view.state.tr, wordsAt(view.state)));
  const words = () => {
    const chosen = chosenOf(view.state);
    return chosen ? view.state.doc.textBetween(chosen.from, chosen.to, ' ', ' ').trim() : '';
  };
  const about = words();
  const short = about.length > SHOWN ? `${about.slice(0, SHOWN)}…` : about;
  const field = element('textarea', { rows: '4', dir: 'auto', required: '', maxlength: '4000' });
  field.value = unsent;
  const title = short ? say('commentOn', short) : say('commentWhole');
  const { form, closed } = dialog(title, [element('label', {}, [say('commentWords'), field])]);
  field.focus();
  field.addEventListener('input', () => (unsent = field.value));
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) form.requestSubmit();
  });
  const how = await closed;
  const [said, quote, chosen] = [field.value.trim(), words() || about, chosenOf(view.state)];
  if (view.isDestroyed) return;
  view.dispatch(choosing(view.state.tr, null));
  view.focus();
  if (how !== 'ok' || !said) return;
  unsent = '';
  const id = talk.name();
  if (chosen && chosen.to > chosen.from) view.dispatch(placed(view.state.tr, chosen.from, chosen.to, id));
  await talk.say(said, { quote, id });
}

// Comments on the selection; at an open comment without one, goes to it.
export const comment =
  (talk: Talking, go: () => boolean): Command =>
  (state, dispatch, view) => {
    if (dispatch && view && !(state.selection.empty && go())) void asked(view, talk);
    return true;
  };
