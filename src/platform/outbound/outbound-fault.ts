/**
 * Why an outbound request has no (whole) answer. Not reached: `refused`, `dns`, `tls`, `timeout` (while connecting),
 * `network` (no route and the like), `blocked` (Parley will not connect there). Reached: `broken` (the connection
 * ended early), `garbage` (not HTTP, or headers beyond the cap). `aborted`: we hung up.
 */
export type OutboundFaultKind =
  | 'refused'
  | 'dns'
  | 'tls'
  | 'timeout'
  | 'network'
  | 'blocked'
  | 'broken'
  | 'garbage'
  | 'aborted';

/** A fault of the connection; an HTTP error status is none. */
export class OutboundFault extends Error {
  readonly kind: OutboundFaultKind;

  constructor(kind: OutboundFaultKind, cause?: Error) {
    super(`outbound: ${kind}`, { cause });
    this.kind = kind;
  }
}
