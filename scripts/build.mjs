// Builds dist/ from src/, workers/ and config/. The program is bundled, since resolving a thousand small files takes longer
// than the work itself; the tables of the extraction are baked in as JSON, which needs no parser of ours.
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { parse } from 'yaml';

/** `node scripts/build.mjs FOLDER` builds elsewhere: the tests run the program as it was built from what they test. */
const OUT = process.argv[2] ?? 'dist';

const ENTRIES = { 'cli/main': 'src/cli/main.ts', 'workers/main': 'workers/main.ts' };
/** Left as packages: they bring binaries, Lua scripts or threads of their own. */
const PACKAGES = /^(libsql|emulate|bullmq|ioredis|pino|@bull-board\/.*|file-type)$/;

const tables = {
  words: parse(readFileSync('config/words.yaml', 'utf8')),
  cues: parse(readFileSync('config/cues.yaml', 'utf8')).map(({ example, why, ...cue }) => cue),
  weights: JSON.parse(readFileSync('config/weights.json', 'utf8')),
};
const bakeTables = {
  name: 'bake-tables',
  load: (id) =>
    id.endsWith('/config/tables.ts')
      ? `const text = ${JSON.stringify(JSON.stringify(tables))};\nexport async function readTables() { return JSON.parse(text); }`
      : null,
};

rmSync(OUT, { recursive: true, force: true });
const build = await rolldown({
  input: Object.fromEntries(Object.entries(ENTRIES).filter(([, file]) => existsSync(file))),
  platform: 'node',
  external: (id) => PACKAGES.test(id),
  plugins: [bakeTables],
  onwarn: (warning, warn) => {
    // Dependencies have their own ways; ours are checked by the compiler and the linter.
    if (!/node_modules/.test(warning.id ?? warning.loc?.file ?? '')) warn(warning);
  },
});
await build.write({
  dir: OUT,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  // Less to read for the engine; names stay, so that a stack trace can be read.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
});
await build.close();
chmodSync(`${OUT}/cli/main.js`, 0o755);
