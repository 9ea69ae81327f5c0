import type { Dialect } from '../tracker.ts';
import { find, replace, wrap } from './body.ts';
import { neutralise } from './neutralise.ts';
import { read } from './read.ts';
import { render } from './render.ts';

/** How text is written on a GitHub whose pages stand at `host`. */
export function createDialect(host: string): Dialect {
  return {
    neutralise: (text) => neutralise(text, host),
    render: (text) => render(text, host),
    wrap,
    find,
    replace,
    read,
  };
}

/** Where the pages of an API stand: `api.github.com` → `github.com`, an enterprise server is its own. */
export function webHost(baseUrl: string): string {
  const host = new URL(baseUrl).host.toLowerCase();
  return host === 'api.github.com' ? 'github.com' : host;
}
