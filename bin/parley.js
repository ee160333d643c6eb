#!/usr/bin/env node
/** `parley …` on whatever Node is on the path: finds the right one and runs the program with it. */
import { runParley } from '../scripts/steps/parley.js';
import { main } from '../scripts/steps/run.js';

await main(() => runParley(process.argv.slice(2)));
