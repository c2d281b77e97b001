import { Judges, Problem, isUnset, number, text } from './places';
import { Json, asObject } from '../../model/manifest';
import { durationRefusal, durationLengthRefusal } from '../../model/mesh/refused-forms';
import { Refusal } from '../../model/mesh/refused-values';
import { parseDuration } from '../../model/spire/values';

const notNegative = number(value => value >= 0, 'at least 0');

/** What Istio refuses in the settings of a connection pool. */
export const CONNECTION_POOL: Judges = {
  '': poolProblems,
  'http.http1MaxPendingRequests|http2MaxRequests|maxRequestsPerConnection|maxRetries|maxConcurrentStreams': notNegative,
  'http.idleTimeout': text(durationLengthRefusal),
  'http': httpProblems,
  'http.http2KeepAlive.interval|timeout': text(durationLengthRefusal),
  'http.http2KeepAlive': keepAliveProblems,
  'tcp.maxConnections': notNegative,
  'tcp.connectTimeout|maxConnectionDuration': text(durationLengthRefusal),
  'tcp.idleTimeout': text(idleRefusal),
  'tcp.tcpKeepalive.probes': notNegative,
  'tcp.tcpKeepalive.time|interval': text(durationLengthRefusal),
};

function poolProblems({ http, tcp }: Json): Problem[] {
  return http === undefined && tcp === undefined ? [[[], 'the connection pool has neither tcp nor http: an empty one is not taken']] : [];
}

function httpProblems(http: Json): Problem[] {
  const { h2UpgradePolicy, useClientProtocol } = asObject(http);
  return h2UpgradePolicy === 'UPGRADE' && useClientProtocol === true
    ? [[['useClientProtocol'], 'useClientProtocol and h2UpgradePolicy UPGRADE exclude each other']] : [];
}

function keepAliveProblems(keepAlive: Json): Problem[] {
  return ['interval', 'timeout'].filter(name => isUnset(keepAlive[name])).map((name): Problem => [[], `http2KeepAlive has no ${name}`]);
}

/** Zero switches the timeout off. */
function idleRefusal(value: string): Refusal {
  const seconds = parseDuration(value);
  return seconds !== undefined && Math.trunc(seconds * 1000) === 0 ? undefined : durationRefusal(value);
}
