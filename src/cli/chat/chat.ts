/** `parley chat`: talks to a model in the terminal. */
import { loadConfig, readSurroundings } from '#config';
import { CommandError, command } from '#terminal/command.ts';
import { openTerminal } from '#terminal/terminal.ts';
import type { Speech } from '../speech.ts';
import { findChat, showChat } from './open-chat.ts';
import { talk } from './talk.ts';

export const chat = (speech: Speech) =>
  command(speech.words, {
    name: 'chat',
    description: speech.words('about_chat'),
    args: {
      message: { type: 'positional', required: false, description: speech.words('flag_message') },
      resume: {
        type: 'string',
        valueHint: 'id',
        description: speech.words('flag_resume'),
      },
      last: { type: 'boolean', description: speech.words('flag_last') },
      title: { type: 'string', description: speech.words('flag_title') },
      tag: { type: 'string', description: speech.words('flag_tag') },
      description: { type: 'string', description: speech.words('flag_description') },
      temporary: { type: 'boolean', description: speech.words('flag_temporary') },
      model: { type: 'string', valueHint: 'endpoint/name', description: speech.words('flag_model') },
      server: {
        type: 'string',
        valueHint: 'address',
        description: speech.words('flag_server'),
      },
      key: { type: 'string', description: speech.words('flag_key') },
      data: { type: 'string', description: speech.words('flag_data') },
    },
    async run(args, given) {
      const goesOn = args.resume !== undefined || args.last === true;
      if (args.temporary && goesOn) throw new CommandError(speech.words('chat_temporary_new'));
      const config = loadConfig({ DATA_DIR: args.data, PARLEY_API_KEY: args.key });
      const fields = {
        ...(args.title && { title: args.title }),
        ...(args.description && { description: args.description }),
        ...(args.tag && { tags: valuesOf('--tag', given) }),
      };
      // The server comes along with it: loaded only here, so that who asks what can be given need not wait for it.
      const { connect } = await import('./connect.ts');
      const connection = await connect(config, args.server, speech);
      const terminal = openTerminal(speech.words, readSurroundings().isDumb);
      const { api } = connection;
      try {
        const earlier = await findChat(
          { api, terminal, speech },
          { resume: args.resume, last: args.last ?? false },
        );
        let last: string | null = null;
        if (earlier) {
          if (Object.keys(fields).length > 0) await api.ask('PATCH', `/api/v1/chats/${earlier.id}`, fields);
          last = await showChat({ api, terminal, speech }, earlier);
        } else if (terminal.isInteractive) terminal.note(speech.words('chat_begin'));
        const made = { ...fields, ...(args.temporary && { temporary: true }) };
        const talking = { api, terminal, speech, chat: earlier, fields: made, modelId: args.model, last };
        const whole = await talk(talking, args.message);
        if (talking.chat) terminal.note(speech.words('chat_go_on', { id: talking.chat.id }));
        if (!whole && !terminal.isInteractive) throw new CommandError(speech.words('chat_not_whole'));
      } finally {
        terminal.close();
        await connection.close();
      }
    },
  });

/** Every value of a flag that may be given more than once. */
function valuesOf(flag: string, given: readonly string[]): string[] {
  return given.flatMap((argument, at) => {
    if (argument === flag) return given[at + 1] ?? [];
    return argument.startsWith(`${flag}=`) ? argument.slice(flag.length + 1) : [];
  });
}
