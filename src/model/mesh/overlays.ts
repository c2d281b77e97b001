import { Json, Manifest, Path, asObject, asObjects, asRecord, asText } from '../manifest';
import { once } from '../once';
import { readManifests } from '../reader';
import { System } from '../system';
import { Text } from '../text';

/** A ConfigMap that changes what Istio makes for Gateways of the Gateway API. */
export interface Overlay {
  readonly manifest: Manifest;
  /** The class of Gateways it is the default for. */
  readonly gatewayClass?: string;
}

export const CLASS_LABEL = 'gateway.istio.io/defaults-for-class';

/** The overlays of Gateway classes and of single Gateways. */
export const gatewayOverlays = once((system: System): Overlay[] => {
  const named = new Map(gatewaysWithParameters(system).map(({ namespace, name, gatewayClass }) => [`${namespace}/${name}`, gatewayClass]));
  return system.all('ConfigMap').flatMap((manifest): Overlay[] => {
    const gatewayClass = manifest.labels[CLASS_LABEL] ?? named.get(`${manifest.namespace}/${manifest.name}`);
    return gatewayClass === undefined ? [] : [{ manifest, gatewayClass }];
  });
});

/** A Gateway of Istio that names a ConfigMap with parameters. */
export interface Parameters {
  readonly gateway: Manifest;
  readonly path: Path;
  readonly namespace: string;
  readonly name: string;
  readonly gatewayClass: string;
}

export const gatewaysWithParameters = once((system: System): Parameters[] => system.all('Gateway').filter(({ group }) => group === 'gateway.networking.k8s.io').flatMap(gateway => {
  const reference = asObject(asObject(gateway.spec.infrastructure).parametersRef);
  const gatewayClass = asText(gateway.spec.gatewayClassName);
  return asText(reference.kind) === 'ConfigMap' && /^istio/.test(gatewayClass)
    ? [{ gateway, path: ['spec', 'infrastructure', 'parametersRef', 'name'], namespace: gateway.namespace, name: asText(reference.name), gatewayClass }] : [];
}));

/** The labels that an overlay gives the pods of a gateway. */
export function labelsOf({ manifest }: Overlay): Record<string, string> {
  const text = asText(asObject(manifest.value.data).deployment);
  const [deployment] = text === '' ? [] : readManifests(manifest.file, text).manifests;
  return asRecord(asObject(asObject(asObject(deployment?.value?.spec).template).metadata).labels);
}

/** A volume of SPIRE's CSI driver in an overlay, and the text it stands in. */
export function spiffeVolumes({ manifest }: Overlay): { text: Text; volume: Json; line: number }[] {
  const text = new Text(manifest.file, asText(asObject(manifest.value.data).deployment), manifest, ['data', 'deployment']);
  const [deployment] = text.text === '' ? [] : readManifests(text.file, text.text).manifests;
  const pod = asObject(asObject(asObject(deployment?.value?.spec).template).spec);
  return asObjects(pod.volumes).map((volume, i) => ({ text, volume, line: deployment.lineOf(['spec', 'template', 'spec', 'volumes', i]) }))
    .filter(({ volume }) => /spiffe/.test(asText(asObject(volume.csi).driver)));
}
