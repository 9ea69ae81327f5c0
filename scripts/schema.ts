// Writes docs/schema/ from the zod schemas: `npm run schema`. A test checks that it is current.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Config, People } from '../config/schema.ts';
import { PlanFile } from '../src/cli/plan-file.ts';
import { ExtractJson, SyncJson } from '../src/cli/schema.ts';
import { PlanJson } from '../src/plan/schema.ts';
import { ReportJson } from '../src/report/schema.ts';

const SCHEMAS = {
  config: { schema: Config, title: 'ptg-tracker.yaml' },
  people: { schema: People, title: 'people.yaml' },
  extract: { schema: ExtractJson, title: 'What `ptg-tracker extract --format json` prints' },
  plan: { schema: PlanJson, title: 'What `ptg-tracker plan --format json` prints' },
  'plan-file': { schema: PlanFile, title: 'What `ptg-tracker plan --out` writes and `sync --plan` reads' },
  sync: { schema: SyncJson, title: 'What `ptg-tracker sync --format json` prints' },
  status: { schema: ReportJson, title: 'What `ptg-tracker status --format json` prints' },
} as const;

/** The JSON Schemas by the name of their file. */
export function schemaTexts(): ReadonlyMap<string, string> {
  const texts = Object.entries(SCHEMAS).map(([name, { schema, title }]) => {
    const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
    return [`${name}.schema.json`, `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`] as const;
  });
  return new Map(texts);
}

if (process.argv[1] === import.meta.filename) {
  const folder = join(import.meta.dirname, '..', 'docs', 'schema');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of schemaTexts()) await writeFile(join(folder, name), text);
}
