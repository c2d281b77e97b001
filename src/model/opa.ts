import { containersOf } from './kubernetes/containers';
import { Container, Workload } from './kubernetes/workload';
import { Json, Manifest, asObject } from './manifest';
import { once } from './once';
import { System } from './system';

/** The containers that run OPA. */
export const opaContainers = once((system: System): { workload: Workload; container: Container; args: string[] }[] =>
  containersOf(system, /(^|\/)opa(-envoy|-istio)?(:|@|$)/).map(({ workload, container }) => ({ workload, container, args: container.args })));

/** The configurations of OPA that have its Envoy plugin. */
export function opaConfigs(system: System): Manifest[] {
  return system.opaConfigs;
}

/** What a configuration says about the Envoy plugin; undefined where it does not name it. */
export function pluginOf(config: Manifest): Json {
  return asObject(config.value.plugins).envoy_ext_authz_grpc;
}
