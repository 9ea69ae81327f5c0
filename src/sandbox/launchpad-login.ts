import { escapeHtml } from './launchpad-html.ts';
import { json, type Reply, text } from './launchpad-page.ts';
import type { Place } from './launchpad-show.ts';
import { type Form, Refusal } from './launchpad-values.ts';
import { grantToken, randomText, type World } from './launchpad-world.ts';

const LEVELS = ['UNAUTHORIZED', 'READ_PUBLIC', 'WRITE_PUBLIC', 'READ_PRIVATE', 'WRITE_PRIVATE', 'DESKTOP_INTEGRATION'];

/** Who sent a signed request; null without a signature or with an empty token. Refuses with Launchpad's texts. */
export function whoAsks(world: World, header: string | undefined): string | null {
  if (header === undefined) return null;
  const fields = new Map(
    [...header.matchAll(/(?<name>[a-z_]+)="(?<value>[^"]*)"/g)].map((match) => [
      match.groups?.name ?? '',
      decodeURIComponent(match.groups?.value ?? ''),
    ]),
  );
  const given = fields.get('oauth_token') ?? '';
  if (!/^OAuth /.test(header) || given === '') return null;
  const token = world.tokens.get(given);
  if (token === undefined || token.consumerKey !== fields.get('oauth_consumer_key')) {
    throw new Refusal(401, `Unknown access token (${given}).`);
  }
  if (token.expired) throw new Refusal(401, `Expired token (${given}).`);
  if (fields.get('oauth_signature_method') !== 'PLAINTEXT' || fields.get('oauth_signature') !== `&${token.secret}`) {
    throw new Refusal(401, 'Invalid signature.');
  }
  return token.person;
}

/** Whether a signed request's token may write. */
export function mayWrite(world: World, header: string | undefined): boolean {
  const token = world.tokens.get(/oauth_token="(?<token>[^"]*)"/.exec(header ?? '')?.groups?.token ?? '');
  return token !== undefined && token.level !== 'READ_PUBLIC' && token.level !== 'READ_PRIVATE';
}

/** Step one: a request token for a program, known or not. */
export function requestToken(world: World, form: Form, accept: string): Reply {
  const consumerKey = form.get('oauth_consumer_key')?.[0] ?? '';
  checkMethod(form);
  if (consumerKey === '' || form.get('oauth_signature')?.[0] !== '&') return text(401, 'Unauthorized');
  const [token, secret] = [randomText(), randomText()];
  world.requestTokens.set(token, { consumerKey, secret, granted: null });
  if (accept.includes('application/json')) {
    const access_levels = LEVELS.map((value) => ({ value, title: value }));
    return json({ oauth_token: token, oauth_token_secret: secret, oauth_token_consumer: consumerKey, access_levels });
  }
  return text(200, `oauth_token=${token}&oauth_token_secret=${secret}`);
}

/** Step three: the access token, once the person has said yes. It is given once. */
export function accessToken(world: World, form: Form): Reply {
  checkMethod(form);
  const name = form.get('oauth_token')?.[0] ?? '';
  const request = world.requestTokens.get(name);
  if (request === undefined || request.consumerKey !== form.get('oauth_consumer_key')?.[0]) {
    return text(401, 'No request token specified.');
  }
  if (form.get('oauth_signature')?.[0] !== `&${request.secret}`) return text(401, 'Invalid OAuth signature.');
  if (request.granted === null) return text(401, 'Request token has not yet been reviewed. Try again later.');
  world.requestTokens.delete(name);
  const { person, level } = request.granted;
  if (level === 'UNAUTHORIZED') return text(403, 'End-user refused to authorize request token.');
  const { token, secret } = grantToken(world, request.consumerKey, person, level);
  return text(200, `oauth_token=${token}&oauth_token_secret=${secret}`);
}

function checkMethod(form: Form): void {
  if (form.get('oauth_signature_method')?.[0] !== 'PLAINTEXT') {
    throw new Refusal(400, 'Only the PLAINTEXT signature method is supported.');
  }
}

/** Step two, in a browser: the page on which a person says yes or no. In the sandbox one may be anybody. */
export function authorizePage(world: World, place: Place, form: Form): Reply {
  const token = form.get('oauth_token')?.[0] ?? '';
  const request = world.requestTokens.get(token);
  if (request === undefined) return text(404, 'Unknown request token.');
  const people = [...world.people.values()].filter((person) => person.members === null);
  const buttons = people.flatMap((person) =>
    ['WRITE_PUBLIC', 'UNAUTHORIZED'].map((level) => {
      const value = escapeHtml(`${person.name} ${level}`);
      return `<button name="grant" value="${value}">${level === 'UNAUTHORIZED' ? 'Refuse' : 'Allow'} as ${escapeHtml(person.displayName)}</button>`;
    }),
  );
  const action = `${place.web}/+authorize-token?oauth_token=${encodeURIComponent(token)}`;
  const body = `<h1>${escapeHtml(request.consumerKey)} wants to change non-private data on Launchpad (sandbox)</h1><form method="post" action="${escapeHtml(action)}">${buttons.join(' ')}</form>`;
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html;charset=utf-8' },
    body: `<!doctype html><title>Authorize</title>${body}`,
  };
}

/** What the buttons of that page do. */
export function authorize(world: World, token: string, person: string, level: string): Reply {
  const request = world.requestTokens.get(token);
  if (request === undefined) return text(404, 'Unknown request token.');
  if (!world.people.has(person) || !LEVELS.includes(level)) return text(400, 'No such person or level.');
  request.granted = { person, level };
  return text(200, 'Almost finished. You can go back to the program.');
}
