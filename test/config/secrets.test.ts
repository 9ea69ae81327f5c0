import { describe, expect, it } from 'vitest';
import { secretOf } from '../../config/secrets.ts';
import { ConfigError, EXIT } from '../../src/errors.ts';

describe('secretOf', () => {
  it('gives what the variable holds, without the line end of a file', () => {
    expect(secretOf({ TOKEN: 'abc\n' }, 'TOKEN')).toBe('abc');
  });

  it.each([{}, { TOKEN: '' }, { TOKEN: ' \n' }])('names the variable that is not set in %j', (env) => {
    const reading = () => secretOf(env, 'TOKEN', 'the token for work');

    expect(reading).toThrow(ConfigError);
    expect(reading).toThrow('TOKEN is not set: it has to hold the token for work');
    expect(reading).toThrow(expect.objectContaining({ exit: EXIT.usage }));
  });
});
