/**
 * Makes text safe to put on GitHub: nobody is pinged, nothing is linked back, nothing is closed. It reads the same:
 * a zero-width space breaks what GitHub would act on (backslashes and entities do not stop it), addresses stay usable.
 */

const ZWSP = '\u200b';
const ADDRESS = /https?:\/\/[^\s<>]+/gi;
const TRAILING = new Set('.,;:!?\'"*_~)]}`\\');

/** Text cut into addresses and what stands between them, in order. */
export function parts(text: string): readonly { readonly address: boolean; readonly text: string }[] {
  const found: { address: boolean; text: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    found.push({ address: false, text: text.slice(end, match.index) }, { address: true, text: address });
    end = match.index + address.length;
  }
  found.push({ address: false, text: text.slice(end) });
  return found.filter((part) => part.text !== '');
}

/** Punctuation at the end belongs to the sentence; a closing bracket stays when the address opened one. */
function withoutTrailing(address: string): string {
  let end = address.length;
  while (TRAILING.has(address.charAt(end - 1))) end -= 1;
  const bracket = address.charAt(end) === ')' && address.slice(0, end).includes('(');
  return address.slice(0, bracket ? end + 1 : end);
}

/** An address without the power to leave a backlink or to ping. `host` is where the issues are read in a browser. */
export function safeAddress(address: string, host: string): string {
  const calm = address.replaceAll('@', '%40');
  const match = /^(https?:\/\/)((?:www\.)?[^/]+)(\/[^/]+\/[^/]+\/)(issues|pulls?|commits?|discussions)(?=\/)/i.exec(
    calm,
  );
  if (match === null) return calm;
  const [whole, scheme = '', at = '', path = '', word = ''] = match;
  const rest = calm.slice(whole.length);
  // github.com documents this host for links without backlinks; elsewhere an encoded letter hides the link's kind.
  if (/^(?:www\.)?github\.com(?::\d+)?$/i.test(at)) return `https://redirect.github.com${path}${word}${rest}`;
  if (at.toLowerCase() !== host) return calm;
  return `${scheme}${at}${path}%${word.charCodeAt(0).toString(16)}${word.slice(1)}${rest}`;
}

/** Words between addresses: mentions, references and commit ids lose their power. */
export function safeWords(text: string): string {
  return text
    .replace(/(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])/g, `@${ZWSP}`)
    .replace(/#(?=\d)/g, `#${ZWSP}`)
    .replace(/(?<![A-Za-z0-9])GH-(?=\d)/gi, (gh) => `${gh}${ZWSP}`)
    .replace(/www(?=\.github\.com\/)/gi, (www) => `${www}${ZWSP}`)
    .replace(/(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])/gi, breakCommit);
}

/** A commit id has letters and digits; plain numbers (bug ids) and plain words ("defaced") are left alone. */
function breakCommit(id: string): string {
  return /\d/.test(id) && /[a-f]/i.test(id) ? id.replace(/.{6}(?=.)/g, `$&${ZWSP}`) : id;
}

/** Plain text, as in a title, made safe. */
export function neutralise(text: string, host: string): string {
  return parts(clean(text))
    .map((part) => (part.address ? safeAddress(part.text, host) : safeWords(part.text)))
    .join('');
}

/** The text as it was before it was made safe. */
export function restore(text: string): string {
  return parts(text.replaceAll(ZWSP, ''))
    .map((part) => (part.address ? restoreAddress(part.text) : part.text))
    .join('');
}

/** The address as it was before it was made safe. */
export function restoreAddress(address: string): string {
  return address
    .replaceAll('%40', '@')
    .replace(/^https?:\/\/redirect\.github\.com\//i, 'https://github.com/')
    .replace(
      /^(https?:\/\/[^/]+\/[^/]+\/[^/]+\/)%([0-9a-f]{2})(?=ssues\/|ull|ommit|iscussions\/)/i,
      (_, head: string, code: string) => `${head}${String.fromCharCode(Number.parseInt(code, 16))}`,
    );
}

/**
 * One line of visible characters: white space becomes one space; controls, direction overrides, zero-width spaces and
 * half surrogate pairs go, because servers and browsers change or misuse them.
 */
export function clean(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}
