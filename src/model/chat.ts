import type { AxiosResponse } from 'axios';
import { messageOf } from '../errors.ts';
import { answerSchema, saidIn } from './answer.ts';

/** Where the model is, and how long it may take. */
export interface ChatSettings {
  /** The root of an OpenAI-compatible API: `/chat/completions` is appended. */
  readonly baseUrl: string;
  readonly name: string;
  readonly key: string | null;
  /** How long one request may take, answer included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** The model could not be used for a part of a note; `over` says that the next request would fail the same way. */
export class ModelTrouble extends Error {
  override readonly name = 'ModelTrouble';
  readonly over: boolean;
  constructor(sentence: string, over: boolean) {
    super(sentence);
    this.over = over;
  }
}

const MOST_BYTES = 4 * 1024 * 1024;

/** How JSON is asked for: the best that the endpoint takes. The last one also suits models that take no temperature. */
const FORMS: readonly (() => object)[] = [
  () => ({
    temperature: 0,
    response_format: { type: 'json_schema', json_schema: { name: 'items', strict: true, schema: answerSchema() } },
  }),
  () => ({ temperature: 0, response_format: { type: 'json_object' } }),
  () => ({}),
];

/** A chat with one model; it remembers which form of request the endpoint takes. */
export class Chat {
  readonly #settings: ChatSettings;
  readonly #address: string;
  #form = 0;
  #settled = false;

  constructor(settings: ChatSettings) {
    this.#settings = settings;
    this.#address = addressOf(settings.baseUrl);
  }

  /** The model as messages name it. */
  get who(): string {
    return `the model ${this.#settings.name} at ${new URL(this.#address).host}`;
  }

  /** What the model says to a text. Throws `ModelTrouble`, whose sentence holds neither the key nor words of the server. */
  async ask(instructions: string, text: string): Promise<string> {
    const answer = await this.#send(instructions, text);
    const mayDiffer = answer.status === 400 || answer.status === 422;
    if (mayDiffer && !this.#settled && this.#form < FORMS.length - 1) {
      this.#form += 1;
      return this.ask(instructions, text);
    }
    if (answer.status !== 200) throw this.#refused(answer.status);
    this.#settled = true;
    const said = saidIn(answer.data);
    if (said === null) throw new ModelTrouble(`${this.who} gave an answer that is no chat completion`, false);
    return said;
  }

  async #send(instructions: string, text: string): Promise<AxiosResponse<string>> {
    const { name, key, timeoutMs, signal } = this.#settings;
    const body = {
      model: name,
      stream: false,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content: text },
      ],
      ...FORMS[this.#form]?.(),
    };
    // Node takes longer ones for 1 ms.
    const late = AbortSignal.timeout(Math.min(timeoutMs, 2 ** 31 - 1));
    try {
      const { default: axios } = await import('axios');
      return await axios.post<string>(this.#address, body, {
        headers: { Accept: 'application/json', ...(key === null ? {} : { Authorization: `Bearer ${key}` }) },
        signal: AbortSignal.any([late, signal]),
        maxContentLength: MOST_BYTES,
        // A redirect would carry the note to a host that nobody named.
        maxRedirects: 0,
        proxy: false,
        validateStatus: () => true,
        responseType: 'text',
        transformResponse: [(data: unknown) => data],
      });
    } catch (error) {
      // The error itself holds the request and with it the key, so it goes no further.
      throw new ModelTrouble(this.#silence(error, late), !isTooLarge(error));
    }
  }

  #silence(error: unknown, late: AbortSignal): string {
    if (this.#settings.signal.aborted) return `${this.who} was not waited for`;
    if (late.aborted) return `${this.who} did not answer within ${this.#settings.timeoutMs / 1000} s`;
    if (isTooLarge(error)) return `${this.who} gave an answer of more than ${MOST_BYTES / 1024 / 1024} MB`;
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';
    return `${this.who} could not be reached (${code})`;
  }

  #refused(status: number): ModelTrouble {
    if (status === 401 || status === 403) return new ModelTrouble(`${this.who} refused the key (${status})`, true);
    if (status === 404) return new ModelTrouble(`${this.who} is not there (404)`, true);
    if (status >= 300 && status < 400) {
      return new ModelTrouble(`${this.who} sends us elsewhere (${status}): baseUrl has to be the address itself`, true);
    }
    return new ModelTrouble(`${this.who} answered with an error (${status})`, false);
  }
}

function isTooLarge(error: unknown): boolean {
  return /maxContentLength/.test(messageOf(error));
}

/** The root's query stays: some hosts want a version in it. */
function addressOf(baseUrl: string): string {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/{1,8}$/, '')}/chat/completions`;
  return url.href;
}
