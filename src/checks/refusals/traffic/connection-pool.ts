import { Judge, Judges, isUnset, problemsOf } from '../places';
import { atLeastZero, duration, durationOrZero, isGiven, isOpen } from './values';

const POOL: Judges = {
  '': value => isGiven(value.http) || isGiven(value.tcp) || isOpen(value) ? undefined : 'the connectionPool is empty: http or tcp is wanted',
  'http': value => value.h2UpgradePolicy === 'UPGRADE' && value.useClientProtocol === true
    ? 'useClientProtocol and h2UpgradePolicy UPGRADE exclude each other' : undefined,
  'http.http1MaxPendingRequests|http2MaxRequests|maxRequestsPerConnection|maxRetries|maxConcurrentStreams': atLeastZero,
  'http.idleTimeout': duration,
  'http.http2KeepAlive': value => ['interval', 'timeout'].filter(name => isUnset(value[name]) && !isOpen(value))
    .map(name => [[], `http2KeepAlive has no ${name}`]),
  'http.http2KeepAlive.interval|timeout': duration,
  'tcp.maxConnections': atLeastZero,
  'tcp.connectTimeout|maxConnectionDuration': duration,
  'tcp.idleTimeout': durationOrZero,
  'tcp.tcpKeepalive.time|interval': duration,
  'tcp.tcpKeepalive.probes': atLeastZero,
};

/** What Istio refuses in a connectionPool. */
export const connectionPool: Judge = value => problemsOf(POOL, value, []);
