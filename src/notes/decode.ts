/** What Windows has where Latin-1 has control characters; Node's own decoder leaves those in. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Turns bytes into text, as much of it as has come. */
export interface Decoder {
  decode(bytes: Uint8Array, options?: { stream: boolean }): string;
}

/** The text of bytes: UTF-8 or UTF-16 by their mark, else UTF-8, else (where that is broken) Windows' Latin letters. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const wide = wideEncoding(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeWindows(bytes);
  }
}

function decodeWindows(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin.replace(/[\u0080-\u009f]/g, (char) => WINDOWS.charAt(char.charCodeAt(0) - 128));
}

/** A decoder for a charset as mails name it; UTF-8 for names that nobody knows. */
export function decoderFor(charset: string): Decoder {
  if (/^(?:windows-1252|cp-?1252|iso-?8859-1|latin-?1)$/i.test(charset)) return { decode: decodeWindows };
  try {
    return new TextDecoder(/^(?:us-ascii|ascii|unknown-8bit|x-unknown|)$/i.test(charset) ? 'utf-8' : charset);
  } catch {
    return new TextDecoder('utf-8');
  }
}

/** Documents that look like text at their start. */
const DOCUMENTS = ['%PDF-', '{\\rtf', '%!PS'];

/** Whether bytes are no text: zero bytes, or many control characters near the start. */
export function isBinary(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 5));
  if (DOCUMENTS.some((mark) => head.startsWith(mark))) return true;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return false;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return false;
  if (wideEncoding(bytes)) return false;
  const start = bytes.subarray(0, 8192);
  let control = 0;
  for (const byte of start) {
    if (byte === 0) return true;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) control++;
  }
  return control > start.length * 0.05;
}

/** UTF-16 without a mark: every second byte of Latin text is zero. */
function wideEncoding(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, 2048) & ~1;
  if (length < 8) return null;
  const zeros: [number, number] = [0, 0];
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 2 === 0 ? 0 : 1]++;
  if (zeros[1] > 0.4 * (length / 2) && zeros[0] === 0) return 'utf-16le';
  return zeros[0] > 0.4 * (length / 2) && zeros[1] === 0 ? 'utf-16be' : null;
}
