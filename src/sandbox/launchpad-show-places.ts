import { type Place, type Shown, stamp, withEtag } from './launchpad-show.ts';
import type { SandboxBug, SandboxPerson, SandboxProject, World } from './launchpad-world.ts';

/** What stands for a value that the asker may not see. */
const REDACTED = 'tag:launchpad.net:2008:redacted';

/** A project or a project group. */
export function showProject(place: Place, project: SandboxProject): Shown {
  const person = (name: string | null) => (name === null ? null : `${place.api}/~${name}`);
  const self = `${place.api}/${project.name}`;
  return withEtag(
    project.kind,
    {
      self_link: self,
      web_link: `${place.web}/${project.name}`,
      resource_type_link: `${place.api}/#${project.kind}`,
      name: project.name,
      display_name: project.name,
      title: project.name,
      active: true,
      owner_link: person(project.owner),
      driver_link: person(project.driver),
      bug_supervisor_link: person(project.supervisor),
      official_bugs: project.officialBugs,
      information_type: 'Public',
      active_milestones_collection_link: `${self}/active_milestones`,
      all_milestones_collection_link: `${self}/all_milestones`,
      series_collection_link: `${self}/series`,
    },
    'application/json',
  );
}

/** A project's series, on which no bug can be created. */
export function showSeries(place: Place, project: SandboxProject, name: string): Shown {
  const self = `${place.api}/${project.name}/${name}`;
  const fields = { self_link: self, web_link: self, resource_type_link: `${place.api}/#project_series`, name };
  return withEtag('project_series', { ...fields, project_link: `${place.api}/${project.name}` }, 'application/json');
}

/** A milestone of a project. */
export function showMilestone(place: Place, project: SandboxProject, name: string): Shown {
  const self = `${place.api}/${project.name}/+milestone/${name}`;
  const fields = { self_link: self, web_link: self, resource_type_link: `${place.api}/#milestone`, name };
  const rest = { title: `${project.name} ${name}`, is_active: true, target_link: `${place.api}/${project.name}` };
  return withEtag('milestone', { ...fields, ...rest }, 'application/json');
}

/** A person or a team; an address is shown to nobody. */
export function showPerson(place: Place, person: SandboxPerson): Shown {
  const self = `${place.api}/~${person.name}`;
  const team = person.members !== null;
  return withEtag(
    'person',
    {
      self_link: self,
      web_link: `${place.web}/~${person.name}`,
      resource_type_link: `${place.api}/#${team ? 'team' : 'person'}`,
      name: person.name,
      display_name: person.displayName,
      is_team: team,
      is_valid: true,
      private: false,
      preferred_email_address_link: REDACTED,
      super_teams_collection_link: `${self}/super_teams`,
      members_collection_link: `${self}/members`,
    },
    'application/json',
  );
}

/** A comment; the first is the description as it was at the start. */
export function showMessage(place: Place, bug: SandboxBug, index: number): Shown {
  const message = bug.messages[index];
  const target = bug.tasks[0]?.target ?? 'unknown';
  const self = `${place.api}/${target}/+bug/${bug.id}/comments/${index}`;
  return withEtag(
    'message',
    {
      self_link: self,
      web_link: `${place.web}/${target}/+bug/${bug.id}/comments/${index}`,
      resource_type_link: `${place.api}/#message`,
      subject: message?.subject ?? '',
      content: message?.content ?? '',
      owner_link: `${place.api}/~${message?.owner ?? ''}`,
      date_created: stamp(message?.created ?? bug.created),
      parent_link: null,
    },
    'application/json',
  );
}

/** The teams that a person is in. */
export function teamsOf(world: World, name: string): SandboxPerson[] {
  return [...world.people.values()].filter((team) => team.members?.includes(name) ?? false);
}
