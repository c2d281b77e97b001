import { ApiObject } from 'cdk8s';
import { DestinationRule } from './destination-rule';
import { selects } from './input';
import { MeshWorkload } from './mesh-workload';
import { namespaceErrors } from './namespaces';
import { unknownProvider } from './providers';
import { VirtualService } from './virtual-service';
import { Platform } from '../../delivery';

/**
 * What can be seen only when a platform is complete. Few objects are rendered for it, as rendering takes long.
 */
export function meshErrors(platform: Platform, workloads: MeshWorkload[], providers: string[]): string[] {
  const constructs = platform.node.findAll();
  const objects = constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  const rules = constructs.filter((construct): construct is DestinationRule => construct instanceof DestinationRule);
  return [
    ...namespaceErrors(platform, objects, workloads),
    ...unknownProviders(objects, providers),
    ...constructs.filter((construct): construct is VirtualService => construct instanceof VirtualService)
      .flatMap((service) => unknownSubsets(service, rules, objects)),
    ...rules.filter((rule) => rule.subsets.length > 0).flatMap((rule) => emptySubsets(rule, objects, workloads)),
  ];
}

function unknownProviders(objects: ApiObject[], providers: string[]): string[] {
  return objects.filter((object) => object.kind === 'Telemetry').flatMap((object) => {
    const { metrics, accessLogging, tracing } = object.toJson().spec ?? {};
    const named = [metrics, accessLogging, tracing].flatMap((entries) => entries ?? []).flatMap((entry) => entry.providers ?? []);
    return named.flatMap((provider) => unknownProvider(`Telemetry '${object.name}'`, provider.name, providers));
  });
}

function emptySubsets(rule: DestinationRule, objects: ApiObject[], workloads: MeshWorkload[]): string[] {
  const [, name, namespace] = /^([^.*]+)\.([^.]+)\.svc\./.exec(rule.host) ?? [];
  const neighbours = workloads.filter((workload) => workload.namespace === namespace);
  if (neighbours.length === 0) {
    return [];
  }
  const service = objects.find((object) => object.kind === 'Service' && object.name === name && object.metadata.namespace === namespace);
  const selector = service?.toJson().spec.selector ?? {};
  const pods = neighbours.filter((workload) => selects(selector, workload.podLabels));
  return rule.subsets.filter((subset) => !pods.some((workload) => selects(subset.labels, workload.podLabels))).map((subset) =>
    `subset '${subset.name}' of host '${rule.host}' selects no enrolled workload of namespace '${namespace}' `
    + `(${JSON.stringify(subset.labels)}): calls to it would get 503, correct the labels or remove the subset`);
}

/**
 * Routes that name a subset by reference cannot be wrong; those in Istio's own words can.
 */
function unknownSubsets(service: VirtualService, rules: DestinationRule[], objects: ApiObject[]): string[] {
  return service._namedSubsets().flatMap(({ host, subset }) => {
    const written = objects.filter((object) => object.kind === 'DestinationRule' && !rules.some((rule) => rule.apiObject === object)).map((object) => object.toJson().spec)
      .filter((spec) => spec?.host === host).flatMap((spec) => spec.subsets ?? []);
    const known = [...rules.filter((rule) => rule.host === host).flatMap((rule) => rule.subsets), ...written].map(({ name }) => name);
    return known.includes(subset) ? [] : [`virtual service '${service.apiObject.name}' routes to subset '${subset}' of host '${host}', which no destination rule has: `
      + `use ${known.map((name) => `'${name}'`).join(' or ') || 'the host itself'}, or add it to the subsets`];
  });
}
