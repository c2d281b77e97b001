import { ADMIN_PORT, STATUS_PORT } from './bootstrap';
import { ExternalAuthorization } from './external-authorization';
import { EnvoyInbound } from './inbound';
import { OPA_API_PORT, OPA_DIAGNOSTIC_PORT } from './sidecar-containers';
import { EnvoyUpstream } from './upstream';
import { requirePort } from '../istio/input';

/**
 * Refuses ports that two would listen at, and upstreams that cannot be named or found.
 */
export function requireSidecarPorts(where: string, inbound: EnvoyInbound[], upstreams: EnvoyUpstream[], authorization?: ExternalAuthorization): void {
  if (inbound.length + upstreams.length === 0) {
    throw new Error(`the sidecar of ${where} has neither inbound ports nor upstreams: it would do nothing, give at least one`);
  }
  const taken = new Map<number, string>([[ADMIN_PORT, "Envoy's admin interface"], [STATUS_PORT, "Envoy's readiness"]]);
  const take = (what: string, port: number) => {
    requirePort(`${what} of ${where}`, port);
    const other = taken.get(port);
    if (other) {
      throw new Error(`${what} of ${where} is at port ${port}, as ${other} is: give it another port`);
    }
    taken.set(port, what);
  };
  if (authorization) {
    take('OPA', authorization._opa.port);
    take("OPA's own API", OPA_API_PORT);
    take("OPA's health", OPA_DIAGNOSTIC_PORT);
  }
  inbound.forEach(({ port }) => take('an inbound port', port));
  [...new Set(inbound.map(({ applicationPort }) => applicationPort))].forEach((port) => take('the application', port));
  upstreams.forEach(({ name, localPort }) => take(`upstream '${name}'`, localPort));
  inbound.forEach(({ port, callers }) => requireCallers(`port ${port} of ${where}`, callers));
  upstreams.forEach((upstream) => requireUpstream(where, upstream));
  const twice = upstreams.find(({ name }, index) => upstreams.findIndex((other) => other.name === name) !== index);
  if (twice) {
    throw new Error(`${where} has two upstreams '${twice.name}': statistics could not tell them apart, rename one`);
  }
}

function requireCallers(where: string, callers: unknown[] | undefined): void {
  if (callers?.length === 0) {
    throw new Error(`'callers' of ${where} is an empty list, which Envoy reads as everybody: name at least one, or leave it to an access policy`);
  }
}

function requireUpstream(where: string, { name, host, port }: EnvoyUpstream): void {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw new Error(`upstream '${name}' of ${where} is no name for statistics: use up to 63 of a-z, 0-9 and '-', not at the ends`);
  }
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?$/.test(host)) {
    throw new Error(`upstream '${name}' of ${where} has host '${host}', which is no DNS name: use lower case, without scheme and port`);
  }
  requirePort(`upstream '${name}' of ${where}`, port);
}
