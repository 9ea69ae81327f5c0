import { describe, expect, it } from 'vitest';
import { rawForm } from '../../src/notes/raw-form.ts';

describe('the text behind a page', () => {
  it.each([
    ['https://etherpad.example.org/p/spring-2026', 'https://etherpad.example.org/p/spring-2026/export/txt'],
    ['https://pads.example.org/etherpad/p/a/', 'https://pads.example.org/etherpad/p/a/export/txt'],
    ['https://github.com/o/r/blob/main/notes/a.md', 'https://raw.githubusercontent.com/o/r/main/notes/a.md'],
    ['https://github.com/o/r/wiki/Minutes', 'https://raw.githubusercontent.com/wiki/o/r/Minutes.md'],
    ['https://gitlab.example.org/g/s/r/-/blob/main/a.md', 'https://gitlab.example.org/g/s/r/-/raw/main/a.md'],
    ['https://opendev.org/o/r/src/branch/master/a.rst', 'https://opendev.org/o/r/raw/branch/master/a.rst'],
    ['https://hackmd.io/@team/abc-123', 'https://hackmd.io/@team/abc-123/download'],
    ['https://hackmd.io/AbCdEf1234', 'https://hackmd.io/AbCdEf1234/download'],
    [
      'https://docs.google.com/document/d/abcdefghij123/edit#h',
      'https://docs.google.com/document/d/abcdefghij123/export?format=txt',
    ],
    ['https://paste.example.org/show/abc/', 'https://paste.example.org/raw/abc'],
  ])('of %s is at %s', (address, raw) => {
    expect(rawForm(address)).toBe(raw);
  });

  it.each([
    'https://lists.example.org/pipermail/dev/2026-March/000001.html',
    'https://blog.example.org/post/p/',
    'https://github.com/o/r/issues/1',
    'https://etherpad.example.org/p/a/export/txt',
    'not an address',
  ])('of %s is the page itself', (address) => {
    expect(rawForm(address)).toBe(address);
  });
});
