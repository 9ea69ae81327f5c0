import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseNote } from '../../src/notes/read.ts';

const seeds = join(import.meta.dirname, '..', '..', 'seeds');
const [mail = '', post = '', page = ''] = ['000_378c7d4d3373dcc0', '001_4002fed96a85e805', '002_1944afb623a4bf54'].map(
  (name) => readFileSync(join(seeds, `${name}.txt`), 'utf8'),
);
const body = post.slice(post.indexOf('## '));

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Processor seconds, which other programs on the machine do not lengthen much. */
function secondsFor(text: string): number {
  const bytes = bytesOf(text);
  const start = process.cpuUsage();
  parseNote('note', bytes);
  const spent = process.cpuUsage(start);
  return (spent.user + spent.system) / 1e6;
}

function quoted(text: string): string {
  return Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n');
}

function mailOf(encoding: string, text: string): string {
  return `From: owner@example.org\nSubject: s\nContent-Type: text/html\nContent-Transfer-Encoding: ${encoding}\n\n${text}`;
}

describe('hostile notes', () => {
  it.each([
    { what: 'lists of a page', text: `<html>${'<ul><li>a'.repeat(10_000)}` },
    { what: 'quotes of a page', text: `<html>${'<blockquote><p>a'.repeat(10_000)}` },
    { what: 'boxes of a page', text: `<html>${'<div class="a"><p>a'.repeat(10_000)}` },
    { what: 'emphasis of a page', text: `<html><p>${'<b><i>a'.repeat(10_000)}` },
    {
      what: 'lists of markdown',
      text: `# h\n${Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}- a`).join('\n')}`,
    },
    { what: 'stars', text: Array.from({ length: 10_000 }, (_, at) => `${'*'.repeat((at % 6) + 1)} a`).join('\n') },
    { what: 'quotes of markdown', text: `# h\n${'> '.repeat(10_000)}a` },
    { what: 'quotes of a mail', text: Array.from({ length: 2000 }, (_, at) => `${'>'.repeat(at)} a`).join('\n') },
    { what: 'emphasis of markdown', text: `# h\n${'*_'.repeat(10_000)}a${'_*'.repeat(10_000)}` },
    { what: 'brackets', text: `# h\n${'['.repeat(10_000)}a${'](b)'.repeat(10_000)}` },
  ])('$what that are nested 10,000 deep are read within seconds', ({ text }) => {
    expect(secondsFor(text)).toBeLessThan(5);
  });

  it.each([
    { what: 'mails', text: mail },
    { what: 'markdown', text: body },
    { what: 'a page on one line', text: page },
    { what: 'mails in base64', text: page, wrap: (text: string) => mailOf('base64', quoted(text)) },
    { what: 'quoted-printable', text: 'soft breaks =\n', wrap: (text: string) => mailOf('quoted-printable', text) },
    { what: 'brackets', text: '[', wrap: (text: string) => `# h\n${text}` },
    { what: 'links that do not end', text: '[a](', wrap: (text: string) => `# h\n${text}` },
    { what: 'backticks', text: '` `` ``` ', wrap: (text: string) => `# h\n${text}` },
    { what: 'emphasis', text: '*a_b*', wrap: (text: string) => `# h\n${text}` },
    { what: 'open tags', text: '<a ', wrap: (text: string) => `# h\n${text}` },
    { what: 'angles', text: '<', wrap: (text: string) => `<html>${text}` },
    { what: 'attributes that do not end', text: '<a href="', wrap: (text: string) => `<html>a${text}` },
    { what: 'rows', text: '| a | b |\n', wrap: (text: string) => `# h\n${text}` },
    { what: 'underlines', text: 'a\n==\n' },
    { what: 'footnotes', text: 'see [1]\n[1] https://example.org\n' },
    { what: 'lists of people', text: 'Present: bob, alice\n' },
    { what: 'roles of RST', text: '`a <', wrap: (text: string) => `.. note::\n\n${text}` },
    { what: 'marks of AsciiDoc', text: '##a', wrap: (text: string) => `= h\n:toc: left\n\n${text}` },
    { what: 'links of org', text: '[[a][', wrap: (text: string) => `#+TITLE: h\n\n${text}` },
  ])('ten times as many $what take about ten times as long', ({ text, wrap }) => {
    const make = (size: number) => (wrap ?? String)(text.repeat(Math.ceil(size / text.length)));
    secondsFor(make(20_000));

    const small = Math.max(secondsFor(make(30_000)), secondsFor(make(30_000)), 0.02);
    const large = secondsFor(make(300_000));

    expect(large / small).toBeLessThan(25);
  });

  it('reads 20 MB on one line within seconds', () => {
    const text = page.repeat(Math.ceil(20e6 / page.length));

    expect(secondsFor(text)).toBeLessThan(20);
  }, 120_000);
});
