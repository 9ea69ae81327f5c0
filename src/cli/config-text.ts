/** What `init` knows of the project. */
export interface ConfigFacts {
  /** `owner/name`. */
  readonly repository: string;
  readonly notes: readonly string[];
  readonly tokenEnv: string;
}

/** Where notes are looked for unless somebody says otherwise. */
export const USUAL_NOTES = 'notes/**/*.{md,txt,rst,eml,html}';

/** The text of a commented `ptg-tracker.yaml`; `config/ptg-tracker.example.yaml` is one of them. */
export function configText({ repository, notes, tokenEnv }: ConfigFacts): string {
  return `\
# ptg-tracker: where the notes are, which trackers take their items, and how.
# All settings are explained in docs/configuration.md. To switch on what is commented out, take its "# " away.
# Paths are relative to this file. Durations are written 30s, 15m, 1h, 30d.

# Files, folders, globs and addresses. Notes named on the command line are read instead of these.
notes:
  # - https://etherpad.opendev.org/p/neutron-2026-ptg
${notes.map((note) => `  - ${JSON.stringify(note)}`).join('\n')}

# Where issues are filed. Secrets are never written here: name the environment variable that holds them.
trackers:
  # bugs:
  #   type: launchpad
  #   project: neutron
  #   credentialsEnv: LAUNCHPAD_CREDENTIALS # consumerKey:token:secret
  #   tags: [ptg]
  #   baseUrl: https://api.launchpad.net
  work:
    type: github
    repository: ${repository}
    tokenEnv: ${tokenEnv} # needs "Issues: read and write" on the repository
    labels: [ptg] # besides these every issue gets its kind: action or rfe
    baseUrl: https://api.github.com # for GitHub Enterprise: https://HOST/api/v3

# Which item goes where; the first route whose conditions all hold takes it.
# Conditions: kind (action, rfe), section, note, owner (parts of them, case does not matter), words (one of them).
routes:
  # - { kind: rfe, tracker: bugs, tags: [rfe], titlePrefix: "[RFE] ", importance: Wishlist }
  # - { section: Octavia, tracker: work, labels: [octavia] }
  - { tracker: work }

# Who is who: without it names stay names, and nobody is assigned.
# people: people.yaml

# What people decided with \`review\`; read when it is there, good to commit.
# decisions: ptg-decisions.yaml

# What was written where. Losing it loses nothing: the issues carry their keys.
ledger: .ptg-tracker/ledger.db
# ledger: { redis: { urlEnv: REDIS_URL } }

limits:
  # settleAfter: 15m # how long an issue may take to appear in lists; default 15m on GitHub, 2m on Launchpad
  createsPerMinute: 20
  createsPerRun: 200
  timeout: 60s # of one request
  maxWait: 15m # how long a run waits for a rate limit

# Open issues without a change for this long are stale.
stale: 30d

# extract:
#   threshold: 0.4 # items below it are not filed
#   cues: cues.yaml # further cues of your own
#   releases: { Victoria: 2020-10-14 }
#   model: { baseUrl: "http://localhost:11434/v1", name: llama3.1, mode: compare } # sends the notes there; see docs/second-extractor.md

# close: { vanished: true } # close issues whose statement was taken out of the notes; off by default

# For workers: what runs when.
# schedules:
#   weekly: { cron: "0 6 * * 1", timezone: UTC, run: sync }
#   report: { cron: "0 7 * * 1", run: status, to: [team@example.org] }
`;
}
