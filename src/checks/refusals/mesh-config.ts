import { Judges, Problem, number, problemsOf, text } from './places';
import { PROXY_SETTINGS } from './proxy-settings';
import { connectionPool } from './traffic/connection-pool';
import { LOCALITIES } from './traffic/load-balancer';
import { Json, asObject } from '../../model/manifest';
import { durationFormRefusal, durationRefusal } from '../../model/mesh/refused-forms';
import { Refusal, portRefusal, wildcardDomainRefusal } from '../../model/mesh/refused-values';
import { parseDuration } from '../../model/spire/values';

const notNegative = number(value => value >= 0, 'at least 0');
const percent = number(value => value >= 0 && value <= 100, 'from 0 to 100');
const LONGEST_SECONDS = 3600;

/** What Istio refuses in meshConfig beside trust domains, which MESH-TRUST-DOMAIN tells of. */
export const MESH_SETTINGS: Judges = {
  'trustDomain': text(domain => domain === '' ? 'the trust domain is empty: remove it for cluster.local, or name one' : undefined),
  'proxyListenPort': portRefusal,
  'connectTimeout': text(connectTimeoutRefusal),
  'protocolDetectionTimeout': text(detectionTimeoutRefusal),
  'tcpKeepalive.probes': notNegative,
  'tcpKeepalive.time|interval': text(durationFormRefusal),
  'dnsRefreshRate': text(durationFormRefusal),
  'defaultConfig': value => problemsOf(PROXY_SETTINGS, value, []),
  ...LOCALITIES,
  'serviceSettings.*.hosts.*': text(wildcardDomainRefusal),
  'meshMTLS.ecdhCurves': () => 'meshMTLS takes no ecdhCurves: tlsDefaults does',
  'defaultTrafficPolicy.connectionPool': connectionPool,
  'defaultTrafficPolicy.connectionPool.tcp.connectTimeout|maxConnectionDuration': text(durationFormRefusal),
  'defaultTrafficPolicy.connectionPool.http.idleTimeout': text(durationFormRefusal),
  'defaultTrafficPolicy.outlierDetection': outlierProblems,
  'defaultTrafficPolicy.outlierDetection.baseEjectionTime|interval': text(durationRefusal),
  'defaultTrafficPolicy.outlierDetection.consecutive5xxErrors|consecutiveGatewayErrors': notNegative,
  'defaultTrafficPolicy.outlierDetection.maxEjectionPercent|minHealthPercent': percent,
};

function connectTimeoutRefusal(value: string): Refusal {
  return durationRefusal(value) ?? ((parseDuration(value) ?? 0) > LONGEST_SECONDS ? `"${value}" is more than an hour` : undefined);
}

/** Zero waits for as long as it takes. */
function detectionTimeoutRefusal(value: string): Refusal {
  const seconds = parseDuration(value);
  return seconds !== undefined && seconds <= 0 ? undefined : durationRefusal(value);
}

function outlierProblems(outlier: Json): Problem[] {
  const { consecutiveLocalOriginFailures, splitExternalLocalOriginErrors } = asObject(outlier);
  return consecutiveLocalOriginFailures > 0 && splitExternalLocalOriginErrors !== true
    ? [[['consecutiveLocalOriginFailures'], 'consecutiveLocalOriginFailures counts with splitExternalLocalOriginErrors: true only']] : [];
}
