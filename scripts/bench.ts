// npm run bench -- extract | queue | queue-scale
const BENCHES = ['extract', 'queue', 'queue-scale'];
const [name = ''] = process.argv.slice(2);

if (BENCHES.includes(name)) {
  // Each bench reads its own arguments, as when it is called by its file.
  process.argv.splice(1, 2, `bench-${name}.ts`);
  await import(`./bench-${name}.ts`);
} else {
  console.error(`usage: npm run bench -- ${BENCHES.join(' | ')}`);
  process.exitCode = 2;
}
