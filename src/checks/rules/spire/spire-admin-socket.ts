import { asObject, asObjects, asText } from '../../../model/manifest';
import { isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAdminSocket: Rule = {
  id: 'SPIRE-ADMIN-SOCKET',
  level: Level.WARNING,
  title: 'a container with a shell has the socket by which the SPIRE server is told what to do',
  why: 'who gets into it makes entries for anybody and has every identity of the trust domain: the socket asks for no credentials',
  fix: 'remove the container, or its mount of the folder of socket_path',
  source: 'doc/spire_server.md, socket_path',
  check: (system, report) => {
    for (const { config, workload, container: own } of system.servers) {
      const path = config?.server.text('socket_path') || '/tmp/spire-server/private/api.sock';
      if (!config || !workload || !own || isUnknown(path)) continue;
      const mounted = asObjects(own.value.volumeMounts).filter(({ mountPath }) => path.startsWith(`${asText(mountPath).replace(/\/$/, '')}/`));
      const names = mounted.filter(({ name }) => asObject(workload.volume(asText(name))).emptyDir !== undefined).map(({ name }) => name);
      for (const container of workload.containers.filter(one => one !== own && !one.init && TOOLS.test(one.image))) {
        const i = asObjects(container.value.volumeMounts).findIndex(({ name }) => names.includes(name));
        if (i >= 0) report.at(workload.manifest, [...container.path, 'volumeMounts', i], `container ${container.name} (${container.image}) mounts the folder of ${path}`);
      }
    }
  },
};

/** Images that are there to look around. */
const TOOLS = /(^|\/)(busybox|alpine|ubuntu|debian|fedora|centos|bash|curl|netshoot|dnsutils|toolbox|kubectl|wbitt-network-multitool|network-multitool)(:|@|$)/;
