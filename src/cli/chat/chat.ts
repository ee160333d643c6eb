/** `parley chat`: talks to a model in the terminal. */
import { loadConfig } from '#config';
import { CommandError, command } from '#terminal/command.ts';
import { openTerminal } from '#terminal/terminal.ts';
import { connect } from './connect.ts';
import { findChat, showChat } from './open-chat.ts';
import { talk } from './talk.ts';

export const chat = command({
  name: 'chat',
  description: 'Talk to a model in the terminal',
  args: {
    message: { type: 'positional', required: false, description: 'The first message' },
    resume: {
      type: 'string',
      valueHint: 'id',
      description: 'Go on with an earlier chat; without an id, choose one',
    },
    last: { type: 'boolean', description: 'Go on with the latest chat' },
    title: { type: 'string', description: 'Title of the new chat' },
    tag: { type: 'string', description: 'Tag of the new chat; give it again for more' },
    description: { type: 'string', description: 'Description of the new chat' },
    model: { type: 'string', valueHint: 'endpoint/name', description: 'The model to ask' },
    server: {
      type: 'string',
      valueHint: 'address',
      description: 'Another Parley; without it, the one of the data folder',
    },
    key: { type: 'string', description: 'Your API key at that Parley (PARLEY_API_KEY)' },
    data: { type: 'string', description: 'Data folder (DATA_DIR, ./data)' },
  },
  async run(args, given) {
    const config = loadConfig({ DATA_DIR: args.data, PARLEY_API_KEY: args.key });
    const fields = {
      ...(args.title && { title: args.title }),
      ...(args.description && { description: args.description }),
      ...(args.tag && { tags: valuesOf('--tag', given) }),
    };
    const connection = await connect(config, args.server);
    const terminal = openTerminal();
    const { api } = connection;
    try {
      const earlier = await findChat(api, terminal, { resume: args.resume, last: args.last ?? false });
      let last: string | null = null;
      if (earlier) {
        if (Object.keys(fields).length > 0) await api.ask('PATCH', `/api/v1/chats/${earlier.id}`, fields);
        last = await showChat(api, terminal, earlier);
      } else if (terminal.isInteractive) terminal.note('/help for help, Ctrl-D to leave.');
      const talking = { api, terminal, chat: earlier, fields, modelId: args.model, last };
      const whole = await talk(talking, args.message);
      if (talking.chat) terminal.note(`Go on with: parley chat --resume ${talking.chat.id}`);
      if (!whole && !terminal.isInteractive) throw new CommandError('The last reply did not come whole.');
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
