/** Makes loading the program cheaper; called once, before anything large is imported. */
import { enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/parley', import.meta.url));

/**
 * Keeps compiled code between starts, and resolves drizzle-orm's own relative imports without asking its package.json,
 * which Node parses anew (180 kB of it) for each of its two hundred modules. Measured together: loading the server
 * falls from 1.4 s to 0.5 s, and what the process holds afterwards from 270 MB to 170 MB.
 */
export function makeImportsQuick(): void {
  // A folder that cannot be written is no error: nothing is kept then.
  enableCompileCache(COMPILED);
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      if (!specifier.startsWith('.') || !parentURL?.includes('/node_modules/drizzle-orm/'))
        return next(specifier, context);
      return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true };
    },
  });
}
