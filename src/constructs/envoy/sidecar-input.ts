import { ADMIN_PORT, STATUS_PORT } from './bootstrap';
import { ExternalAuthorization } from './external-authorization';
import { EnvoyInbound } from './inbound';
import { OPA_API_PORT, OPA_DIAGNOSTIC_PORT } from './sidecar-containers';
import { EnvoyUpstream } from './upstream';
import { isDnsSubdomain } from '../../identity/dns-name';
import { requireProps } from '../../identity/require-props';
import { requirePort } from '../istio/input';

/**
 * Who listens at which port of a pod.
 */
export interface SidecarPorts {
  readonly inbound: EnvoyInbound[];
  readonly upstreams: EnvoyUpstream[];
  readonly authorization?: ExternalAuthorization;
  /** Those that the containers of the application say. */
  readonly containerPorts: number[];
}

/**
 * Refuses an image without a name.
 */
export function requireImage(where: string, image: string | undefined): void {
  if (image !== undefined && (typeof image !== 'string' || image.trim() === '')) {
    throw new Error(`the image of the sidecar of ${where} is ${JSON.stringify(image)}: give the name of one, or leave image out`);
  }
}

/**
 * Refuses ports that two would listen at, and upstreams that cannot be named or found.
 */
export function requireSidecarPorts(where: string, { inbound, upstreams, authorization, containerPorts }: SidecarPorts): void {
  if (inbound.length + upstreams.length === 0) {
    throw new Error(`the sidecar of ${where} has neither inbound ports nor upstreams: it would do nothing, give at least one`);
  }
  inbound.forEach((one) => requireProps(`an inbound port of ${where}`, one, { port: 'number', applicationPort: 'number', callers: 'SpiffeId[]?' }));
  upstreams.forEach((one) => requireProps(`an upstream of ${where}`, one, {
    name: 'text', localPort: 'number', host: 'text', port: 'number', spiffeId: 'SpiffeId',
  }));
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
  containerPorts.filter((port) => !taken.has(port)).forEach((port) => taken.set(port, 'a container of the application'));
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
  if (!isDnsSubdomain(host.replace(/\.$/, ''))) {
    throw new Error(`upstream '${name}' of ${where} has host '${host}', which is no DNS name: use lower case, without scheme and port`);
  }
  requirePort(`upstream '${name}' of ${where}`, port);
}
