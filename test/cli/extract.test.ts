import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ExtractJson } from '../../src/cli/schema.ts';
import { widthOf } from '../../src/terminal/text.ts';
import { program } from './program.ts';
import { aNote, ended, folder, ptg, start, withoutProgress } from './run.ts';

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);

describe('extract', () => {
  it('prints what its schema says, with the note and its items', async () => {
    const cwd = await folder({ 'a.md': aNote() });

    const { exit, out, err } = await ptg(['extract', 'a.md', '--format', 'json', '--all', '--explain'], { cwd });

    const found = ExtractJson.parse(JSON.parse(out));
    expect({ exit, err: withoutProgress(err) }).toEqual({ exit: 0, err: '' });
    expect(found.notes).toMatchObject([{ source: 'a.md', title: 'Weekly meeting', kind: 'markdown' }]);
    expect(found.items).toHaveLength(3);
    expect(found.items[0]).toMatchObject({
      kind: 'action',
      source: { note: 'a.md', lineStart: 5, lineEnd: 5 },
      tracked: null,
    });
    expect(found.items[0]?.quote).toContain('write the upgrade guide for release number 1');
    expect(found.statements?.length).toBeGreaterThanOrEqual(3);
  });

  it('says the same as YAML, and twice the same', async () => {
    const cwd = await folder({ 'a.md': aNote() });

    const [json, again, yaml] = await Promise.all([
      ptg(['extract', 'a.md', '--format', 'json'], { cwd }),
      ptg(['extract', 'a.md', '--format', 'json'], { cwd }),
      ptg(['extract', 'a.md', '--format', 'yaml'], { cwd }),
    ]);

    expect(again).toEqual(json);
    expect(parse(yaml.out)).toEqual(JSON.parse(json.out));
  });

  it('prints a table that fits 80 columns, and other widths', async () => {
    const cwd = await folder({ 'a.md': aNote() });

    for (const columns of ['', '50', '140']) {
      const { out } = await ptg(['extract', 'a.md'], { cwd, env: columns === '' ? {} : { COLUMNS: columns } });

      expect(out).toContain('3 items (3 actions, 0 RFEs)');
      expect(out).toMatch(/^ {2}Action items$/m);
      expect(out).toMatch(/^ {4}action {2}\S.*L5 /m);
      expect(Math.max(...out.split('\n').map(widthOf))).toBeLessThanOrEqual(Number(columns) || 80);
    }
  });

  it('prints a check-list and a spreadsheet', async () => {
    const cwd = await folder({ 'a.md': aNote() });

    const [markdown, csv] = await Promise.all([
      ptg(['extract', 'a.md', '--format', 'markdown'], { cwd }),
      ptg(['extract', 'a.md', '--format', 'csv'], { cwd }),
    ]);

    expect(markdown.out.match(/^- \[ \] .*line \d+\)$/gm)).toHaveLength(3);
    expect(csv.out.split('\r\n')).toHaveLength(5);
    expect(csv.out).toMatch(/^key,kind,title,owners/);
  });

  it('reads stdin as -', async () => {
    const { exit, out } = await ptg(['extract', '-', '--format', 'json'], { cwd: await folder(), input: aNote(1) });

    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ notes: [{ source: '-' }], items: [{ source: { note: '-' } }] });
  });

  it.each([
    { when: 'a file that does not exist', given: 'gone.md' },
    { when: 'an empty file', given: 'empty.md' },
    { when: 'a binary file', given: 'photo.png' },
    { when: 'a folder without notes', given: 'none' },
    { when: 'a pattern that matches nothing', given: '*.nothing' },
  ])('ends with status 2 and one sentence for $when', async ({ given }) => {
    const cwd = await folder({ 'empty.md': '', 'photo.png': PNG });
    await mkdir(join(cwd, 'none'));

    const { exit, out, err } = await ptg(['extract', given], { cwd });

    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(withoutProgress(err)).toMatch(/^error: \S.*\n(?: {2}.*\n)?$/);
    expect(err).toContain(given);
  });

  it('goes on without the notes that cannot be read, says which, and ends with status 1', async () => {
    const cwd = await folder({ 'a.md': aNote(1), 'empty.md': '' });

    const { exit, out, err } = await ptg(['extract', 'a.md', 'empty.md', 'gone.md', '--format', 'json'], { cwd });

    expect(exit).toBe(1);
    expect(ExtractJson.parse(JSON.parse(out)).items).toHaveLength(1);
    expect(withoutProgress(err)).toMatch(/^warning: empty\.md .*\nwarning: gone\.md .*\n$/);
  });

  it('leaves no trace in the folder', async () => {
    const { readdir } = await import('node:fs/promises');
    const cwd = await folder({ 'a.md': aNote(1) });

    await ptg(['extract', 'a.md'], { cwd });

    expect(await readdir(cwd)).toEqual(['a.md']);
  });

  it('colours only where it may', async () => {
    const cwd = await folder({ 'a.md': aNote(1) });
    const escapes = async (args: string[], env: Record<string, string>) =>
      (await ptg(['extract', 'a.md', ...args], { cwd, env })).out.includes('\u001b');

    expect(await escapes([], {})).toBe(false);
    expect(await escapes([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await escapes([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await escapes(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  });

  it('ends without a word when its reader has gone (| head)', async () => {
    const cwd = await folder({ 'a.md': aNote(2000) });
    const child = await start(['extract', 'a.md', '--format', 'json'], { cwd });
    const result = ended(child);

    child.stdout?.once('data', () => child.stdout?.destroy());

    const { exit, err } = await result;
    expect({ exit, err: withoutProgress(err) }).toEqual({ exit: 0, err: '' });
  });

  it('shows hostile text harmlessly on a terminal', async () => {
    const cwd = await folder({
      'a.md': '# T\u001b]0;x\u0007\n\n* ACTION: alice to fix the \u001b[2Jscreen\u202e of the old gate job\n',
    });

    const { out } = await ptg(['extract', 'a.md'], { cwd });

    expect(out).toContain('screen');
    expect(out).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });

  it('runs from a shell in a pipe', async () => {
    const cwd = await folder({ 'a.md': aNote(1) });
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${await program()}" extract - | head -1`], { cwd });
    let out = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    shell.stdin.end(aNote(1));

    const [exit] = await once(shell, 'close');

    expect(exit).toBe(0);
    expect(out.split('\n')).toHaveLength(2);
  });
});
