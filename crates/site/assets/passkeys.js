// Passkeys: takes the question out of a form, puts it to the browser, and sends the answer with that same form.
'use strict';

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

// A credential as JSON, every buffer in base64url.
const written = ({ id, rawId, type, response }) => {
  const parts = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[name]) parts[name] = text(response[name]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: parts, extensions: {} });
};

const ask = (form) => {
  const options = JSON.parse(form.dataset.options);
  options.challenge = bytes(options.challenge);
  for (const one of [...(options.allowCredentials ?? []), ...(options.excludeCredentials ?? [])]) one.id = bytes(one.id);
  if (form.dataset.passkey === 'get') return navigator.credentials.get({ publicKey: options });
  options.user.id = bytes(options.user.id);
  // Whoever joins has just typed the name under which the passkey is found again.
  if (form.dataset.named) options.user.name = options.user.displayName = form.elements.namedItem('name').value.trim();
  return navigator.credentials.create({ publicKey: options });
};

if (window.PublicKeyCredential)
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const [button, trouble] = [form.querySelector('button'), form.querySelector('[role=alert]')];
    for (const part of document.querySelectorAll('[data-with-passkey]')) part.hidden = false;
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      button.disabled = trouble.hidden = true;
      try {
        form.elements.namedItem('answer').value = written(await ask(form));
        form.submit();
      } catch {
        trouble.hidden = button.disabled = false;
      }
    });
  }
