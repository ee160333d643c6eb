/** Builds the page into `dist/web`. Addresses are relative, so that it works under any base path. */
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import compile from 'icu-minify/compile';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

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
      if (!/\/words\/[a-z.]+\.json$/.test(id)) return null;
      return { code: JSON.stringify(compileAll(JSON.parse(code))), map: null };
    },
  };
}

export default defineConfig({
  root: here('src/page'),
  base: './',
  plugins: [precompiledMessages(), react(), tailwindcss()],
  resolve: {
    alias: [
      {
        find: /^use-intl\/format-message$/,
        replacement: here('node_modules/use-intl/dist/esm/production/format-message/format-only.js'),
      },
    ],
  },
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
            // The first words of all rooms come in one file, however many rooms there are.
            { name: 'russian', test: /\/words\/first\.ru\.json$/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:3000', ws: true } } },
});
