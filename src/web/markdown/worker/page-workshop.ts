import { Workshop } from './workshop.ts';

/** The page's one worker for model text: a file of the build, so that it works under any base path and content policy. */
export const workshop = new Workshop(
  () => new Worker(new URL('./markdown-worker.ts', import.meta.url), { type: 'module', name: 'markdown' }),
);

/** The one for texts with formulas, which has the library for those; started with the first of them. */
export const mathWorkshop = new Workshop(
  () => new Worker(new URL('./math-worker.ts', import.meta.url), { type: 'module', name: 'math' }),
);
