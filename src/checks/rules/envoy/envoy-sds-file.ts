import { under, usersOf } from '../../../model/envoy';
import { filesOf } from '../../../model/kubernetes/config-files';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { readManifests } from '../../../model/reader';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySdsFile: Rule = {
  id: 'ENVOY-SDS-FILE',
  level: Level.ERROR,
  title: 'a secret is in no file that Envoy reads it from',
  why: 'the secret never comes: the listener stays closed, and calls of the cluster fail',
  fix: 'write a file with resources: [{"@type": …tls.v3.Secret, name: …}], and use its name and path',
  source: 'envoy: SDS, xDS from files (path_config_source)',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path: at, value } of FIELDS.flatMap(field => under(envoy, field))) {
        const { name, sds_config: config } = asObject(value);
        const file = asText(asObject(asObject(config).path_config_source).path) || asText(asObject(config).path);
        const user = file === '' || name === undefined ? undefined : usersOf(system, envoy)[0];
        const problem = user && problemOf(system, user, file, asText(name));
        if (problem) report.at(envoy, [...at, 'name'], problem);
      }
    }
  },
};

const FIELDS = ['tls_certificate_sds_secret_configs', 'validation_context_sds_secret_config', 'session_ticket_keys_sds_secret_config'];

interface User {
  readonly workload: Workload;
  readonly container: Container;
}

function problemOf(system: System, { workload, container }: User, file: string, name: string): string | undefined {
  const mount = asObjects(container.value.volumeMounts).filter(({ mountPath }) => file.startsWith(`${asText(mountPath).replace(/\/$/, '')}/`))
    .sort((a, b) => asText(b.mountPath).length - asText(a.mountPath).length)[0];
  const volume = mount && mount.subPath === undefined ? workload.volume(asText(mount.name)) : undefined;
  const source = volume?.configMap?.items === undefined ? asText(volume?.configMap?.name) : '';
  const map = source === '' ? undefined : system.find('ConfigMap', workload.namespace, source);
  // what is filled at run time is empty in the input
  if (!map || Object.keys(filesOf(map)).length === 0) return undefined;
  const names = secretsOf(map);
  const key = file.slice(asText(mount.mountPath).replace(/\/$/, '').length + 1);
  if (filesOf(map)[key] === undefined) return `there is no ${file}: ConfigMap ${map.name} has ${Object.keys(filesOf(map)).join(', ')}`;
  const known = names.get(key);
  return known === undefined || known.includes(name) ? undefined : `${file} has no secret "${name}"${known.length === 0 ? '' : `, it has ${known.join(', ')}`}`;
}

/** The names of the secrets in each file of a ConfigMap; nothing for files that cannot be read. */
const secretsOf = once((map: Manifest): ReadonlyMap<string, string[]> => {
  return new Map(Object.entries(filesOf(map)).flatMap(([key, text]): [string, string[]][] => {
    const [document] = text.includes('{{') ? [] : readManifests(map.file, text).manifests;
    const resources = asObjects(asObject(document?.value).resources);
    // a secret may be wrapped in a service.discovery.v3.Resource
    const isKnown = document !== undefined && resources.every(one => !asText(one['@type']).endsWith('.Resource'));
    return isKnown ? [[key, resources.filter(one => /tls\.v3\.Secret$/.test(asText(one['@type']))).map(one => asText(one.name))]] : [];
  }));
});
