import { Manifest, asObject } from '../manifest';
import { System } from '../system';
import { Text } from '../text';

/** The templates that Istio brings along. */
export const BUILT_IN_TEMPLATES = ['sidecar', 'gateway', 'grpc-simple', 'grpc-agent', 'waypoint', 'kube-gateway', 'agentgateway'];

/** The injection templates of all meshes that are none of Istio's own, and their names. */
export function injectionTemplates(system: System): [string, Text][] {
  return [...system.meshes.flatMap(mesh => [...mesh.templates]), ...system.injectors.flatMap(templatesOfInjector)];
}

/** The templates in the configuration of an injector, as the chart renders it. */
export function templatesOfInjector(config: Manifest): [string, Text][] {
  const templates = asObject(config.value.templates);
  return Object.keys(templates).filter(name => typeof templates[name] === 'string' && !BUILT_IN_TEMPLATES.includes(name))
    .map(name => [name, new Text(config.file, templates[name], config, ['templates', name])]);
}
