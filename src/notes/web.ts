import { NoteError } from '../errors.ts';
import { USER_AGENT } from '../version.ts';
import { rawForm } from './raw-form.ts';

const MOST_BYTES = 16 * 1024 * 1024;

/** What to go by when fetching. */
interface FetchOptions {
  readonly allowPrivateAddresses: boolean;
  readonly timeoutMs: number;
}

/** Fetches a note from the web. Private addresses are refused, also behind redirects, unless they are allowed. */
export async function fetchNote(
  address: string,
  options: FetchOptions,
): Promise<{ readonly bytes: Uint8Array; readonly url: string }> {
  const raw = rawForm(address);
  try {
    return { bytes: await get(raw, options), url: address };
  } catch (error) {
    // a page that only looks like a pad or a file of a known site is read as it is
    const isGuess = raw !== address && statusOf(error) === 404;
    if (!isGuess) throw new NoteError(address, whyUnread(error), { cause: error });
  }
  try {
    return { bytes: await get(address, options), url: address };
  } catch (error) {
    throw new NoteError(address, whyUnread(error), { cause: error });
  }
}

async function get(address: string, options: FetchOptions): Promise<Uint8Array> {
  const [{ default: axios }, { RequestFilteringHttpAgent, RequestFilteringHttpsAgent }] = await Promise.all([
    import('axios'),
    import('request-filtering-agent'),
  ]);
  const allow = { allowPrivateIPAddress: options.allowPrivateAddresses };
  const { data } = await axios.get<ArrayBuffer>(address, {
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
  return new Uint8Array(data);
}

function statusOf(error: unknown): number | null {
  return error instanceof Error
    ? ((error as Error & { response?: { status: number } }).response?.status ?? null)
    : null;
}

function whyUnread(error: unknown): string {
  const facts = error instanceof Error ? (error as Error & { code?: string }) : null;
  const status = statusOf(error);
  if (status !== null && !/maxContentLength/.test(facts?.message ?? '')) {
    return `could not be fetched: the server answered ${status}`;
  }
  if (/private|not allowed/i.test(facts?.message ?? '')) {
    return 'is on a private network: not fetched (allowPrivateAddresses: true in the configuration allows it)';
  }
  if (facts?.code === 'ECONNABORTED' || facts?.code === 'ERR_CANCELED')
    return 'could not be fetched: no answer in time';
  if (/maxContentLength/.test(facts?.message ?? '')) return `is larger than ${MOST_BYTES / 1024 / 1024} MB: left out`;
  return `could not be fetched: ${facts?.message ?? String(error)}`;
}
