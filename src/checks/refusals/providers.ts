import { Judges, Problem, isUnset, text } from './places';
import { goUrlFault } from '../../formats/go-url';
import { isFilledIn } from '../../model/filled-in';
import { Json, asObject, asText } from '../../model/manifest';
import { namespacedHostRefusal } from '../../model/mesh/refused-forms';
import { Refusal, addressRefusal, domainRefusal, portRefusal } from '../../model/mesh/refused-values';

const CALLED = 'envoyExtAuthzHttp|envoyExtAuthzGrpc|zipkin|lightstep|datadog|opencensus|skywalking|envoyOtelAls|opentelemetry|envoyHttpAls|envoyTcpAls';
const AUTHORIZERS = 'envoyExtAuthzHttp|envoyExtAuthzGrpc';

/** What Istio says it will not use in an extension provider. */
export const PROVIDER: Judges = {
  [CALLED]: calledProblems,
  [`${AUTHORIZERS}.statusOnError`]: value => statusRefusal(value),
  'envoyExtAuthzHttp.pathPrefix': text(prefixRefusal),
  'lightstep': value => isUnset(value.accessToken) ? 'lightstep needs an accessToken' : undefined,
  'opentelemetry': value => isUnset(value.grpc) || isUnset(value.http) ? undefined : 'grpc and http exclude each other',
};

function calledProblems(provider: Json): Problem[] {
  const { service, port } = asObject(provider);
  const refusals: [string, Refusal][] = [
    ['service', isUnset(service) ? 'there is no service' : serviceRefusal(asText(service))],
    ['port', typeof port === 'object' ? undefined : portRefusal(port ?? 0)],
  ];
  return refusals.flatMap(([name, refusal]): Problem[] => refusal === undefined ? [] : [[[name], refusal]]);
}

/** A service as `host`, an address, or `namespace/host`. */
function serviceRefusal(service: string): Refusal {
  if (service.includes('/')) return namespacedHostRefusal(service);
  return addressRefusal(service) === undefined ? undefined : domainRefusal(service);
}

/** Status codes that Envoy knows by a name. */
const STATUS = new Set([
  100, ...range(200, 208), 226, ...range(300, 305), 307, 308, ...range(400, 417), ...range(421, 424), 426, 428, 429, 431, ...range(500, 508),
  510, 511,
]);

function statusRefusal(value: Json): Refusal {
  const status = asText(value);
  return status === '' || isFilledIn(status) || /^\d+$/.test(status) && STATUS.has(Number(status)) ? undefined : `statusOnError "${status}" is no status of HTTP that Envoy knows`;
}

function prefixRefusal(prefix: string): Refusal {
  if (prefix === '' || isFilledIn(prefix)) return undefined;
  return prefix.startsWith('/') && goUrlFault(prefix) === undefined ? undefined : `pathPrefix "${prefix}" is no path: it begins with /`;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
