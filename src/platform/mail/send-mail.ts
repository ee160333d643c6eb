/** Hands mails to the mail server of the configuration (SMTP). */
import { hostname } from 'node:os';
import type { Config } from '#config';
import { isLoopbackHost } from '#platform/http/local-request.ts';

/** A mail as it is handed over. `id` makes its Message-ID: handed over twice, it can be seen to be the same one. */
export type Mail = { id: string; to: string; subject: string; text: string; html: string };
export type MailServer = NonNullable<Config['mail']>;

/** A mail that was not taken. Its message names the reply code and nothing else: replies repeat addresses, and errors are logged. */
export class MailRefused extends Error {
  readonly #said: string;
  /** True when trying again is of no use. */
  readonly isFinal: boolean;

  constructor(reason: string, said: string, isFinal: boolean) {
    super(reason);
    this.#said = said;
    this.isFinal = isFinal;
  }

  /** What the server said, for admins; no field of its own, so that no log has it. */
  get said(): string {
    return this.#said;
  }
}

const CONNECT_MS = 15_000;
const SILENCE_MS = 60_000;
/** Of what the server said. */
const SAID_MAX = 300;

/** Sends one mail and resolves when the server has taken it; throws `MailRefused`. */
export async function sendMail({ smtpUrl, from }: MailServer, { id, ...mail }: Mail): Promise<void> {
  // Loaded here: most instances send none, and no start should wait for it.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: smtpUrl,
    requireTLS: needsTls(smtpUrl),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      ...mail,
      from,
      messageId: `<${id}@${domainOf(from)}>`,
      // Answering machines leave it alone (RFC 3834).
      headers: { 'auto-submitted': 'auto-generated' },
    });
  } catch (error) {
    throw refusalOf(error as SmtpError);
  } finally {
    transport.close();
  }
}

/** A password goes over no network in the clear; to a server on this machine it may, and with `requireTLS=false` in the URL. */
function needsTls(smtpUrl: string): boolean {
  const url = new URL(smtpUrl);
  return (
    url.username !== '' && !isLoopbackHost(url.hostname) && url.searchParams.get('requireTLS') !== 'false'
  );
}

const domainOf = (from: string): string => /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? hostname();

type SmtpError = Error & { code?: string; responseCode?: number; response?: string };

function refusalOf({ code = 'failed', responseCode, response, message }: SmtpError): MailRefused {
  const reason = `the mail server did not take a mail: ${code}${responseCode ? ` ${responseCode}` : ''}`;
  // 5yz is final (RFC 5321, 4.2.1), but for a log-in that is refused: that is set right by an admin.
  const isFinal = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
  return new MailRefused(reason, (response ?? message).slice(0, SAID_MAX), isFinal);
}
