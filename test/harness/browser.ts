/** Finds a Chromium for the browser tests: this machine's, Playwright's own, or the one npm brought along. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

/** What Playwright is told; `environment` is for the browser alone. */
export type Browser = { readonly path: string; readonly environment: Record<string, string> };

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/** In this order: CHROMIUM_PATH, a system Chromium, Playwright's own, the packaged one. Throws when none runs. */
export async function findBrowser(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!isProgram(given)) throw new Error(`CHROMIUM_PATH: ${given} is not a program.`);
    return { path: given, environment: {} };
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const known = [
    ...SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    chromium.executablePath(),
  ];
  const path = known.find((candidate) => isProgram(candidate) && runs({ path: candidate, environment: {} }));
  if (path) return { path, environment: {} };
  const packaged = await unpack();
  if (runs(packaged)) return packaged;
  throw new Error('No Chromium runs on this machine. Install one and set CHROMIUM_PATH to it.');
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Some are only a hint to install a snap, some lack a library. */
function runs({ path, environment }: Browser): boolean {
  try {
    execFileSync(path, ['--version'], { env: { ...process.env, ...environment }, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Unpacks the packaged browser once, with the libraries and fonts a small machine lacks. It unpacks into the temporary
 * folder of its process under a fixed name; it gets a private one, so that users and runs do not meet there.
 */
async function unpack(): Promise<Browser> {
  const { version } = createRequire(import.meta.url)('playwright-core/package.json') as { version: string };
  const cache = join(await writableFolder(), 'parley-browser');
  const home = join(cache, version);
  if (!existsSync(home)) {
    await mkdir(cache, { recursive: true });
    const draft = await mkdtemp(join(cache, 'unpacking-'));
    await unpackInto(draft);
    await pointFontsTo(draft, home);
    // Whole or not at all; another run may have been quicker.
    await rename(draft, home).catch(() => rm(draft, { recursive: true, force: true }));
  }
  return {
    path: join(home, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: [join(home, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_PATH: process.env.FONTCONFIG_PATH ?? join(home, 'fonts'),
    },
  };
}

/** Beside the packages, or where they belong to somebody else, in a folder of this user's own. */
async function writableFolder(): Promise<string> {
  try {
    await mkdir(CACHE, { recursive: true });
    await access(CACHE, constants.W_OK);
    return CACHE;
  } catch {
    return join(homedir(), '.cache');
  }
}

/** Its font settings name the temporary folder it expects to be unpacked in. */
async function pointFontsTo(draft: string, home: string): Promise<void> {
  const path = join(draft, 'fonts', 'fonts.conf');
  const text = await readFile(path, 'utf8');
  const fonts = join(home, 'fonts');
  await writeFile(
    path,
    text.replaceAll('/tmp/fonts-cache', `${fonts}-cache`).replaceAll('/tmp/fonts', fonts),
  );
}

async function unpackInto(folder: string): Promise<void> {
  const before = { ...process.env };
  process.env.TMPDIR = folder;
  // It brings its libraries only where it believes to be on Amazon's Linux; it looks when it is imported.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
  } finally {
    for (const name of ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME'])
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  }
}
