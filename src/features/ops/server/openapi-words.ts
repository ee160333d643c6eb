/** What the OpenAPI document says in words. */

export const info = {
  title: 'Parley',
  version: 'v1',
  description: `A chat platform with a fair queue in front of scarce models.

**Who you are.** Browsers carry a session cookie; programs send \`Authorization: Bearer <API key>\`. Sessions are made by the
log-in routes under \`/api/auth/\` (\`POST sign-up/email\`, \`POST sign-in/email\`, \`POST sign-in/anonymous\` for a guest,
\`POST sign-out\`, \`GET get-session\`), which keep the shapes of better-auth. A key does what its scopes say: each route names the one
it needs as \`x-scope\`; where that is null, no key will do.

**Conventions.** JSON in camelCase, times in ISO 8601 and UTC, ids are UUIDs and may be made by the client. Lists answer
\`{items, nextCursor}\` and take \`limit\` (1–200) and \`cursor\`. Errors answer \`{error: {code, detail, field?, retryAt?}}\`, where
\`detail\` is a sentence for people. What belongs to somebody else is 404.

**Streams.** A reply that is being written is read as server-sent events or over a WebSocket, with the same events. They are
described in the stream contract, \`docs/stream-contract.md\`.`,
};

export const tags = [
  { name: 'Chats', description: 'Chats, and the messages of the shown branch.' },
  { name: 'Search', description: 'Finding what was said, in everything you may read.' },
  { name: 'Sharing', description: 'Links by which anybody reads a copy of a chat.' },
  { name: 'Files', description: 'Files of yours: stored by their content, read whole or in parts.' },
  { name: 'Transfer', description: 'Chats that go out as files, and come in from here and elsewhere.' },
  { name: 'Projects', description: 'Rooms that several people share, their members and invitations.' },
  { name: 'Agents', description: 'A model, parameters, instructions and tools under a name, in versions.' },
  { name: 'Messages', description: 'Sending; each message makes a generation that writes the reply.' },
  { name: 'Generations', description: 'Runs of a model: reading them live, stopping, trying again.' },
  { name: 'Queue', description: 'Who waits where.' },
  { name: 'Models', description: 'What can be asked.' },
  { name: 'Accounts', description: 'Who you are.' },
  { name: 'API keys', description: 'How programs prove who they are.' },
  { name: 'Endpoints', description: 'Where models are served; for admins.' },
  { name: 'Administration', description: 'Users and settings; for admins.' },
  {
    name: 'OpenAI',
    description: 'The same models, line and ledger for programs that speak OpenAI’s dialect.',
  },
  { name: 'About', description: 'This document, and who serves it.' },
];

export const securitySchemes = {
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'parley.session_token',
    description:
      'A browser session. Over https the name begins with `__Host-`, or with `__Secure-` where Parley is served under a path.',
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key.' },
} as const;
