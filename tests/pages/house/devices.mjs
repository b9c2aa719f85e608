// People at browsers of their own with virtual authenticators, that know their user.
import assert from 'node:assert/strict';

const KIND = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };

// Seats somebody: `device()` gives them an authenticator, `leave` takes one away, `kept` tells what is on it.
export const people = (chromium) =>
  async (options = {}) => {
    const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const keys = await context.newCDPSession(page);
    await keys.send('WebAuthn.enable');
    const device = async () => (await keys.send('WebAuthn.addVirtualAuthenticator', { options: KIND })).authenticatorId;
    const leave = (authenticatorId) => keys.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    const verified = (authenticatorId, isUserVerified) => keys.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    const kept = async (authenticatorId) => (await keys.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
    return { context, page, errors, device, leave, verified, kept };
  };

// Follows a link and joins with a passkey; nothing is typed but the name.
export async function joinWith({ page }, link, name, lang) {
  await page.goto(link);
  await page.fill('#key-name', name);
  await page.selectOption('#key-lang', lang);
  await page.click('form[data-passkey] button');
  await page.waitForSelector('.codes');
  assert.equal(await page.locator('.codes li').count(), 8);
  await page.click('main a.go');
  assert.equal(await page.getAttribute('html', 'lang'), lang);
}
