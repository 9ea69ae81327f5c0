import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadLanguage } from '../config/language.ts';
import { type Annotated, readFolder } from './learn/corpus.ts';
import { train } from './learn/train.ts';
import { readWritten, WRITTEN } from './learn/written.ts';

const { values, positionals } = parseArgs({
  options: { except: { type: 'string' }, out: { type: 'string', default: 'config/weights.json' } },
  allowPositionals: true,
});
const except = new Set(values.except === undefined ? [] : readFileSync(values.except, 'utf8').split(/\s+/));
const language = await loadLanguage();
const notes = [
  ...readFolder('test/eval/seeds.gold.jsonl', 'seeds', language),
  ...positionals.flatMap((dir) => readFolder(join(dir, 'gold.jsonl'), dir, language, except)),
];
const written = readWritten(WRITTEN, language);
const model = train([...notes, ...written], language);
const about = `fitted to ${countOf(notes)}, and to ${countOf(written)} written for it, by npm run fit`;
writeFileSync(values.out, `${JSON.stringify({ ...model, about }, null, 2)}\n`);
process.stdout.write(`${values.out}: ${about}\n`);

function countOf(annotated: readonly Annotated[]): string {
  const items = annotated.flatMap(({ labels }) => labels).filter((label) => label === 'item').length;
  return `${annotated.length} notes with ${items} items`;
}
