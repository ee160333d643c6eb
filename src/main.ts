/** The program: finds the command in the arguments and runs it. Each command is loaded only when it is asked for. */
import { readFileSync } from 'node:fs';
import { defineCommand } from 'citty';
import { createSpeech } from '#cli/speech.ts';
import { readSurroundings } from '#config';
import { endWithLauncher } from '#platform/end-with-launcher.ts';
import { makeImportsQuick } from '#platform/quick-imports.ts';
import { runProgram } from '#terminal/run-program.ts';
import { LANGUAGES, languageOfLocale, takeLanguage } from '#terminal/words.ts';

endWithLauncher();
makeImportsQuick();

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const { given, rest } = takeLanguage(process.argv.slice(2));
const asked = LANGUAGES.find((language) => language === given);
const speech = createSpeech(asked ?? languageOfLocale(readSurroundings().locale));
if (given !== undefined && !asked) {
  console.error(speech.words('language_unknown', { given }));
  process.exit(1);
}

const main = defineCommand({
  meta: { name: 'parley', version, description: speech.words('about_parley') },
  subCommands: {
    serve: () => import('#cli/serve.ts').then(({ serve }) => serve(speech)),
    chat: () => import('#cli/chat/chat.ts').then(({ chat }) => chat(speech)),
    export: () => import('#cli/transfer/export.ts').then(({ exportCommand }) => exportCommand(speech)),
    import: () => import('#cli/transfer/import.ts').then(({ importCommand }) => importCommand(speech)),
    migrate: () => import('#cli/migrate.ts').then(({ migrate }) => migrate(speech)),
    admin: () => import('#cli/admin/admin.ts').then(({ admin }) => admin(speech)),
    doctor: () => import('#cli/doctor.ts').then(({ doctor }) => doctor(speech)),
  },
});

// A flag whose value may be left out: bare, it must not swallow the next one.
const args = rest.map((one, at, all) =>
  one === '--resume' && /^(-|$)/.test(all[at + 1] ?? '') ? '--resume=' : one,
);
await runProgram(main, args, speech.words);
