import { describe, expect, it } from 'vitest';
import { dueOf, withDay, withDays } from '../../src/items/dates.ts';
import { aContext, aFinding, statementWith } from './build.ts';

function due(lines: Parameters<typeof aContext>[0], words: string, releases = {}) {
  const context = aContext(lines);
  return dueOf(statementWith(context, words), context, releases);
}

describe('dueOf', () => {
  it.each([
    ['we will use the label during the Ussuri cycle', 'Ussuri cycle'],
    ['define the date of EOL for Victoria+2 cycle', 'Victoria+2 cycle'],
    ['remove it completely in W cycle', 'W cycle'],
    ['Alice volunteered to work on this in the Victoria', 'Victoria'],
    ['we set the Victoria-2 milestone for this change', 'Victoria-2 milestone'],
    ['Alice is going to take a look at it this cycle', 'this cycle'],
    ['we will move them to another namespace in 2 cycles', 'in 2 cycles'],
    ['Alice will set up a meeting prior to 12/18', 'prior to 12/18'],
    ['invite the members for May 20th', 'May 20th'],
    ['publish it on 2020-10-14', '2020-10-14'],
    ['send the mail next week', 'next week'],
    ['start branching by the end of April', 'end of April'],
    ['finish the guide before the next meeting', 'before the next meeting'],
    ['publish the findings asap', 'asap'],
    ['look at it before the F2F', 'before the F2F'],
    ['update the page by EOW', 'EOW'],
    ['write the guide (due: 1.22 docs freeze)', '1.22 docs freeze'],
    ['write the guide (ETA 20-Nov)', '20-Nov'],
    ['write the guide - Deadline: 17.03.2023', '17.03.2023'],
    ['collect the names by mid July', 'mid July'],
    ['drop the jobs before M-2', 'M-2'],
    ['test the fix on the next compose', 'next compose'],
    ['publish the draft before IETF 105', 'IETF 105'],
    ['call for adoption after the meeting', 'after the meeting'],
    ['note this in our release notes before the F2F', 'before the F2F'],
  ])('reads when from "%s"', (text, expected) => {
    expect(due([text], text.slice(0, 10))).toEqual({ text: expected, date: null });
  });

  it.each([
    'drop the job that was added in the last cycle',
    'check if the QoS subteam meeting is still needed',
    'the horizon should be at least 2 cycles',
    'take some time to write the guide',
    'set up a call',
  ])('reads nothing from "%s"', (text) => {
    expect(due([text], text.slice(0, 10))).toBeNull();
  });

  it('takes the date from the line that announces what is to be done until then', () => {
    expect(due(['For next time:', '* decide on the name'], 'decide')).toEqual({ text: 'next time', date: null });
    expect(due(['Notes of the last meeting this week:', '* decide on the name'], 'decide')).toBeNull();
  });

  it('takes the release from the line that the list hangs on', () => {
    expect(due(['Goals for Pike:', '* switch the locking to another library'], 'switch')).toEqual({
      text: 'Pike',
      date: null,
    });
  });

  it('gives the date of the configured release or milestone', () => {
    const releases = { Victoria: '2020-10-14', 'Victoria-2': '2020-07-30' };

    expect(due(['do it in the Victoria-2 milestone'], 'do it', releases)?.date).toBe('2020-07-30');
    expect(due(['do it in Victoria'], 'do it', releases)?.date).toBe('2020-10-14');
    expect(due(['do it in the Victoria+2 cycle'], 'do it', releases)?.date).toBeNull();
  });
});

describe('withDay', () => {
  it.each([
    ['2020-10-14', null, '2020-10-14'],
    ['May 20th', '2020-04-01', '2020-05-20'],
    ['prior to 12/18', '2019-12-05', '2019-12-18'],
    ['10 January', '2019-12-05', '2020-01-10'],
    ['Oct 10th, 2023', null, '2023-10-10'],
    ['Oct 10th', null, null],
    ['Wednesday', '2020-06-08', null],
    ['next week', '2020-06-08', null],
    ['Victoria cycle', '2020-06-08', null],
    ['July', '2020-06-08', null],
  ])('reads "%s" in a note of %s as %s', async (text, noteDate, date) => {
    expect(await withDay({ text, date: null }, noteDate)).toEqual({ text, date });
  });
});

describe('withDays', () => {
  it('reads each due relative to the date of its own note', async () => {
    const note = (date: string | null) => ({ source: 'a.txt', url: null, title: 'Notes', author: null, date });
    const due = { text: 'May 20th', date: null };

    const items = await withDays([
      aFinding({ due, note: note('2020-04-01') }),
      aFinding({ due, note: note('2021-04-01') }),
      aFinding({ due, note: note(null) }),
      aFinding({ note: note('2020-04-01') }),
    ]);

    expect(items.map((item) => item.due?.date)).toEqual(['2020-05-20', '2021-05-20', null, undefined]);
  });
});
