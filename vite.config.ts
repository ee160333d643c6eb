/**
 * Builds the page into `dist/web`; addresses are relative, so that it works under any base path. `npm run dev` serves it from
 * its sources instead, with hot reload, in front of a Parley that runs already.
 */
import { readFileSync, realpathSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import compile from 'icu-minify/compile';
import { defineConfig, type HttpProxy, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where that Parley answers. */
const parley = process.env.PARLEY_URL ?? 'http://127.0.0.1:3000';

type Nested = { [key: string]: string | Nested };
const compileAll = (messages: Nested): unknown =>
  Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [
      key,
      typeof value === 'string' ? compile(value) : compileAll(value),
    ]),
  );

/** Parses the ICU messages at build time, so that the page carries no parser for them. */
function precompiledMessages(): Plugin {
  return {
    name: 'precompiled-messages',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/(?:words|sentences)\/[a-z.]+\.json$/.test(id)) return null;
      return { code: JSON.stringify(compileAll(JSON.parse(code))), map: null };
    },
  };
}

/** The browser's build of this package asks a document for what an entity means; a worker has none. */
function entitiesWithoutDocument(): Plugin {
  return {
    name: 'entities-without-document',
    enforce: 'pre',
    resolveId: (id) =>
      id === 'decode-named-character-reference'
        ? here('node_modules/decode-named-character-reference/index.js')
        : null,
  };
}

/** Tells `theme.js` where the first words of each language are: it asks for those of who is here while the scripts are on their way. */
function wordsBesideScripts(): Plugin {
  return {
    name: 'words-beside-scripts',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const places = Object.values(bundle)
          .filter(({ name }) => name?.startsWith('words-'))
          .map(({ name, fileName }) => `data-${name}="./${fileName}"`);
        return html.replace(/<script src="\.\/theme\.js"/, (tag) => [tag, ...places].join(' '));
      },
    },
  };
}

/** Puts the library that draws diagrams beside the frame that draws them: one file, whole, fetched by that frame alone. */
function libraryOfFrames(): Plugin {
  const source = () => readFileSync(fileURLToPath(import.meta.resolve('@mermaid-js/tiny')));
  const fileName = 'frames/mermaid.js';
  return {
    name: 'library-of-frames',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: source() });
    },
    configureServer({ middlewares }) {
      middlewares.use(`/${fileName}`, (_request, response) => {
        response.setHeader('content-type', 'text/javascript').setHeader('access-control-allow-origin', '*');
        response.end(source());
      });
    },
  };
}

/** Of the fonts that formulas are set in, leaves the format that every browser of today reads. */
function oneFormatOfFonts(): Plugin {
  return {
    name: 'one-format-of-fonts',
    enforce: 'pre',
    transform: (code, id) =>
      /\/katex\/dist\/katex\.css/.test(id)
        ? { code: code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, ''), map: null }
        : null,
  };
}

export default defineConfig({
  root: here('src/page'),
  base: './',
  plugins: [
    precompiledMessages(),
    wordsBesideScripts(),
    libraryOfFrames(),
    oneFormatOfFonts(),
    react(),
    tailwindcss(),
  ],
  resolve: {
    alias: [
      {
        find: /^use-intl\/format-message$/,
        replacement: here('node_modules/use-intl/dist/esm/production/format-message/format-only.js'),
      },
    ],
  },
  // Words are read whole: a name of each namespace would only weigh.
  json: { namedExports: false },
  worker: { format: 'es', plugins: () => [entitiesWithoutDocument()] },
  build: {
    outDir: here('dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Fonts and pictures stay files: the content policy allows them from here only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    manifest: 'manifest.json',
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // They change with their versions only: a new Parley does not make browsers fetch them again.
            {
              name: 'libraries',
              test: /node_modules\/(?:react|react-dom|scheduler|use-intl|zustand|wouter|regexparam|@tanstack|clsx|uuid)\//,
            },
            // The first words of all rooms come in one file for each language, however many rooms there are.
            { name: 'words-en', test: /\/words\/first\.en\.json$|\/first-words\/en\.ts$/ },
            { name: 'words-ru', test: /\/words\/first\.ru\.json$|\/first-words\/ru\.ts$/ },
            // All else of the first load, also where later parts use it too: as many small files it compresses worse, and is asked
            // for one by one.
            { name: 'first', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: {
    // The root is `src/page`, but features and the kit lie beside it, and packages where they may be linked from.
    fs: { allow: [here('.'), realpathSync(here('node_modules'))] },
    proxy: { '/api': { target: parley, ws: true, changeOrigin: true, configure: dropOrigin } },
  },
});

/** Names no origin on what passes, as programs do: Parley refuses requests that change something from pages of any but its own. */
function dropOrigin(proxy: HttpProxy.ProxyServer): void {
  const drop = (request: ClientRequest) => request.removeHeader('origin');
  proxy.on('proxyReq', drop);
  proxy.on('proxyReqWs', drop);
}
