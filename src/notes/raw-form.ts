/** A site that shows texts in pages of its own, and where it serves the text itself. */
interface Site {
  readonly host: RegExp;
  readonly path: RegExp;
  readonly raw: (match: RegExpExecArray, url: URL) => string;
}

const SITES: readonly Site[] = [
  {
    host: /^github\.com$/,
    path: /^\/([^/]+\/[^/]+)\/(?:blob|raw)\/(.+)$/,
    raw: (match) => `https://raw.githubusercontent.com/${match[1]}/${match[2]}`,
  },
  {
    host: /^github\.com$/,
    path: /^\/([^/]+\/[^/]+)\/wiki\/([^/]+)$/,
    raw: (match) => `https://raw.githubusercontent.com/wiki/${match[1]}/${match[2]}.md`,
  },
  { host: /^gist\.github\.com$/, path: /^\/[^/]+\/[0-9a-f]{20,40}$/, raw: (_, url) => `${withoutHash(url)}/raw` },
  { host: /./, path: /^\/(.+)\/-\/blob\/(.+)$/, raw: (match, url) => `${url.origin}/${match[1]}/-/raw/${match[2]}` },
  {
    host: /^opendev\.org$|^codeberg\.org$/,
    path: /^\/([^/]+\/[^/]+)\/src\/((?:branch|commit|tag)\/.+)$/,
    raw: (match, url) => `${url.origin}/${match[1]}/raw/${match[2]}`,
  },
  {
    host: /^docs\.google\.com$/,
    path: /^\/document\/d\/([\w-]{10,})(?:\/.*)?$/,
    raw: (match, url) => `${url.origin}/document/d/${match[1]}/export?format=txt`,
  },
  {
    host: /^(?:[\w-]+\.)?hackmd\.io$|^hedgedoc\.|^codimd\./,
    path: /^\/(?:s\/)?(@[\w.-]+\/[\w-]+|[\w-]{6,})$/,
    raw: (match, url) => `${url.origin}/${match[1]}/download`,
  },
  { host: /./, path: /^(\/(?:[\w-]+\/)?p\/[^/]+)\/?$/, raw: (match, url) => `${url.origin}${match[1]}/export/txt` },
  { host: /^paste\./, path: /^\/show\/([\w-]+)\/?$/, raw: (match, url) => `${url.origin}/raw/${match[1]}` },
];

/** The address of the text behind a page that only shows it (pads, files on GitHub, …); of other pages their own. */
export function rawForm(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  for (const site of SITES) {
    const match = site.host.test(url.hostname) ? site.path.exec(url.pathname) : null;
    if (match) return site.raw(match, url);
  }
  return address;
}

function withoutHash(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
