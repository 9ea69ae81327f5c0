import { describeTracker } from '../contract.ts';
import { openHarness } from './open.ts';

describeTracker('GitHub', openHarness);
