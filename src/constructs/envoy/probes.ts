import { EnvoyInbound } from './inbound';

const KINDS = ['startupProbe', 'readinessProbe', 'livenessProbe'];

/**
 * A probe of the kubelet that asks the application, whose port is on 127.0.0.1, where the kubelet does not get.
 */
export interface ApplicationProbe {
  /** The container by its place among those of the pod. */
  readonly index: number;
  readonly kind: string;
  readonly httpGet: any;
  /** The port of the proxy behind which the application is. */
  readonly inbound: EnvoyInbound;
  /** The path at which the proxy takes it. */
  readonly path: string;
}

/**
 * The HTTP probes that ask ports behind the proxy. Those of other ports are for the application itself to answer.
 *
 * Throws for a probe that asks the port of the proxy itself, where the kubelet has no certificate to show.
 */
export function applicationProbes(where: string, podSpec: any, inbound: EnvoyInbound[]): ApplicationProbe[] {
  return (podSpec.containers ?? []).flatMap((container: any, index: number) => KINDS.flatMap((kind) => {
    const httpGet = container[kind]?.httpGet;
    if (!httpGet || httpGet.host) {
      return []; // it asks nobody, or somebody else
    }
    const port = (container.ports ?? []).find(({ name }: any) => name !== undefined && name === httpGet.port)?.containerPort ?? httpGet.port;
    const proxied = inbound.find((one) => one.port === port);
    if (proxied) {
      throw new Error(`${kind} of container '${container.name}' of ${where} asks port ${port}, where the proxy takes nobody without a certificate: `
        + `ask port ${proxied.applicationPort} of the application, the proxy hands that on`);
    }
    const before = inbound.find(({ applicationPort }) => applicationPort === port);
    return before && httpGet.scheme !== 'HTTPS' ? [{ index, kind, httpGet, inbound: before, path: `/probes/${container.name}/${kind}` }] : [];
  }));
}

/**
 * The same probe, at the proxy; a query goes along.
 */
export function proxiedHttpGet({ httpGet, path }: ApplicationProbe, port: number): any {
  const [, query] = /(\?.*)?$/.exec(httpGet.path ?? '')!;
  return { ...httpGet, path: `${path}${query ?? ''}`, port };
}

/**
 * The path at which the application is asked, without its query.
 */
export function applicationPath({ httpGet }: ApplicationProbe): string {
  const path = (httpGet.path ?? '/').replace(/\?.*$/, '');
  return path.startsWith('/') ? path : `/${path}`;
}
