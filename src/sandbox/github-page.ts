import type { Outgoing } from './http.ts';

interface Shown {
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly body: string | null;
  readonly html_url: string;
  readonly labels: readonly { readonly name: string }[];
  readonly assignees: readonly { readonly login: string }[];
}

const STYLE =
  'body{font:16px/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;border:1px solid #ccc;padding:1rem}';

/** An issue, or a list of them, as a plain page for whoever follows a link of the sandbox. */
export function page(value: Shown | readonly Shown[]): Outgoing {
  const html = Array.isArray(value) ? list(value as readonly Shown[]) : issue(value as Shown);
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  };
  return { status: 200, headers, body: `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${html}` };
}

function issue(one: Shown): string {
  const about = [one.state, ...one.labels.map(({ name }) => name), ...one.assignees.map(({ login }) => `@${login}`)];
  return `<title>${safe(one.title)}</title><h1>${safe(one.title)} #${one.number}</h1><p>${safe(about.join(' · '))}</p><pre>${safe(one.body ?? '')}</pre>`;
}

function list(issues: readonly Shown[]): string {
  const entries = issues.map(
    (one) => `<li>${safe(one.state)} <a href="${safe(one.html_url)}">#${one.number} ${safe(one.title)}</a>`,
  );
  return `<title>Issues</title><h1>Issues</h1><ul>${entries.join('')}</ul>`;
}

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
