import { z } from 'zod';

/** What GitHub answers, as far as we use it; lenient about everything else. */
export const GitHubIssue = z.object({
  id: z.number(),
  number: z.number().int().positive(),
  html_url: z.string(),
  repository_url: z.string().optional(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  state_reason: z.string().nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])).default([]),
  assignees: z.array(z.object({ login: z.string() })).nullish(),
  milestone: z.object({ title: z.string() }).nullish(),
  user: z.object({ login: z.string() }).nullish(),
  created_at: z.string(),
  updated_at: z.string(),
  pull_request: z.object({ merged_at: z.string().nullish() }).nullish(),
});
export type GitHubIssue = z.infer<typeof GitHubIssue>;

export const GitHubRepository = z.object({
  full_name: z.string(),
  has_issues: z.boolean().default(true),
  archived: z.boolean().default(false),
  permissions: z
    .object({ triage: z.boolean().optional(), push: z.boolean().optional(), admin: z.boolean().optional() })
    .optional(),
});
export type GitHubRepository = z.infer<typeof GitHubRepository>;

/** The body of a refusal. */
export const GitHubProblem = z.object({
  message: z.string().default(''),
  errors: z
    .array(
      z.union([
        z.string(),
        z.object({
          field: z.string().nullish(),
          code: z.string().nullish(),
          message: z.string().nullish(),
          value: z.unknown().optional(),
        }),
      ]),
    )
    .nullish(),
});
export type GitHubProblem = z.infer<typeof GitHubProblem>;
