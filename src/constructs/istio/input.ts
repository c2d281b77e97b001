import { isDnsLabel, isDnsSubdomain } from '../../identity/dns-name';

/**
 * Refuses a list that is given but empty: Istio reads it as "no limit", the same as leaving it out.
 */
export function requireFilled(where: string, name: string, list: unknown[] | undefined): void {
  if (list !== undefined && !Array.isArray(list)) {
    throw new Error(`${where}: '${name}' is '${list}', which is no list: write [${typeof list === 'string' ? `'${list}'` : '...'}]`);
  }
  if (list !== undefined && list.length === 0) {
    throw new Error(`${where}: '${name}' is an empty list, which Istio reads as no limit: list at least one value, or leave '${name}' out`);
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
 * Refuses what is no port number.
 */
export function requirePort(where: string, port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${where}: port ${typeof port === 'number' ? port : JSON.stringify(port)} is no port: use a whole number from 1 to 65535`);
  }
}

/**
 * Whether the labels of a pod satisfy a selector.
 */
export function selects(matchLabels: { [key: string]: string }, podLabels: { [key: string]: string }): boolean {
  return Object.entries(matchLabels).every(([key, value]) => podLabels[key] === value);
}
