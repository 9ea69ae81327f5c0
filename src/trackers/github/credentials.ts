import { createAppAuth } from '@octokit/auth-app';

/** How octokit identifies itself: by a token of a person, or as an app that gets its own tokens. */
export type Identity =
  | { readonly auth: string }
  | {
      readonly authStrategy: typeof createAppAuth;
      readonly auth: { readonly appId: string; readonly installationId: string; readonly privateKey: string };
    };

/**
 * What a credential stands for: a token as it is, or `app:APP_ID:INSTALLATION_ID:PRIVATE_KEY` for a GitHub App, where
 * the key is the PEM itself, or its base64 on one line, as environment variables want it.
 */
export function identityOf(credential: string): Identity {
  const parts = /^app:(?<appId>[^:\s]+):(?<installationId>\d+):(?<key>.+)$/s.exec(credential.trim())?.groups;
  if (parts === undefined) return { auth: credential };
  const { appId = '', installationId = '', key = '' } = parts;
  return { authStrategy: createAppAuth, auth: { appId, installationId, privateKey: pem(key) } };
}

/** Who stands behind a credential; GitHub marks the tokens of installations (`ghs_`, also those of its Actions). */
export function kindOf(credential: string): 'account' | 'app' | 'installation' {
  if ('authStrategy' in identityOf(credential)) return 'app';
  return credential.startsWith('ghs_') ? 'installation' : 'account';
}

function pem(key: string): string {
  const text = key.includes('-----') ? key : Buffer.from(key, 'base64').toString('utf8');
  return text.replaceAll('\\n', '\n');
}

/** The parts of a credential that must never be shown. */
export function secretsOf(credential: string): readonly string[] {
  const identity = identityOf(credential);
  const key =
    typeof identity.auth === 'string' ? [] : [identity.auth.privateKey, credential.split(':').slice(3).join(':')];
  return [credential, ...key].filter((secret) => secret.length > 3);
}
