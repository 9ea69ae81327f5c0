import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadLanguage } from '../config/language.ts';
import { readFolder } from './learn/corpus.ts';
import { train } from './learn/train.ts';

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
const model = train(notes, language);
const items = notes.reduce((sum, note) => sum + note.labels.filter((label) => label === 'item').length, 0);
const about = `fitted to ${notes.length} notes with ${items} items by npm run fit`;
writeFileSync(values.out, `${JSON.stringify({ ...model, about }, null, 2)}\n`);
process.stdout.write(`${values.out}: ${about}\n`);
