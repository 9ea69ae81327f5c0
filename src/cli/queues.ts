import type { LoadedConfig } from '../../config/load.ts';
import type { Queues } from '../../workers/queues.ts';
import type { Session } from './session.ts';

/** Opens the queues for a command and closes them after it. Throws with a hint when Redis is not named or not there. */
export async function withQueues(
  session: Session,
  work: (queues: Queues, loaded: LoadedConfig) => Promise<number>,
): Promise<number> {
  const loaded = await session.load();
  const [{ openQueues }, { redisUrlOf }] = await Promise.all([
    import('../../workers/queues.ts'),
    import('../../workers/redis-url.ts'),
  ]);
  const url = redisUrlOf(loaded.config, session.env);
  const queues = await openQueues(url, { trackers: Object.keys(loaded.config.trackers), retries: 3 });
  try {
    return await work(queues, loaded);
  } finally {
    await queues.close();
  }
}
