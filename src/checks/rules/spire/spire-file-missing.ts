import { Block } from '../../../formats/hcl/reader';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { publishedBundles } from '../../../model/spire/bundles';
import { Program, Server } from '../../../model/spire/discovery';
import { webProfileOf } from '../../../model/spire/federation';
import { isUnknown, mountAt, pluginsOf, psatClusters } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireFileMissing: Rule = {
  id: 'SPIRE-FILE-MISSING',
  level: Level.ERROR,
  title: 'a configuration names a file that is in no volume',
  why: 'the images of SPIRE hold the program only: it finds no file there, and stops',
  fix: 'mount the Secret or ConfigMap with the file at its folder, or correct the path',
  source: 'spire Dockerfile',
  check: (system, report) => {
    for (const [program, block, key, given] of filesOf(system)) {
      const path = given ?? block.text(key);
      const { container } = program;
      if (!container || !IMAGE.test(container.image) || !path.startsWith('/') || isUnknown(path) || GIVEN.test(path)) continue;
      const known = filesAt(system, program, path);
      if (known && !known.some(file => path.endsWith(`/${file}`))) report.in(program.text, block.at(key).line, `${key} ${given === undefined ? 'is' : 'names'} ${path}, and the volume there has ${known.join(', ')} only`);
      const isEmpty = isEmptyFolder(program, path);
      if (!isEmpty && (mountAt(program, path) || asObjects(container.value.volumeMounts).some(mount => mount.mountPath === path))) continue;
      report.in(program.text, block.at(key).line, `${key} ${given === undefined ? 'is' : 'names'} ${path}, and ${isEmpty ? 'there is an emptyDir that nothing fills' : 'nothing is mounted there'}`);
    }
  },
};

/** Whether a path is in an emptyDir that no other container has, and no file is mounted there. */
function isEmptyFolder(program: Program<unknown>, path: string): boolean {
  const mount = mountAt(program, path);
  const { workload, container } = program;
  if (!mount || !workload || asObjects(container?.value.volumeMounts).some(({ mountPath }) => mountPath === path)) return false;
  const users = workload.containers.filter(({ value }) => asObjects(value.volumeMounts).some(({ name }) => name === mount.name));
  return workload.volume(asText(mount.name))?.emptyDir !== undefined && users.length === 1;
}

/** Images of others may hold more. */
const IMAGE = /(^|\/)spiffe\/(spire-server|spire-agent|oidc-discovery-provider)[:@]/;
/** What every pod has. */
const GIVEN = /^\/var\/run\/secrets\/kubernetes\.io\/|^\/etc\/(ssl|pki)\//;

/** A setting that names a file, and the name where it is a part of the setting only. */
type File = [program: Program<unknown>, block: Block, key: string, path?: string];

function servingFiles({ config }: Server): Block | undefined {
  const endpoint = config?.server.block('federation')?.block('bundle_endpoint');
  return endpoint && webProfileOf(endpoint)?.block('serving_cert_file');
}

function filesOf(system: System): File[] {
  const of = (program: Program<unknown>, block: Block | undefined, ...keys: string[]): File[] =>
    (block ? keys.map((key): File => [program, block, key]) : []);
  return [
    ...system.agents.flatMap(agent => [
      ...of(agent, agent.config?.agent, 'trust_bundle_path'),
      ...pluginsOf(agent, 'WorkloadAttestor', 'k8s').flatMap(({ config }) => of(agent, config, 'kubelet_ca_path', 'token_path', 'certificate_path', 'private_key_path')),
      ...pluginsOf(agent, 'NodeAttestor', 'x509pop').flatMap(({ config }) => of(agent, config, 'private_key_path', 'certificate_path')),
    ]),
    ...system.servers.flatMap(server => [
      ...of(server, servingFiles(server), 'cert_file_path', 'key_file_path'),
      ...pluginsOf(server, 'UpstreamAuthority', 'disk').flatMap(({ config }) => of(server, config, 'cert_file_path', 'key_file_path', 'bundle_file_path')),
      ...pluginsOf(server, 'NodeAttestor', 'x509pop').flatMap(({ config }) => of(server, config, 'ca_bundle_path')),
      ...pluginsOf(server, 'DataStore', 'sql').flatMap(({ config }) => [...of(server, config, 'root_ca_path', 'client_cert_path', 'client_key_path'), ...inConnection(server, config)]),
      ...[...psatClusters(server).values()].flatMap(cluster => of(server, cluster, 'kube_config_file')),
      ...[...pluginsOf(server, 'UpstreamAuthority', 'vault'), ...pluginsOf(server, 'KeyManager', 'hashicorp_vault')].flatMap(({ config }) => [
        ...of(server, config, 'ca_cert_path'),
        ...of(server, config.block('k8s_auth'), 'token_path'),
        ...of(server, config.block('cert_auth'), 'client_cert_path', 'client_key_path'),
      ]),
    ]),
    ...system.oidcProviders.flatMap(oidc => of(oidc, oidc.config?.file.block('serving_cert_file'), 'cert_file_path', 'key_file_path')),
  ];
}

/** The files that the connection strings of Postgres name. */
function inConnection(server: Server, config: Block): File[] {
  return ['connection_string', 'ro_connection_string'].flatMap(key =>
    [...config.text(key).matchAll(/\b(sslrootcert|sslcert|sslkey)=['"]?(\/[^\s'"&]+)/g)].map(([, , path]): File => [server, config, key, path]));
}

/** The files of the volume that covers a path; undefined where they cannot be told. */
function filesAt(system: System, program: Program<unknown>, path: string): string[] | undefined {
  const mount = mountAt(program, path);
  const volume = mount && mount.subPath === undefined && mount.subPathExpr === undefined ? program.workload?.volume(asText(mount.name)) : undefined;
  const found: (string[] | undefined)[] | undefined = volume
    && [volume, ...asObjects(asObject(volume.projected).sources)].map(source => filesOfSource(system, program, source));
  const files = found?.flatMap(one => one ?? []);
  return files && files.length > 0 && found!.every(one => one !== undefined) ? files : undefined;
}

function filesOfSource(system: System, { workload }: Program<unknown>, source: Json): string[] | undefined {
  if (source.projected !== undefined) return [];
  const token = asText(asObject(source.serviceAccountToken).path);
  if (token !== '') return [token];
  const { items, name } = asObject(source.secret ?? source.configMap ?? source.downwardAPI);
  if (asObjects(items).length > 0) return asObjects(items).map(item => asText(item.path));
  const map = source.configMap && system.find('ConfigMap', workload!.namespace, asText(name));
  const keys = [map?.value.data, map?.value.binaryData].flatMap(data => Object.keys(asObject(data)));
  return keys.length > 0 && !publishedBundles(system).some(bundle => bundle.name === name) ? keys : undefined;
}
