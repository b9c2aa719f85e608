// Which addresses a link may have: the same rule as `check::href` in the program.

const ODD = /[\s\p{Cc}<>\\^`{|}"[\]]/u;
const SCHEMES = ['https://', 'http://', 'mailto:'];

// The address if a link may have it, else null.
export function address(href: string): string | null {
  if (ODD.test(href) || /[\u2028\u2029\ufeff]/.test(href) || href.normalize('NFC') !== href) return null;
  const lower = href.toLowerCase();
  const scheme = SCHEMES.some((start) => lower.startsWith(start) && lower.length > start.length);
  const own = href.startsWith('#') || (href.startsWith('/') && !href.startsWith('//'));
  return (scheme || own) && new TextEncoder().encode(href).length <= 2000 && balanced(href) ? href : null;
}

// Invisible direction marks must close; overrides are refused.
function balanced(text: string): boolean {
  const open: string[] = [];
  for (const letter of text) {
    if (letter === '\u202a' || letter === '\u202b') open.push('\u202c');
    else if (letter === '\u202d' || letter === '\u202e') return false;
    else if (letter >= '\u2066' && letter <= '\u2068') open.push('\u2069');
    else if ((letter === '\u202c' || letter === '\u2069') && open.pop() !== letter) return false;
  }
  return open.length === 0;
}

// What somebody typed or pasted as an address, made one; null when it cannot be.
export function typed(text: string): string | null {
  const trimmed = text.trim();
  if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(trimmed)) return address(`mailto:${trimmed}`);
  if (/^[\w-]+(\.[\w-]+)+([/?#].*)?$/.test(trimmed)) return address(`https://${trimmed}`);
  try {
    return address(trimmed) ?? address(new URL(trimmed).href);
  } catch {
    return null;
  }
}
