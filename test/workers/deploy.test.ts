import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const compose = parse(text('docker-compose.yml'));

describe('the files that deploy it', () => {
  it('give Redis a disk and let it evict nothing', () => {
    expect(compose.services.redis.command.join(' ')).toMatch(
      /--appendonly yes --appendfsync always --maxmemory-policy noeviction/,
    );
    expect(compose.services.redis.healthcheck.test).toContain('ping');
  });

  it('publish nothing beyond this machine', () => {
    const ports = Object.values<{ ports?: string[] }>(compose.services).flatMap((service) => service.ports ?? []);

    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('let workers be scaled: no fixed name, no published port', () => {
    const { worker } = compose.services;

    expect(worker.container_name).toBeUndefined();
    expect(worker.ports).toBeUndefined();
    expect(worker.depends_on.redis.condition).toBe('service_healthy');
  });

  it('run as an unprivileged user', () => {
    expect(text('Dockerfile')).toMatch(/^USER node$/m);
    expect(text('Dockerfile').match(/^FROM /gm)).toHaveLength(2);
  });

  it('keep secrets out of the image and out of the example', () => {
    expect(text('.dockerignore')).toMatch(/^\.env$/m);
    for (const line of text('.env.example')
      .split('\n')
      .filter((one) => /^[A-Z_]*(TOKEN|CREDENTIALS|SMTP)/.test(one)))
      expect(line).toMatch(/=$/);
  });

  it.each([...text('docs/deploy.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block ?? ''))(
    'show YAML that can be read (%#)',
    (block) => {
      expect(Object.keys(parse(block)).length).toBeGreaterThan(0);
    },
  );
});
