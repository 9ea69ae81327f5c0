import { describe, expect, it } from 'vitest';
import { tellFailure } from '../../src/cli/failure.ts';
import { ConfigError, EXIT, TrackerError, UsageError } from '../../src/errors.ts';
import { painter } from '../../src/terminal/paint.ts';

function told(error: unknown, env: Readonly<Record<string, string>> = {}) {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  const err = { tty: false, colours: false, width: 80, paint: painter(false), stream: process.stderr, write };
  return { exit: tellFailure(error, err, env), text };
}

describe('telling a failure', () => {
  it('says what and what to do about it, and gives the exit status', () => {
    const denied = new TrackerError('work', { kind: 'denied' }, 'GitHub refused the token', {
      hint: 'See: ptg-tracker doctor',
    });

    expect(told(denied)).toEqual({
      exit: EXIT.tracker,
      text: 'error: GitHub refused the token\n  See: ptg-tracker doctor\n',
    });
    expect(told(new UsageError('no notes were named'))).toEqual({
      exit: EXIT.usage,
      text: 'error: no notes were named\n',
    });
    expect(told(new ConfigError('x.yaml', ['a: b', 'c: d'])).text).toBe(
      'error: x.yaml is not usable:\n  a: b\n  c: d\n',
    );
  });

  it('keeps the stack of a bug, without the secrets that stand in it', () => {
    const { exit, text } = told(new TypeError('bad answer for token-abcdef'), {
      SOME_TOKEN: 'token-abcdef',
      PATH: '/usr/bin',
    });

    expect(exit).toBe(EXIT.partial);
    expect(text).toContain('this is a bug in ptg-tracker');
    expect(text).toContain('TypeError: bad answer for [secret]\n    at ');
    expect(text).not.toContain('token-abcdef');
  });
});
