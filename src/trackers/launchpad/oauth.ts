import { randomBytes } from 'node:crypto';

/** What Launchpad needs to know us by; the consumer key names the program and has no secret. */
export interface LaunchpadCredentials {
  readonly consumerKey: string;
  readonly token: string;
  readonly secret: string;
}

/** Reads `consumerKey:token:secret`; null when it has another form. */
export function parseCredentials(text: string): LaunchpadCredentials | null {
  const groups = /^(?<consumerKey>[^\s:]+):(?<token>[^\s:]+):(?<secret>[^\s:]+)$/.exec(text.trim())?.groups;
  const { consumerKey, token, secret } = groups ?? {};
  if (consumerKey === undefined || token === undefined || secret === undefined) return null;
  return { consumerKey, token, secret };
}

/** The header that signs one request (OAuth 1.0 PLAINTEXT). It carries the secret: never log it. */
export function authorization(credentials: LaunchpadCredentials, realm: string, now: Date): string {
  const fields = {
    realm,
    oauth_consumer_key: credentials.consumerKey,
    oauth_token: credentials.token,
    oauth_signature_method: 'PLAINTEXT',
    oauth_signature: `&${credentials.secret}`,
    oauth_timestamp: String(Math.floor(now.getTime() / 1000)),
    oauth_nonce: randomBytes(8).toString('hex'),
    oauth_version: '1.0',
  };
  const written = Object.entries(fields).map(
    ([name, value]) => `${name}="${name === 'realm' ? value : percent(value)}"`,
  );
  return `OAuth ${written.join(', ')}`;
}

/** RFC 3986: more than `encodeURIComponent` escapes. */
function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
