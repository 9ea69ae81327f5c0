import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadLanguage } from '../config/language.ts';
import { extract } from '../src/items/extract.ts';
import type { Language } from '../src/items/language.ts';
import { addNote, emptyTally } from '../test/eval/tally.ts';
import { type Annotated, readFolder } from './learn/corpus.ts';
import { Calibration, printFigures, printHeader, printNote } from './learn/print.ts';
import { train } from './learn/train.ts';
import { readWritten, WRITTEN } from './learn/written.ts';

const HELP = `npm run eval [-- DIR… [--leave-out document|community|none] [--unread FILE] [--errors] [--notes]]

Without a folder: the three seeds with the weights that come with the program.
With folders (each with a gold.jsonl): these notes, each judged by weights that never saw it (or its community).
--unread FILE: notes named in it are never fitted to nor shown; their total is reported apart.
--errors: misses and false items with their evidence. --notes: a line a note.
`;

const { values, positionals } = parseArgs({
  options: {
    'leave-out': { type: 'string', default: 'document' },
    unread: { type: 'string' },
    errors: { type: 'boolean', default: false },
    notes: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (values.help) process.stdout.write(HELP);
else await main();

async function main(): Promise<void> {
  const language = await loadLanguage();
  const seeds = readFolder('test/eval/seeds.gold.jsonl', 'seeds', language);
  if (positionals.length === 0) {
    printHeader('the seeds, with the weights that come with the program');
    judge('seeds', seeds, () => language, true);
    return;
  }
  const unread = new Set(values.unread === undefined ? [] : readFileSync(values.unread, 'utf8').split(/\s+/));
  const all = positionals.flatMap((dir) => readFolder(join(dir, 'gold.jsonl'), dir, language));
  const open = [...seeds, ...all.filter(({ doc }) => !unread.has(doc))];
  const closed = all.filter(({ doc }) => unread.has(doc));
  printHeader(`weights fitted without the judged note's ${values['leave-out']}`);
  const written = readWritten(WRITTEN, language);
  report(open, leaveOut(open, written, language));
  if (closed.length > 0) {
    printHeader(`the unread notes: a total of ${closed.length}, weights fitted to the others`);
    const fitted = { ...language, model: train([...open, ...written], language) };
    judge('unread', closed, () => fitted, false);
  }
}

function report(open: readonly Annotated[], languageFor: (note: Annotated) => Language): void {
  judge(
    'seeds',
    open.filter(({ community }) => community === 'seeds'),
    languageFor,
    true,
  );
  judge(
    'os_*',
    open.filter(({ community }) => community === 'os'),
    languageFor,
    true,
  );
  judge(
    'others',
    open.filter(({ community }) => community !== 'os' && community !== 'seeds'),
    languageFor,
    true,
  );
  judge('all', open, languageFor, false);
}

/** The language for a note, with weights that were fitted to the notes that are not left out with it. */
function leaveOut(
  notes: readonly Annotated[],
  written: readonly Annotated[],
  language: Language,
): (note: Annotated) => Language {
  const fitted = new Map<string, Language>();
  return (note) => {
    const group = groupOf(note);
    const known = fitted.get(group);
    if (known !== undefined) return known;
    const rest = [...notes.filter((other) => groupOf(other) !== group), ...written];
    const made = values['leave-out'] === 'none' ? language : { ...language, model: train(rest, language) };
    fitted.set(group, made);
    return made;
  };
}

function groupOf(note: Annotated): string {
  if (values['leave-out'] === 'document') return note.doc;
  return note.community === 'seeds' ? 'os' : note.community;
}

function judge(
  name: string,
  notes: readonly Annotated[],
  languageFor: (note: Annotated) => Language,
  show: boolean,
): void {
  const tally = emptyTally();
  const calibration = new Calibration();
  for (const note of notes) {
    const { findings } = extract(note.context.note, { language: languageFor(note) });
    const outcome = addNote(tally, note.gold, findings);
    calibration.add(note.gold, findings);
    if (show) printNote(note.doc, outcome, findings.length, values);
  }
  printFigures(name, tally, calibration);
}
