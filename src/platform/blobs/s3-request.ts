/** One signed request to a store that speaks S3 (AWS Signature Version 4, addressed by path). */
import { createReadStream } from 'node:fs';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { S3Address } from '../../files-address.ts';

/** A store that says nothing for so long is not there. */
const SILENT_MS = 30_000;
/** Of what a store says about a refusal. */
const MOST_SAID_BYTES = 64 * 1024;

/** The SHA-256 of nothing. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export type S3Request = {
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Of an object, within the prefix. */
  key: string;
  headers?: Record<string, string>;
  /** A file that is sent, with the hash that the store is to find. */
  body?: { path: string; size: number; sha256: string };
};

/** Sends it, and gives the answer as soon as its head is there, whatever its status. Rejects where there is no answer. */
export async function askS3(address: S3Address, asked: S3Request): Promise<IncomingMessage> {
  const url = new URL(`${address.origin}/${address.bucket}/${encodeKey(address.prefix + asked.key)}`);
  const signer = new AwsV4Signer({
    method: asked.method,
    url: url.href,
    headers: { 'x-amz-content-sha256': asked.body?.sha256 ?? EMPTY },
    accessKeyId: address.accessKeyId,
    secretAccessKey: address.secretAccessKey,
    region: address.region,
    service: 's3',
  });
  const signed = await signer.sign();
  const headers = {
    ...Object.fromEntries(signed.headers),
    ...asked.headers,
    ...(asked.body && { 'content-length': String(asked.body.size) }),
  };
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(signed.url, { method: asked.method, headers, timeout: SILENT_MS }, resolve);
    request.on('timeout', () => request.destroy(new Error('The store of files does not answer.')));
    request.on('error', reject);
    if (asked.body) pipeline(createReadStream(asked.body.path), request).catch(reject);
    else request.end();
  });
}

const encodeKey = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8') as AsyncIterable<string>)
    if (text.length < MOST_SAID_BYTES) text += chunk;
  return text;
}

/** What a store refused, by its status and the code that it gives. */
export async function refusalOf(answer: IncomingMessage): Promise<Error> {
  const [, code = 'no reason'] = /<Code>([\w.]{1,100})<\/Code>/.exec(await textOf(answer)) ?? [];
  return new Error(`The store of files answered ${answer.statusCode} (${code}).`);
}
