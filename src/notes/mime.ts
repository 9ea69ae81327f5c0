import { decoderFor, decodeText } from './decode.ts';
import { type Chunk, type Line, lineOf, linesFrom } from './lines.ts';

const SOFT_BREAK = /=[ \t]*$/;

/** Bytes as a string with one character for each, as mail is read before its charsets are known. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);
}

/** The text of a mail's part; each line knows the raw lines that it was encoded in. */
export function decodeBody(lines: readonly Line[], encoding: string, charset: string): Line[] {
  if (encoding === 'quoted-printable') return linesFrom(decoded(lines, charset, fromQuotedPrintable), false);
  if (encoding === 'base64') return linesFrom(decoded(lines, charset, fromBase64), false).map(withoutReturn);
  const known = charset === '' || /^(?:us-ascii|ascii|utf-?8)$/i.test(charset);
  const decoder = decoderFor(charset);
  return lines.map((line) => {
    if (!hasHighBytes(line.text)) return line;
    const bytes = bytesOf(line.text);
    return lineOf(known ? decodeText(bytes) : decoder.decode(bytes), line.line, line.column);
  });
}

/** Header text with its encoded words (`=?utf-8?q?…?=`) in plain letters. */
export function decodeWords(text: string): string {
  const joined = text.replace(/(\?=)\s{1,20}(?==\?)/g, '$1');
  return joined.replace(
    /=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,1000})\?=/gi,
    (_, charset, kind, data) => {
      const isBase64 = String(kind).toLowerCase() === 'b';
      const bytes = isBase64 ? base64(String(data)) : bytesOf(unquote(String(data).replace(/_/g, ' ')));
      return decoderFor(String(charset)).decode(bytes);
    },
  );
}

function* decoded(
  lines: readonly Line[],
  charset: string,
  from: (lines: readonly Line[]) => Generator<{ bytes: Uint8Array; line: Line }>,
): Generator<Chunk> {
  const decoder = decoderFor(charset);
  for (const { bytes, line } of from(lines)) {
    yield { text: decoder.decode(bytes, { stream: true }), line: line.line, column: line.column };
  }
}

function* fromQuotedPrintable(lines: readonly Line[]): Generator<{ bytes: Uint8Array; line: Line }> {
  for (const line of lines) {
    const goesOn = SOFT_BREAK.test(line.text);
    const text = goesOn ? line.text.replace(SOFT_BREAK, '') : `${line.text.trimEnd()}\n`;
    yield { bytes: bytesOf(unquote(text)), line };
  }
}

function* fromBase64(lines: readonly Line[]): Generator<{ bytes: Uint8Array; line: Line }> {
  let carried = '';
  for (const line of lines) {
    const letters = carried + line.text.replace(/[^A-Za-z0-9+/]/g, '');
    const whole = letters.length - (letters.length % 4);
    carried = letters.slice(whole);
    yield { bytes: base64(letters.slice(0, whole)), line };
  }
  const last = lines.at(-1);
  if (carried && last) yield { bytes: base64(carried), line: last };
}

function base64(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}

function unquote(text: string): string {
  return text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function withoutReturn(line: Line): Line {
  return line.text.endsWith('\r') ? { ...line, text: line.text.slice(0, -1) } : line;
}

function hasHighBytes(text: string): boolean {
  return /[\u0080-\u00ff]/.test(text);
}
