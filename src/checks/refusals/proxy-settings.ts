import { Judge, Judges, Problem, isUnset, number, text } from './places';
import { Json, asObject, asText } from '../../model/manifest';
import { durationFormRefusal, durationRefusal, emptyRefusal, hostPortRefusal } from '../../model/mesh/refused-forms';
import { Refusal, portRefusal } from '../../model/mesh/refused-values';
import { parseDuration } from '../../model/spire/values';

const positive = number(value => value > 0, 'at least 1');
const notNegative = number(value => value >= 0, 'at least 0');
const window = number(value => value >= 65535, 'at least 65535');
const address: Judge = text(value => value === '' ? undefined : hostPortRefusal(value));
const TIMEOUTS = 'httpIdleTimeout|httpMaxConnectionDuration|httpDrainTimeout|httpRequestTimeout|httpRequestHeadersTimeout|httpStreamIdleTimeout|httpMaxStreamDuration';

/** What Istio refuses in the settings of proxies, of the mesh in defaultConfig or of a pod in an annotation. */
export const PROXY_SETTINGS: Judges = {
  'configPath|binaryPath|serviceCluster': text(emptyRefusal),
  'drainDuration': text(drainRefusal),
  'terminationDrainDuration|fileFlushInterval': text(durationFormRefusal),
  'discoveryAddress': text(hostPortRefusal),
  'tracing.zipkin|datadog.address': text(collectorRefusal),
  'tracing.lightstep.address': text(hostPortRefusal),
  'tracing.zipkin|datadog|lightstep': collector => isUnset(collector.address) ? 'the collector has no address' : undefined,
  'tracing.lightstep': lightstep => isUnset(lightstep.accessToken) ? 'lightstep needs an accessToken' : undefined,
  'tracing.tlsSettings': tlsProblems,
  'statsdUdpAddress|envoyMetricsServiceAddress': address,
  'envoyMetricsService|envoyAccessLogService.address': address,
  'proxyAdminPort|statusPort': portRefusal,
  'controlPlaneAuthPolicy': text(policy => policy === 'INHERIT' ? 'INHERIT is not taken here: MUTUAL_TLS or NONE is wanted' : undefined),
  'privateKeyProvider': providerProblems,
  'connectionSettings.listenerPerConnectionBufferLimitBytes|clusterPerConnectionBufferLimitBytes': notNegative,
  [`connectionSettings.${TIMEOUTS}`]: text(timeoutRefusal),
  'connectionSettings.httpMaxConcurrentStreams|listenerConnectionLimit|globalDownstreamConnectionLimit': positive,
  'connectionSettings.http2InitialStreamWindowSize|http2InitialConnectionWindowSize': window,
};

function timeoutRefusal(value: string): Refusal {
  return durationFormRefusal(value) ?? ((parseDuration(value) ?? 0) < 0 ? `"${value}" is negative` : undefined);
}

function drainRefusal(value: string): Refusal {
  return durationRefusal(value) ?? (Number.isInteger(parseDuration(value) ?? 0) ? undefined : `"${value}" is not in whole seconds`);
}

/** The agent on each node may be asked. */
function collectorRefusal(value: string): Refusal {
  return hostPortRefusal(value.replace('$(HOST_IP)', '127.0.0.1'));
}

function providerProblems(provider: Json): Problem[] {
  const kind = ['cryptomb', 'qat'].find(name => asObject(provider)[name] !== undefined);
  if (kind === undefined) return [[[], 'privateKeyProvider has neither cryptomb nor qat']];
  const delay = asText(asObject(provider[kind]).pollDelay);
  if (delay === '' || parseDuration(delay) === 0) return [[[kind], `${kind} needs a pollDelay above 0s`]];
  const refusal = durationFormRefusal(delay);
  return refusal === undefined ? [] : [[[kind, 'pollDelay'], refusal]];
}

/** A certificate out of files, or out of a secret, and what it is compared with. */
function tlsProblems(tls: Json): Problem[] {
  const { mode, credentialName, clientCertificate, privateKey, caCertificates, caCrl, insecureSkipVerify, subjectAltNames } = asObject(tls);
  if (!['SIMPLE', 'MUTUAL'].includes(mode)) return [];
  const names = mode === 'SIMPLE' && !isUnset(credentialName) || subjectAltNames !== undefined;
  if (insecureSkipVerify === true && (!isUnset(caCertificates) || names)) return [[['insecureSkipVerify'], 'insecureSkipVerify beside what is to be verified']];
  const hasFiles = [clientCertificate, privateKey, caCertificates, caCrl].some(file => !isUnset(file));
  if (!isUnset(credentialName)) return hasFiles ? [[['credentialName'], 'credentialName and files exclude each other']] : [];
  const missing = mode === 'MUTUAL' ? ['clientCertificate', 'privateKey'].filter(name => isUnset(tls[name])) : [];
  return missing.map((name): Problem => [[], `mode MUTUAL needs ${name}`]);
}
