import { describe, expect, it } from 'vitest';
import { remoteWriteVersion } from './remote-write-version.js';

const versionOf = (contentType: string | undefined, contentEncoding: string | undefined = 'snappy') => remoteWriteVersion({ contentType, contentEncoding });

describe('remoteWriteVersion', () => {
  it.each([
    [undefined, 1],
    ['', 1],
    ['application/x-protobuf', 1],
    ['Application/X-Protobuf ; charset=utf-8', 1],
    ['application/x-protobuf;proto=prometheus.WriteRequest', 1],
    ['application/x-protobuf;proto=io.prometheus.write.v2.Request', 2],
    ['application/x-protobuf; proto="io.prometheus.write.v2.Request"', 2],
  ])('reads %s', (contentType, version) => {
    expect(versionOf(contentType)).toEqual({ version });
    expect(versionOf(contentType, undefined)).toEqual({ version });
    expect(versionOf(contentType, ' Snappy')).toEqual({ version });
  });

  it.each([
    ['text/plain', 'snappy', 'The content type "text/plain" is not supported; use application/x-protobuf.'],
    ['application/json;proto=prometheus.WriteRequest', 'snappy', /content type/],
    ['application/x-protobuf;proto=io.prometheus.write.v3.Request', 'snappy', /"io.prometheus.write.v3.Request" is not known; use one of prometheus.WriteRequest, /],
    ['application/x-protobuf;proto=', 'snappy', /The message "" is not known/],
    ['application/x-protobuf;proto=constructor', 'snappy', /is not known/],
    ['application/x-protobuf', 'gzip', 'The content encoding "gzip" is not supported; use snappy (block format).'],
  ])('refuses %s in %s', (contentType, contentEncoding, reason) => {
    expect(versionOf(contentType, contentEncoding)).toEqual({ version: null, reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) });
  });
});
