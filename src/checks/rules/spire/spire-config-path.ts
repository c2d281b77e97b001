import { containersOf } from '../../../model/kubernetes/containers';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { MANAGER_IMAGE } from '../../../model/spire/images';
import { managersOf } from '../../../model/spire/managers';
import { DEFAULT_CONFIG_PATHS, configPath, sourcesOf } from '../../../model/spire/mounted-configs';
import { mountAt } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireConfigPath: Rule = {
  id: 'SPIRE-CONFIG-PATH',
  level: Level.ERROR,
  title: 'a program of SPIRE is given a configuration file that is not there',
  why: 'it stops at once: "could not find config file"',
  fix: 'make -config the mount path of the ConfigMap and its key',
  source: 'cmd/spire-server/cli/run/run.go ParseFile',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents, ...system.oidcProviders]) {
      const { container, workload } = program;
      if (!container || !workload) continue;
      const path = configPath(Workload.args(container)) ?? DEFAULT_CONFIG_PATHS[program.kind];
      const mount = mountAt(program, path) ?? asObjects(container.value.volumeMounts).find(found => found.mountPath === path);
      const volume = mount && workload.volume(asText(mount.name));
      const own = [volume?.configMap?.name, volume?.secret?.secretName].includes(program.text.manifest!.name);
      const renamed = volume?.configMap?.items !== undefined || mount?.subPath !== undefined;
      const where = [...container.path, ...container.value.args === undefined ? [] : ['args']];
      const isOfFiles = ['configMap', 'secret', 'projected'].some(kind => volume?.[kind] !== undefined);
      if (isOfFiles && mount.subPath === undefined && sourcesOf(workload, container, path).length === 0) {
        report.at(workload.manifest, where, `-config is ${path}, and the items of volume ${asText(volume.name)} have another path`);
        continue;
      }
      if (!volume) {report.at(workload.manifest, where, `nothing is mounted at ${path}`);} else if (own && !renamed && path.slice(path.lastIndexOf('/') + 1) !== program.text.fileName) {report.at(workload.manifest, where, `-config is ${path}, the ConfigMap has ${program.text.fileName}`);}
    }
    const read = new Set([...system.servers, ...system.agents, ...system.oidcProviders].map(({ container }) => container));
    for (const [kind, image] of PROGRAMS) {
      const unread = containersOf(system, image).filter(({ container }) => !read.has(container) && asTexts(container.value.command).length === 0);
      for (const { workload, container } of unread) {
        const path = configPath(Workload.args(container)) ?? DEFAULT_CONFIG_PATHS[kind];
        if (isMissing(system, workload, container, path)) report.at(workload.manifest, [...container.path, 'args'], `the ConfigMap that is mounted there has no ${path.slice(path.lastIndexOf('/') + 1)}`);
      }
    }
    for (const { workload, container } of containersOf(system, MANAGER_IMAGE)) {
      const path = configPath(Workload.args(container))?.replace(/^\/?/, '/');
      const mounts = asObjects(container.value.volumeMounts).map(({ mountPath }) => asText(mountPath).replace(/\/$/, ''));
      const isTold = path !== undefined || /config|\$/.test(container.script);
      if (!isTold && managersOf(system, workload).length > 0) report.at(workload.manifest, [...container.path, 'args'], 'the controller manager has no argument --config: it stops without a trust domain');
      if (path === undefined || path.includes('$')) continue;
      if (!mounts.some(mount => path === mount || path.startsWith(`${mount}/`))) report.at(workload.manifest, [...container.path, 'args'], `nothing is mounted at ${path}`);
      else if (isMissing(system, workload, container, path)) report.at(workload.manifest, [...container.path, 'args'], `the ConfigMap that is mounted there has no ${path.slice(path.lastIndexOf('/') + 1)}`);
    }
  },
};

const PROGRAMS: readonly ['server' | 'agent' | 'oidc', RegExp][] = [
  ['server', /(^|\/)spire-server[:@]/], ['agent', /(^|\/)spire-agent[:@]/], ['oidc', /(^|\/)oidc-discovery-provider[:@]/],
];

/** Whether a path is right below the mount of a whole ConfigMap of the input, which has no such key. */
function isMissing(system: System, workload: Workload, container: Container, path: string): boolean {
  const [folder, file] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)];
  const mount = asObjects(container.value.volumeMounts).find(one => asText(one.mountPath).replace(/\/$/, '') === folder && one.subPath === undefined);
  const source = asObject(mount && workload.volume(asText(mount.name))?.configMap);
  const map = source.items === undefined ? system.find('ConfigMap', workload.namespace, asText(source.name)) : undefined;
  return map !== undefined && ![map.value.data, map.value.binaryData].some(data => Object.keys(asObject(data)).includes(file));
}
