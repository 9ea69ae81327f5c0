#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError, Option } from 'commander';
import { EXIT } from '../errors.ts';
import { VERSION } from '../version.ts';
import { doctorCommand } from './doctor.ts';
import { extractCommand } from './extract.ts';
import { failuresCommand } from './failures.ts';
import { historyCommand } from './history.ts';
import { initCommand } from './init.ts';
import { ledgerCommand } from './ledger.ts';
import { loginCommand } from './login.ts';
import { planCommand } from './plan.ts';
import { queueCommand } from './queue.ts';
import { reviewCommand } from './review.ts';
import { sandboxCommand } from './sandbox.ts';
import { scheduleCommand } from './schedule.ts';
import { serveCommand } from './serve.ts';
import { statusCommand } from './status.ts';
import { syncCommand } from './sync.ts';
import { workerCommand } from './worker.ts';

// Most patterns run many times in a short life: trying them in the interpreter first costs a tenth of an extraction.
setFlagsFromString('--no-regexp-tier-up');

const program = new Command('ptg-tracker')
  .description(
    'Finds the action items and RFE requests in meeting notes, files each as an issue exactly once, and reports what became of them.',
  )
  .version(VERSION)
  .option('-c, --config <file>', 'the configuration; else ptg-tracker.yaml here or in a folder above')
  .option('-q, --quiet', 'no progress; only data, warnings and errors')
  .option('-v, --verbose', 'a log of what happens, as JSON lines on stderr')
  .addOption(new Option('--no-color', 'no colours; NO_COLOR does the same'))
  .configureHelp({ showGlobalOptions: true })
  // One line for what is wrong, with commander's guess in it, and one for where to look.
  .configureOutput({ outputError: (text, write) => write(text.replace(/\n\((?<guess>[^\n]*)\)/, ' ($<guess>)')) })
  .showHelpAfterError('  See: ptg-tracker --help')
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples:
  ptg-tracker extract notes/                what is in the notes; nothing is written anywhere
  ptg-tracker init                          write a configuration
  ptg-tracker plan                          what sync would do
  ptg-tracker sync                          do it
  ptg-tracker status --stale 30d            what became of it
  ptg-tracker sandbox                       a local GitHub to try everything on

Exit status: 0 fine; 1 some item or note failed, the rest was done; 2 wrong usage or configuration, or no note could
be read; 3 a tracker could not be used; 4 (plan --exit-code) there are changes.`,
  );

const COMMANDS = [
  extractCommand,
  reviewCommand,
  planCommand,
  syncCommand,
  statusCommand,
  historyCommand,
  failuresCommand,
  ledgerCommand,
  scheduleCommand,
  workerCommand,
  queueCommand,
  serveCommand,
  initCommand,
  loginCommand,
  doctorCommand,
  sandboxCommand,
];
for (const declare of COMMANDS) declare(program);
for (const command of program.commands) command.showHelpAfterError(`  See: ptg-tracker ${command.name()} --help`);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has told what is wrong with the command line; help and version are no errors.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
}
