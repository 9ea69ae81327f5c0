import { pairEmphasis } from './markdown-emphasis.ts';
import { type InlineScan, matchAt, type Opener, push } from './markdown-scan.ts';

const TARGET =
  /\(\s{0,100}(<[^<>\n]{0,2000}>|[^\s()<]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,2000}){0,5})(?:\s{1,100}(?:"[^"]{0,1000}"|'[^']{0,1000}'|\([^()]{0,1000}\)))?\s{0,100}\)/y;
const LABEL = /\[([^[\]]{0,300})\]/y;

/** Passes a `[` or `![` and remembers it. */
export function open(scan: InlineScan, image: boolean): void {
  if (image && scan.text.charAt(scan.at + 1) !== '[') {
    push(scan, scan.at + 1, null);
    return;
  }
  const width = image ? 2 : 1;
  scan.openers.push({ token: scan.tokens.length, after: scan.at + width, image, delimiters: scan.delimiters.length });
  push(scan, scan.at + width, null);
}

/** Passes a `]`: what stands since the last `[` is a link where an address or a known label follows. */
export function close(scan: InlineScan): void {
  const opener = scan.openers.pop();
  const target = opener ? targetOf(scan, opener) : null;
  if (!opener || !target) {
    push(scan, scan.at + 1, null);
    return;
  }
  pairEmphasis(scan, opener.delimiters);
  const opening = scan.tokens[opener.token];
  if (opening && !target.keepBrackets) opening.shown = '';
  const from = target.keepBrackets ? opener.token : opener.token + 1;
  for (let i = from; i < scan.tokens.length; i++) {
    const token = scan.tokens[i];
    if (token && opener.image) token.shown = '';
    else if (token) token.url = target.url;
  }
  if (target.keepBrackets) push(scan, scan.at + 1, null, target.url);
  push(scan, target.end, '');
  if (!opener.image) scan.openers.length = 0;
}

interface Target {
  readonly url: string;
  readonly end: number;
  readonly keepBrackets: boolean;
}

function targetOf(scan: InlineScan, opener: Opener): Target | null {
  const inside = scan.text.slice(opener.after, Math.min(scan.at, opener.after + 300));
  const after = scan.at + 1;
  const direct = matchAt(TARGET, scan.text, after);
  if (direct) {
    const url = (direct[1] ?? '').replace(/^<|>$/g, '');
    return { url, end: after + direct[0].length, keepBrackets: false };
  }
  const label = matchAt(LABEL, scan.text, after);
  const named = label && scan.addresses.find(label[1] || inside, scan.line);
  if (label && named) return { url: named, end: after + label[0].length, keepBrackets: false };
  const own = scan.addresses.find(inside.replace(/^\^/, ''), scan.line);
  return own ? { url: own, end: after, keepBrackets: /^\^?\d+$/.test(inside) } : null;
}
