import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPeople, loadPeople } from '../../config/people.ts';
import { folderOf } from '../folder.ts';

describe('people.yaml', () => {
  it('gives names, nicks, mail and accounts', async () => {
    const cwd = await folderOf('people');
    await writeFile(join(cwd, 'people.yaml'), '- { name: Alice A, nicks: [ali], mail: a@x.org, github: alice-a }\n');

    const people = await loadPeople(join(cwd, 'people.yaml'), cwd);

    expect(people).toEqual([{ name: 'Alice A', nicks: ['ali'], mail: 'a@x.org', github: 'alice-a' }]);
  });

  it('says which file is missing', async () => {
    const cwd = await folderOf('people');

    await expect(loadPeople(join(cwd, 'who.yaml'), cwd)).rejects.toMatchObject({
      message: 'who.yaml does not exist',
      exit: 2,
    });
  });

  it('tells all problems at once', async () => {
    const checking = checkPeople('- { nicks: [x] }\n- { name: Bob, twitter: bob }\n', 'people.yaml');

    await expect(checking).rejects.toMatchObject({
      problems: ['[0].name (line 1): missing', '[1].twitter (line 2): no such setting'],
    });
  });

  it('refuses a nick that leads to two people, whatever its case', async () => {
    const checking = checkPeople('- { name: Alice, nicks: [sam] }\n- { name: Sam }\n', 'people.yaml');

    await expect(checking).rejects.toMatchObject({
      problems: ['[1] (line 2): sam is also [0]; a name or nick leads to one person'],
    });
  });

  it('refuses accounts that are not account names', async () => {
    const text =
      '- { name: A, github: "@alice" }\n- { name: B, launchpad: ~bob }\n- { name: C, github: c-d, launchpad: c.d }\n';

    await expect(checkPeople(text, 'people.yaml')).rejects.toMatchObject({
      problems: [expect.stringContaining('[0].github'), expect.stringContaining('[1].launchpad')],
    });
  });

  it('takes an empty file for nobody', async () => {
    expect(await checkPeople('', 'people.yaml')).toEqual([]);
  });
});
