/** A worker process of its own: `worker-child.ts REDIS_URL NAME DESK_URL`; prints "ready"; SIGTERM drains it, anything may kill it. */
import { once } from 'node:events';
import { startWorkers } from '../../workers/start.ts';
import { DeskTracker } from './desk-tracker.ts';
import { openSetting } from './setting.ts';

const [redisUrl = '', name = '', deskUrl = ''] = process.argv.slice(2);
const setting = await openSetting({ redisUrl, name, tracker: new DeskTracker(deskUrl) });
const working = startWorkers(setting.hands, { perMinute: null, lockMs: 4_000, concurrency: { sync: 8 } });
await working.ready();
console.log('ready');
const beat = setInterval(() => {}, 60_000);
await once(process, 'SIGTERM');
clearInterval(beat);
const drained = await working.drain(10_000);
await setting.end();
console.log(drained ? 'drained' : 'cut');
process.exit(drained ? 0 : 1);
