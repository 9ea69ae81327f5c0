import { NoteError } from '../errors.ts';
import { USER_AGENT } from '../version.ts';

const MOST_BYTES = 32 * 1024 * 1024;

/** Fetches a note from the web. Private addresses are refused, also behind redirects, unless they are allowed. */
export async function fetchNote(
  address: string,
  options: { readonly allowPrivateAddresses: boolean; readonly timeoutMs: number },
): Promise<{ readonly bytes: Uint8Array; readonly url: string }> {
  const [{ default: axios }, { RequestFilteringHttpAgent, RequestFilteringHttpsAgent }] = await Promise.all([
    import('axios'),
    import('request-filtering-agent'),
  ]);
  const allow = { allowPrivateIPAddress: options.allowPrivateAddresses };
  try {
    const { data } = await axios.get<ArrayBuffer>(rawAddress(address), {
      responseType: 'arraybuffer',
      timeout: options.timeoutMs,
      signal: AbortSignal.timeout(options.timeoutMs),
      maxContentLength: MOST_BYTES,
      maxRedirects: 5,
      proxy: false,
      httpAgent: new RequestFilteringHttpAgent(allow),
      httpsAgent: new RequestFilteringHttpsAgent(allow),
      headers: { 'User-Agent': USER_AGENT, Accept: 'text/plain, text/markdown, text/html;q=0.9, */*;q=0.5' },
    });
    return { bytes: new Uint8Array(data), url: address };
  } catch (error) {
    throw new NoteError(address, whyUnread(error), { cause: error });
  }
}

/** The text behind pages that only show it: pads export theirs, GitHub and GitLab serve files raw. */
export function rawAddress(address: string): string {
  const url = new URL(address);
  const pad = /^\/p\/(?<name>[^/]+)\/?$/.exec(url.pathname);
  if (pad !== null) url.pathname = `/p/${pad.groups?.name}/export/txt`;
  const blob = /^\/(?<repository>[^/]+\/[^/]+)\/blob\/(?<rest>.+)$/.exec(url.pathname);
  if (url.hostname === 'github.com' && blob !== null) {
    return `https://raw.githubusercontent.com/${blob.groups?.repository}/${blob.groups?.rest}`;
  }
  return url.href;
}

function whyUnread(error: unknown): string {
  const facts = error instanceof Error ? (error as Error & { code?: string; response?: { status: number } }) : null;
  if (facts?.response !== undefined) return `could not be fetched: the server answered ${facts.response.status}`;
  if (/private|not allowed/i.test(facts?.message ?? '')) {
    return 'is on a private network: not fetched (allowPrivateAddresses: true in the configuration allows it)';
  }
  if (facts?.code === 'ECONNABORTED' || facts?.code === 'ERR_CANCELED')
    return 'could not be fetched: no answer in time';
  if (/maxContentLength/.test(facts?.message ?? '')) return `is larger than ${MOST_BYTES / 1024 / 1024} MB: left out`;
  return `could not be fetched: ${facts?.message ?? String(error)}`;
}
