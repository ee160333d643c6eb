/** A mail server on this machine that keeps what it is handed, and can be told to take nothing. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Config } from '#config';

/** A mail as it came: to whom, and its parts in plain words. */
export type KeptMail = { to: string; subject: string; text: string; html: string; messageId: string };

export type MailServer = {
  /** For `Config.mail`. */
  readonly config: NonNullable<Config['mail']>;
  readonly mails: readonly KeptMail[];
  /** Every mail is refused with this reply code until it is null again. */
  refuseWith: number | null;
  close(): Promise<void>;
};

export async function startMailServer(): Promise<MailServer> {
  const mails: KeptMail[] = [];
  const state: { refuseWith: number | null } = { refuseWith: null };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, callback) {
      const { refuseWith } = state;
      if (refuseWith === null) return callback();
      callback(
        Object.assign(new Error('mailbox of canary@example.org is away'), { responseCode: refuseWith }),
      );
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(',');
        mails.push({ to, ...readMail(Buffer.concat(chunks).toString('latin1')) });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(state, {
    config: { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Parley <parley@example.org>' },
    mails,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

/** The first link of a mail. */
export const linkIn = ({ text }: KeptMail): string => /https?:\/\/\S+/.exec(text)?.[0] ?? '';
/** The token of that link. */
export const tokenIn = (mail: KeptMail): string =>
  /[?&](?:token|invite)=([\w-]+)/.exec(linkIn(mail))?.[1] ?? '';

function readMail(raw: string): Omit<KeptMail, 'to'> {
  const [head, body] = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1];
  const parts = boundary ? body.split(`--${boundary}`).map((part) => split(part.replace(/^\r\n/, ''))) : [];
  const partOf = (type: string) => {
    const part = parts.find(([partHead]) => partHead.toLowerCase().includes(`content-type: ${type}`));
    return part ? decode(part[1], /content-transfer-encoding: (\S+)/i.exec(part[0])?.[1] ?? '') : '';
  };
  return {
    subject: words(header(head, 'subject')),
    messageId: header(head, 'message-id'),
    text: partOf('text/plain'),
    html: partOf('text/html'),
  };
}

function split(text: string): [head: string, body: string] {
  const at = text.indexOf('\r\n\r\n');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 4)];
}

const header = (head: string, name: string): string =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(head)?.[1]?.replace(/\r\n[ \t]/g, ' ') ?? '';

function decode(text: string, encoding: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(text, 'base64').toString('utf8');
  return Buffer.from(/quoted/i.test(encoding) ? quoted(text) : text, 'latin1').toString('utf8');
}

const quoted = (text: string): string =>
  text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Encoded words of a header (RFC 2047). */
const words = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_match, kind: string, inner: string) =>
      /b/i.test(kind) ? decode(inner, 'base64') : decode(inner.replaceAll('_', ' '), 'quoted'),
    );
