import { describe, expect, it } from 'vitest';
import { decodeText, isBinary } from '../../src/notes/decode.ts';

const utf16 = Buffer.from('# Über den Herbst\n', 'utf16le');
const swapped = Buffer.from(utf16).swap16();

describe('bytes', () => {
  it.each([
    { what: 'UTF-8', bytes: Buffer.from('Über'), text: 'Über' },
    { what: 'UTF-8 with a mark', bytes: Buffer.from('\ufeffÜber'), text: 'Über' },
    { what: 'UTF-16 with a mark', bytes: Buffer.from('\ufeffÜber', 'utf16le'), text: 'Über' },
    { what: 'UTF-16 the other way with a mark', bytes: Buffer.from('\ufeffÜber', 'utf16le').swap16(), text: 'Über' },
    { what: 'UTF-16 without a mark', bytes: utf16, text: '# Über den Herbst\n' },
    { what: 'UTF-16 the other way without a mark', bytes: swapped, text: '# Über den Herbst\n' },
    { what: "Windows' Latin letters", bytes: Buffer.from([0xdc, 0x62, 0x20, 0x96, 0x20, 0x80]), text: 'Üb – €' },
    { what: 'a broken end', bytes: Buffer.from([0x61, 0xc3]), text: 'aÃ' },
  ])('are read as $what', ({ bytes, text }) => {
    expect(isBinary(bytes)).toBe(false);
    expect(decodeText(bytes)).toBe(text);
  });

  it.each([
    { what: 'zero bytes', bytes: Buffer.from('text\0text') },
    { what: 'many control characters', bytes: Buffer.from('\x01\x02\x03\x04text') },
    { what: 'the head of a PDF', bytes: Buffer.from('%PDF-1.7\n') },
    { what: 'the head of an RTF document', bytes: Buffer.from('{\\rtf1\\ansi text}') },
  ])('with $what are no text', ({ bytes }) => {
    expect(isBinary(bytes)).toBe(true);
  });
});
