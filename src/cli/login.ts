import { isCancel, password } from '@clack/prompts';
import { type Command, Option } from 'commander';
import { credentialsFile, keepSecret, serviceOf } from '../../config/credentials.ts';
import { EXIT, UsageError } from '../errors.ts';
import { act } from './act.ts';
import { INTERRUPTED } from './interrupt.ts';
import type { Session } from './session.ts';

interface LoginFlags {
  readonly baseUrl?: string;
  readonly clientId?: string;
  readonly level: 'WRITE_PUBLIC' | 'WRITE_PRIVATE';
}

const DEFAULT_ROOTS = { github: 'https://api.github.com', launchpad: 'https://api.launchpad.net' } as const;

/** `login`: gets credentials and keeps them for this user. */
export function loginCommand(program: Command): void {
  const login = program
    .command('login')
    .summary('get credentials for GitHub or Launchpad')
    .description(
      'Gets credentials and keeps them in a file that only you can read. An environment variable, where it is set, goes before them.',
    )
    .addHelpText(
      'after',
      `
Examples:
  ptg-tracker login launchpad                     open the page it names, on any machine
  ptg-tracker login github                        asks for a token
  gh auth token | ptg-tracker login github        takes it from stdin
  ptg-tracker login github --client-id Iv1.…      the device flow of an OAuth app of yours`,
    );
  const baseUrl = () => new Option('--base-url <url>', 'the API root, where it is not the public one');
  login
    .command('github')
    .description('Keeps a token ("Issues: read and write"), or gets one by the device flow.')
    .addOption(baseUrl())
    .option('--client-id <id>', 'an OAuth app with the device flow enabled')
    .action(act(loginGitHub));
  login
    .command('launchpad')
    .description("Walks through Launchpad's OAuth: names a page, waits until you said yes there.")
    .addOption(baseUrl())
    .addOption(
      new Option('--level <level>', 'what to ask for')
        .choices(['WRITE_PUBLIC', 'WRITE_PRIVATE'])
        .default('WRITE_PUBLIC'),
    )
    .action(act(loginLaunchpad));
}

async function loginGitHub(session: Session, flags: LoginFlags): Promise<number> {
  const root = rootOf('github', flags);
  const token =
    flags.clientId === undefined ? await askForToken(session) : await byDevice(session, root, flags.clientId);
  if (token === null) return INTERRUPTED;
  if (!/^\S{10,}$/.test(token) && !token.startsWith('app:')) throw new UsageError('this does not look like a token');
  return keep(session, 'github', root, token);
}

async function askForToken(session: Session): Promise<string | null> {
  if (!session.interactive) return (await (await import('node:stream/consumers')).text(process.stdin)).trim();
  const page = 'https://github.com/settings/personal-access-tokens/new';
  session.tell(`A fine-grained token with "Issues: read and write" is made at ${page}`);
  const answer = await password({ message: 'Token', output: session.err.stream });
  return isCancel(answer) ? null : answer.trim();
}

async function byDevice(session: Session, root: string, clientId: string): Promise<string> {
  const { beginDeviceLogin, waitForToken, webRootOf } = await import('../trackers/github/login.ts');
  const web = webRootOf(root);
  const login = await beginDeviceLogin(web, clientId, new Date());
  session.err.write(`Open ${login.page} on any machine and type ${session.err.paint.strong(login.code)}\n`);
  return waitForToken(web, clientId, login, session.interrupt.signal);
}

async function loginLaunchpad(session: Session, flags: LoginFlags): Promise<number> {
  const root = rootOf('launchpad', flags);
  const { beginLogin, networkPost, waitForAccess, webRootOf, writeCredentials } = await import(
    '../trackers/launchpad/login.ts'
  );
  const { setTimeout: sleep } = await import('node:timers/promises');
  const post = networkPost(60_000);
  const webRoot = webRootOf(root);
  const request = await beginLogin(post, { webRoot, consumerKey: 'ptg-tracker', level: flags.level });
  session.err.write(
    `Open this page on any machine and say what ptg-tracker may do:\n  ${request.page}\nWaiting for your answer …\n`,
  );
  const clock = {
    now: () => new Date(),
    sleep: async (ms: number) => sleep(ms, undefined, { signal: session.interrupt.signal }),
  };
  const credentials = await waitForAccess(post, webRoot, request, { clock, timeoutMs: 15 * 60_000 });
  return keep(session, 'launchpad', root, writeCredentials(credentials));
}

function rootOf(type: 'github' | 'launchpad', { baseUrl }: LoginFlags): string {
  const root = baseUrl ?? DEFAULT_ROOTS[type];
  if (!URL.canParse(root) || !/^https?:$/.test(new URL(root).protocol))
    throw new UsageError(`${root} is no http(s) address`);
  return root;
}

async function keep(session: Session, type: 'github' | 'launchpad', baseUrl: string, secret: string): Promise<number> {
  const file = credentialsFile(serviceOf({ type, baseUrl }), session.env);
  await keepSecret(file, secret);
  session.tell(`kept in ${file}; ptg-tracker doctor tells what it may do`);
  return EXIT.fine;
}
