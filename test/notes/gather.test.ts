import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Gathered, gather } from '../../src/notes/gather.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154', 'hex');
let cwd = '';

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'notes-'));
});

afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

function write(path: string, content: string | Uint8Array = `# ${path}\n\ntext\n`): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), content);
}

function read(given: readonly string[], options: Partial<Parameters<typeof gather>[1]> = {}): Promise<Gathered> {
  return gather(given, { cwd, allowPrivateAddresses: false, timeoutMs: 5000, ...options });
}

const sources = (gathered: Gathered) => gathered.notes.map((note) => note.source);
const messages = (gathered: Gathered) => gathered.failures.map((failure) => failure.message);

describe('notes on disk', () => {
  it('are read in the order in which they are given, folders and globs by name', async () => {
    for (const name of ['b.md', 'a.txt', 'more/d.rst', 'more/deep/c.eml']) write(name);

    expect(sources(await read(['b.md', 'more', '*.txt']))).toEqual(['b.md', 'more/d.rst', 'more/deep/c.eml', 'a.txt']);
  });

  it('are read once, however often and by whatever name they are given', async () => {
    write('a.md');
    symlinkSync(join(cwd, 'a.md'), join(cwd, 'link.md'));

    const gathered = await read(['a.md', './a.md', join(cwd, 'a.md'), '*.md', 'link.md']);

    expect(sources(gathered)).toEqual(['a.md']);
    expect(gathered.failures).toEqual([]);
  });

  it('in a folder are those that look like text', async () => {
    for (const name of ['a.md', 'b.HTML', 'photo.png', 'code.js', '.hidden.md', 'node_modules/x/readme.md'])
      write(name);

    expect(sources(await read(['.']))).toEqual(['a.md', 'b.HTML']);
  });

  it('come from standard input as `-`', async () => {
    const stdin = () => Promise.resolve(new TextEncoder().encode('# From a pipe\n'));

    expect((await read(['-'], { stdin })).notes).toMatchObject([{ source: '-', title: 'From a pipe' }]);
  });

  it('that cannot be read do not stop the others', async () => {
    write('a.md');
    write('empty.md', '');
    write('photo.txt', PNG);
    write('paper.txt', '%PDF-1.4\n1 0 obj\n');
    mkdirSync(join(cwd, 'nothing'));

    const gathered = await read(['missing.md', 'empty.md', 'photo.txt', 'paper.txt', 'nothing', '*.nothing', 'a.md']);

    expect(sources(gathered)).toEqual(['a.md']);
    expect(messages(gathered)).toEqual([
      'missing.md does not exist',
      'empty.md is empty: left out',
      'photo.txt is not text (PNG image): left out',
      'paper.txt is not text (PDF document): left out',
      'nothing is a folder without notes',
      '*.nothing matches no file',
    ]);
  });

  it.skipIf(process.getuid?.() === 0)('that nobody may read say so', async () => {
    write('secret.md');
    chmodSync(join(cwd, 'secret.md'), 0);

    expect(messages(await read(['secret.md']))).toEqual(['secret.md may not be read (permission denied)']);
  });
});

describe('notes on the web', () => {
  let server: Server;
  let origin = '';
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '/';
      asked.push(path);
      if (path === '/p/sprint/export/txt') response.end('Sprint\n\n\t* bob will do it\n');
      else if (path === '/moved') response.writeHead(302, { location: `${origin}/note.md` }).end();
      else if (path === '/note.md' || path === '/p/page') response.end('# On the web\n');
      else if (path === '/photo.md') response.end(PNG);
      else if (path === '/endless') for (let i = 0; i < 40; i++) response.write('x'.repeat(1024 * 1024));
      else if (path !== '/silent') response.writeHead(404).end('no');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const open = { allowPrivateAddresses: true };

  it('are fetched, through redirects', async () => {
    const gathered = await read([`${origin}/moved`], open);

    expect(gathered.notes).toMatchObject([{ title: 'On the web', source: `${origin}/moved`, url: `${origin}/moved` }]);
  });

  it('of a pad are its text', async () => {
    const gathered = await read([`${origin}/p/sprint`], open);

    expect(gathered.notes[0]?.blocks.at(-1)).toMatchObject({ kind: 'bullet', text: 'bob will do it' });
  });

  it('that only look like a pad are read as they are', async () => {
    expect((await read([`${origin}/p/page`], open)).notes).toMatchObject([{ title: 'On the web' }]);
  });

  it('at private addresses are not asked for unless that is allowed', async () => {
    asked.length = 0;
    const gathered = await read([
      `${origin}/note.md`,
      'http://localhost/x',
      'http://[::1]/x',
      'http://169.254.169.254/latest',
    ]);

    expect(gathered.notes).toEqual([]);
    expect(asked).toEqual([]);
    for (const message of messages(gathered)) expect(message).toMatch(/is on a private network: not fetched/);
  });

  it.each([
    { path: '/gone.md', says: /could not be fetched: the server answered 404$/ },
    { path: '/photo.md', says: /is not text \(PNG image\): left out$/ },
    { path: '/endless', says: /is larger than \d+ MB: left out$/ },
    { path: '/silent', says: /could not be fetched: no answer in time$/ },
  ])('$path: $says', async ({ path, says }) => {
    const gathered = await read([`${origin}${path}`], { ...open, timeoutMs: path === '/silent' ? 300 : 15_000 });

    expect(messages(gathered)).toEqual([expect.stringMatching(says)]);
  });
});
