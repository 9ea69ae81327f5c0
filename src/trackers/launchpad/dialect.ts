import type { Dialect } from '../tracker.ts';
import { find, replace, wrap } from './marks.ts';
import { neutralise } from './neutral.ts';
import { readPassage, renderPassage } from './passage.ts';

/** How a Launchpad description is written: plain text, our block between two visible lines, the last one with the key. */
export const launchpadDialect: Dialect = { neutralise, render: renderPassage, wrap, find, replace, read: readPassage };
