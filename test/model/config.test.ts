import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../config/check.ts';
import { ConfigError } from '../../src/errors.ts';

function problems(text: string): readonly string[] {
  try {
    checkConfig(text, 'ptg-tracker.yaml');
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)];
  }
}

const model = (settings: string) => `extract: { model: { ${settings} } }\n`;

describe('the settings of a model', () => {
  it('need an address and a name; the rest is given', () => {
    const { config } = checkConfig(model('baseUrl: "http://localhost:11434/v1", name: tiny'), 'ptg-tracker.yaml');

    expect(config.extract.model).toEqual({
      baseUrl: 'http://localhost:11434/v1',
      name: 'tiny',
      timeout: 60_000,
      mode: 'merge',
      confidence: 0.5,
      maxRequests: 50,
    });
    expect(checkConfig('', 'ptg-tracker.yaml').config.extract).not.toHaveProperty('model');
  });

  it.each([
    {
      when: 'the address is none',
      settings: 'baseUrl: localhost, name: tiny',
      says: /baseUrl.*write an http\(s\) address/,
    },
    { when: 'it holds a password', settings: 'baseUrl: "https://me:pw@host/v1", name: tiny', says: /baseUrl.*keyEnv/ },
    {
      when: 'the key itself is written',
      settings: 'baseUrl: "http://a/v1", name: tiny, keyEnv: sk-1',
      says: /keyEnv.*not the secret itself/,
    },
    {
      when: 'a setting is misspelt',
      settings: 'baseUrl: "http://a/v1", name: tiny, tempo: 3',
      says: /tempo.*no such setting/,
    },
    {
      when: 'the mode is none',
      settings: 'baseUrl: "http://a/v1", name: tiny, mode: both',
      says: /mode.*merge, compare/,
    },
  ])('are refused when $when', ({ settings, says }) => {
    expect(problems(model(settings))).toEqual([expect.stringMatching(says)]);
  });

  it('may not close issues whenever the model is down', () => {
    const settings = model('baseUrl: "http://a/v1", name: tiny');

    expect(problems(`${settings}close: { vanished: true }\n`)).toEqual([expect.stringContaining('would be closed')]);
    expect(problems(`${settings.replace('tiny', 'tiny, mode: compare')}close: { vanished: true }\n`)).toEqual([]);
  });
});
