import { describe, expect, it } from 'vitest';
import { namedRefs, refOf } from '../../src/items/ref.ts';

describe('refOf', () => {
  it.each([
    ['https://bugs.launchpad.net/neutron/+bug/1815933', 'launchpad-bug', '1815933'],
    ['https://launchpad.net/bugs/1815933', 'launchpad-bug', '1815933'],
    ['https://bugs.launchpad.net/bugs/1815933/+index', 'launchpad-bug', '1815933'],
    ['https://blueprints.launchpad.net/neutron/+spec/get-me-a-network', 'launchpad-blueprint', null],
    ['https://github.com/example/repo/issues/12#issuecomment-1', 'github-issue', 'example/repo#12'],
    ['https://github.com/example/repo/pull/34/files', 'github-pull', 'example/repo#34'],
    ['https://review.opendev.org/#/c/658414/', 'gerrit-change', '658414'],
    ['https://review.openstack.org/#/c/665467/72/', 'gerrit-change', '665467'],
    ['https://review.opendev.org/c/openstack/neutron/+/658414/3', 'gerrit-change', '658414'],
    ['https://review.opendev.org/678438', 'gerrit-change', '678438'],
    ['https://storyboard.openstack.org/#!/story/2001234', 'storyboard-story', '2001234'],
    ['https://specs.openstack.org/openstack/neutron-specs/specs/victoria/x.html', 'spec', null],
    ['https://opendev.org/openstack/neutron-specs/src/branch/master/specs/victoria/x.rst', 'spec', null],
    ['https://etherpad.opendev.org/p/neutron-victoria-ptg', 'etherpad', null],
    ['https://github.com/example/repo', 'link', null],
    ['https://bugs.launchpad.net/neutron/+bugs?field.tag=ovn', 'link', null],
  ])('reads %s as %s', (url, kind, id) => {
    expect(refOf(url)).toEqual({ url, kind, id });
  });
});

describe('namedRefs', () => {
  it.each([
    ['see LP #1815933 for it', 'https://bugs.launchpad.net/bugs/1815933'],
    ['fix bug 1815933 first', 'https://bugs.launchpad.net/bugs/1815933'],
    ['respin review 281628', 'https://review.opendev.org/281628'],
    ['comment on example/repo#12', 'https://github.com/example/repo/issues/12'],
  ])('finds the address in "%s"', (text, url) => {
    expect(namedRefs(text).map(({ ref }) => ref.url)).toEqual([url]);
  });

  it.each(['we have 2 bugs and 3 patches', 'python 36 and bug 12', 'path/to#12x', 'in the review 2019'])(
    'finds nothing in "%s"',
    (text) => {
      expect(namedRefs(text)).toEqual([]);
    },
  );
});
