/** Goes after the sign that would ping or link; people do not see it. */
const BREAK = '\u200b';

/**
 * Launchpad pings nobody from a description, but its mails, mirrors and chat bots may: `@name`, `#12` and `LP: #12` lose
 * their effect and read the same. `bug 12` and addresses stay: they are shown as links and do nothing else.
 */
export function neutralise(text: string): string {
  return text.replace(/@(?=[\p{L}\p{N}_])|#(?=\d)/gu, (sign) => sign + BREAK);
}

/** Takes back what `neutralise` did. */
export function restore(text: string): string {
  return text.replace(/([@#])\u200b/g, '$1');
}
