// People at browsers of their own.
// Gives a way to seat somebody at a browser that runs scripts, and to hear what it complained of: its scripts' errors, and
// unless lines are cut on purpose, its console's too.
export const seats = (chromium, { cut = false } = {}) =>
  async (options = {}) => {
    const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    if (!cut) page.on('console', (message) => ['error', 'warning'].includes(message.type()) && errors.push(message.text()));
    return { context, page, errors };
  };

// The same at a browser that runs no script.
export const plain = (chromium) => {
  const seat = seats(chromium);
  return () => seat({ javaScriptEnabled: false, viewport: { width: 1000, height: 900 } });
};

export const SAVED = /^(Saved|محفوظ)$/;
// The editor says that the server has everything.
export const isSaved = (page) => page.locator('.status', { hasText: SAVED }).waitFor();
