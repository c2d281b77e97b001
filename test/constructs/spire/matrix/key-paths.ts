import { ObjectList, parseHcl, textOf, Value } from '../../../../src/formats/hcl/reader';

/**
 * Keys whose members have names of the user's choice.
 */
const MAPS = [
  /^plugins\.(nodeattestor\.k8s_psat|bundlepublisher\.k8s_configmap)\.plugin_data\.clusters\.([^.]+|"[^"]+")/,
  /^plugins\.nodeattestor\.azure_(imds|msi)\.plugin_data\.tenants\.[^.]+/,
  /^plugins\.keymanager\.aws_kms\.plugin_data\.key_tags\.[^.]+/,
  /^plugins\.workloadattestor\.(k8s|docker)\.plugin_data\.sigstore\.(allowed_identities|registry_credentials)\.[^.]+/,
];

/**
 * Every key that a configuration has, by its path in lower case; names of the user's choice are `*`.
 */
export function keyPaths(text: string): Set<string> {
  const paths = new Set<string>();
  walkList(parseHcl(text), [], paths);
  return paths;
}

function walkList(list: ObjectList, above: string[], paths: Set<string>): void {
  for (const item of list.items) {
    const path = [...above, ...item.keys.map((key) => textOf(key.token).toLowerCase().replaceAll('.', '_'))];
    paths.add(normalized(path));
    walk(item.value, path, paths);
  }
}

function walk(value: Value, path: string[], paths: Set<string>): void {
  if (value.kind === 'object') {
    walkList(value.list, path, paths);
  } else if (value.kind === 'list') {
    value.elements.forEach((element) => walk(element, path, paths));
  }
}

function normalized(path: string[]): string {
  const joined = path.join('.');
  const map = MAPS.find((pattern) => pattern.test(joined));
  return map ? joined.replace(map, (whole) => whole.replace(/\.[^.]+$/, '.*')) : joined;
}
