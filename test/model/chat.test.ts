import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Chat, ModelTrouble } from '../../src/model/chat.ts';
import { type Asked, silence, status } from './server.ts';
import { endpoint, settingsFor } from './setting.ts';

const KEY = 'sk-0123456789abcdef';

async function trouble(work: Promise<unknown>): Promise<ModelTrouble> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ModelTrouble)) throw new Error(`no trouble but ${inspect(error)}`);
  return error;
}

describe('the chat with a model', () => {
  it('sends instructions and text to /chat/completions with the key, and asks for JSON by a schema without variance', async () => {
    const { baseUrl, asked } = await endpoint(() => 'hello');

    expect(await new Chat(settingsFor(`${baseUrl}/`, { key: KEY })).ask('be exact', 'a note')).toBe('hello');

    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': expect.stringContaining('application/json') },
      body: {
        model: 'tiny',
        temperature: 0,
        response_format: {
          type: 'json_schema',
          json_schema: { strict: true, schema: { type: 'object', required: ['items'], additionalProperties: false } },
        },
        messages: [
          { role: 'system', content: 'be exact' },
          { role: 'user', content: 'a note' },
        ],
      },
    });
  });

  it('sends no key where there is none, and keeps the query of the address', async () => {
    const { baseUrl, asked } = await endpoint(() => 'hello');

    await new Chat(settingsFor(`${baseUrl}?api-version=3`)).ask('', '');

    expect(asked[0]?.path).toBe('/v1/chat/completions?api-version=3');
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
  });

  it('asks for less where the endpoint does not take it, and remembers that', async () => {
    const form = ({ body }: Asked) => body.response_format?.type ?? 'none';
    const { baseUrl, asked } = await endpoint((one) => (form(one) === 'none' ? 'hello' : status(400)));
    const chat = new Chat(settingsFor(baseUrl));

    await chat.ask('', 'first');
    await chat.ask('', 'second');

    expect(asked.map(form)).toEqual(['json_schema', 'json_object', 'none', 'none']);
    expect(asked[3]?.body).not.toHaveProperty('temperature');
  });

  it.each([
    { code: 401, says: 'refused the key (401)', over: true },
    { code: 403, says: 'refused the key (403)', over: true },
    { code: 404, says: 'is not there (404)', over: true },
    { code: 400, says: 'answered with an error (400)', over: false },
    { code: 429, says: 'answered with an error (429)', over: false },
    { code: 500, says: 'answered with an error (500)', over: false },
  ])('says that it $says', async ({ code, says, over }) => {
    const { baseUrl } = await endpoint(() => status(code, JSON.stringify({ error: { message: `bad key ${KEY}` } })));

    const error = await trouble(new Chat(settingsFor(baseUrl, { key: KEY })).ask('', ''));

    expect(error.message).toBe(`the model tiny at ${new URL(baseUrl).host} ${says}`);
    expect(error.over).toBe(over);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(KEY);
  });

  it('does not follow a redirect, which would carry the note to a stranger', async () => {
    const stranger = await endpoint(() => 'mine');
    const { baseUrl } = await endpoint(() => status(307, '', { Location: `${stranger.baseUrl}/chat/completions` }));

    const error = await trouble(new Chat(settingsFor(baseUrl)).ask('', 'secret'));

    expect(error).toMatchObject({ message: expect.stringContaining('sends us elsewhere (307)'), over: true });
    expect(stranger.asked).toEqual([]);
  });

  it('waits no longer than its time-out, whether nothing comes or not all of it', async () => {
    for (const says of [silence, (response: { write(text: string): void }) => response.write('{"choices":')]) {
      const { baseUrl } = await endpoint(() => says);

      const error = await trouble(new Chat(settingsFor(baseUrl, { timeoutMs: 200, key: KEY })).ask('', ''));

      expect(error).toMatchObject({ message: expect.stringContaining('did not answer within 0.2 s'), over: true });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(KEY);
    }
  });

  it('is given up at once when the run is stopped', async () => {
    const stop = new AbortController();
    const { baseUrl } = await endpoint(() => () => stop.abort());

    const error = await trouble(new Chat(settingsFor(baseUrl, { signal: stop.signal })).ask('', ''));

    expect(error).toMatchObject({ message: expect.stringContaining('was not waited for'), over: true });
  });

  it('says why nobody is there', async () => {
    const gone = await endpoint(() => '');
    await gone.close();

    const error = await trouble(new Chat(settingsFor(gone.baseUrl, { key: KEY })).ask('', ''));

    expect(error).toMatchObject({
      message: expect.stringContaining('could not be reached (ECONNREFUSED)'),
      over: true,
    });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(KEY);
  });

  it.each([
    { what: 'no JSON', body: '<html>proxy</html>' },
    { what: 'no choices', body: '{"choices": []}' },
    { what: 'no content', body: '{"choices": [{"message": {"content": null}}]}' },
    { what: 'half of it', body: '{"choices": [{"mess' },
  ])('takes $what for no chat completion', async ({ body }) => {
    const { baseUrl } = await endpoint(() => status(200, body));

    const error = await trouble(new Chat(settingsFor(baseUrl)).ask('', ''));

    expect(error).toMatchObject({ message: expect.stringContaining('no chat completion'), over: false });
  });

  it('reads no more than 4 MB', async () => {
    const { baseUrl } = await endpoint(() => status(200, ' '.repeat(5 * 1024 * 1024)));

    const error = await trouble(new Chat(settingsFor(baseUrl)).ask('', ''));

    expect(error).toMatchObject({ message: expect.stringContaining('more than 4 MB'), over: false });
  });
});
