import { isDnsLabel, isDnsSubdomain } from '../../identity/dns-name';

/**
 * Refuses an empty list of what has to be there.
 */
export function requireSome(where: string, name: string, list: unknown[]): void {
  requireList(where, name, list);
  if (list.length === 0) {
    throw new Error(`${where}: '${name}' is an empty list: list at least one`);
  }
}

/**
 * Refuses a list that is given but empty: Istio reads it as "no limit", the same as leaving it out.
 */
export function requireFilled(where: string, name: string, list: unknown[] | undefined): void {
  requireList(where, name, list);
  if (list !== undefined && list.length === 0) {
    throw new Error(`${where}: '${name}' is an empty list, which Istio reads as no limit: list at least one value, or leave '${name}' out`);
  }
}

function requireList(where: string, name: string, list: unknown): void {
  if (list !== undefined && !Array.isArray(list)) {
    throw new Error(`${where}: '${name}' is '${list}', which is no list: write [${typeof list === 'string' ? `'${list}'` : '...'}]`);
  }
}

/**
 * Refuses a name that Kubernetes does not take for an object.
 */
export function requireObjectName(what: string, name: string): void {
  if (!isDnsSubdomain(name)) {
    throw new Error(`${what} '${name}' is no Kubernetes name: use up to 253 of a-z, 0-9, '-' and '.', a letter or digit at both ends`);
  }
}

/**
 * Refuses a name that Kubernetes does not take for a Service, which has to be a DNS label that begins with a letter.
 */
export function requireServiceName(what: string, name: string): void {
  if (typeof name !== 'string' || !/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw new Error(`${what} '${name}' is no name of a Service: use up to 63 of a-z, 0-9 and '-', a letter first and no '-' at the end`);
  }
}

/**
 * Refuses a namespace that is missing or `default`, where nothing of this library belongs.
 */
export function requireNamespace(what: string, namespace: string | undefined): string {
  if (!namespace || namespace === 'default') {
    throw new Error(`${what} is in ${namespace ? "namespace 'default'" : 'no namespace'}: give it a namespace of its own`);
  }
  if (!isDnsLabel(namespace)) {
    throw new Error(`${what} has namespace '${namespace}', which is no Kubernetes name: use up to 63 of a-z, 0-9 and '-', not at the ends`);
  }
  return namespace;
}

/**
 * Refuses a namespace in which workloads get no proxy or no identity: those of Kubernetes, SPIRE and Istio.
 */
export function requireWorkloadNamespace(what: string, namespace: string | undefined): string {
  const name = requireNamespace(what, namespace);
  if (/^(kube-.*|spire-server|spire-system|istio-system|istio-cni)$/.test(name)) {
    throw new Error(`${what} is in namespace '${name}', whose pods get no proxy and no identity: use a namespace of your own`);
  }
  return name;
}

/**
 * Whether a host is a DNS name, `*`, or a wildcard such as `*.example.com`.
 */
export function isHostPattern(host: string): boolean {
  return host === '*' || isDnsSubdomain(`${host}`.replace(/^\*\./, ''));
}

/**
 * Refuses a workload without a service account of its own.
 */
export function requireServiceAccount(shown: string, serviceAccount: string | undefined): string {
  if (!serviceAccount || serviceAccount === 'default') {
    throw new Error(`${shown} runs as ${serviceAccount ? "service account 'default'" : 'no service account of its own'}: `
      + 'its identity would be that of every such pod in the namespace, give it a service account of its own');
  }
  return serviceAccount;
}

/**
 * Refuses what is no port number.
 */
export function requirePort(where: string, port: number | string): void {
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${where}: port ${typeof port === 'number' ? port : JSON.stringify(port)} is no port: use a whole number from 1 to 65535`);
  }
}

/**
 * Whether the labels of a pod satisfy a selector.
 */
export function selects(matchLabels: { [key: string]: string }, podLabels: { [key: string]: string }): boolean {
  return Object.entries(matchLabels).every(([key, value]) => podLabels[key] === value);
}
