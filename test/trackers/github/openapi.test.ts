import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aDraft } from '../harness.ts';
import { type GitHubHarness, openHarness } from './open.ts';

type Schema = Parameters<typeof z.fromJSONSchema>[0];
type Content = { readonly content?: { readonly 'application/json'?: { readonly schema: Schema } } };
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** GitHub's own description of its API; the parts that we use, by method and path. */
let operations: readonly { readonly method: string; readonly path: RegExp; readonly does: Operation }[] = [];
let harness: GitHubHarness;

beforeAll(async () => {
  const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.deref.json');
  const { paths } = JSON.parse(await readFile(file, 'utf8')) as { paths: Record<string, Record<string, Operation>> };
  operations = Object.entries(paths)
    .filter(([path]) =>
      /^\/(?:user|repos\/\{owner\}\/\{repo\}(?:$|\/(?:issues|labels|assignees|milestones)))/.test(path),
    )
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, does]) => ({
        method: method.toUpperCase(),
        path: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
        does,
      })),
    );
  harness = await openHarness({ others: ['acme/other'] });
}, 60_000);

afterAll(() => harness.close());

function operation(method: string, path: string): Operation | undefined {
  const bare = path.split('?')[0] ?? '';
  return operations.find((one) => one.method === method && one.path.test(bare))?.does;
}

const schemaOf = (content: Content | undefined) => content?.content?.['application/json']?.schema;
const check = (schema: Schema, value: unknown) =>
  z.fromJSONSchema(schema, { defaultTarget: 'openapi-3.0' }).safeParse(value);

describe("GitHub's own description of its API", () => {
  it('knows every request that the tracker sends, with its fields and its parameters', async () => {
    const { tracker, proxy, accounts } = harness;
    await tracker.open();
    await tracker.assignable([accounts.assignable, 'nobody']);
    await tracker.assignable(['a', 'b', 'c', 'd']);
    const { issue } = await tracker.create(
      aDraft(tracker, 'one', { labels: ['ptg', 'new'], assignees: ['alice'], milestone: 'Victoria-2' }),
    );
    const { issue: other } = await tracker.create(aDraft(tracker, 'two'));
    const change = {
      title: 'New',
      addLabels: ['x'],
      removeLabels: ['new'],
      addAssignees: ['bob'],
      removeAssignees: ['alice'],
    };
    await tracker.update(issue, change);
    await tracker.update(other, { close: { as: 'duplicate', of: issue.id } });
    await tracker.changes((await tracker.changes(null)).cursor);
    await tracker.createdSince(new Date());

    const sent = proxy.requests;
    expect(sent.length).toBeGreaterThan(15);
    for (const request of sent) {
      const call = `${request.method} ${request.path} ${request.body.slice(0, 200)}`;
      const does = operation(request.method, request.path);
      expect(does, call).toBeDefined();
      const names = (does?.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name);
      expect(names, call).toEqual(expect.arrayContaining([...new URL(request.path, 'http://x').searchParams.keys()]));
      const schema = schemaOf(does?.requestBody);
      if (request.body !== '')
        expect(schema && check(schema, JSON.parse(request.body)).error?.issues, call).toBeUndefined();
    }
  });

  it.each([
    ['GET', '/repos/acme/items/issues?state=all', '200'],
    ['GET', '/repos/acme/items/issues/1', '200'],
    ['GET', '/repos/acme/items/labels', '200'],
    ['GET', '/repos/acme/items/issues/987654', '404'],
  ])('describes what the sandbox answers to %s %s', async (method, path, status) => {
    const answer = await fetch(`${harness.sandbox.url}${path}`, { method });

    expect(String(answer.status)).toBe(status);
    const schema = schemaOf(operation(method, path)?.responses[status]);
    expect(schema && check(schema, await answer.json()).error?.issues).toBeUndefined();
  });
});
