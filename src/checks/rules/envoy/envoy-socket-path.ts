import { clustersOf, pipeOf, usersOf } from '../../../model/envoy';
import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySocketPath: Rule = {
  id: 'ENVOY-SOCKET-PATH',
  level: Level.ERROR,
  title: 'Envoy looks for SPIRE\'s socket where there is none',
  why: 'no secret comes, and the listeners stay closed',
  fix: 'mount a csi volume of csi.spiffe.io at the folder of the socket',
  source: 'spiffe-csi README',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of clustersOf(envoy)) {
        const scheme = /^unix:\/*/.exec(pipeOf(value) ?? '')?.[0];
        if (scheme) report.at(envoy, path, `the path of the pipe is "${pipeOf(value)}"`, `write the path without ${scheme.replace(/\/$/, '')}`);
      }
      const users = usersOf(system, envoy);
      for (const { path, value } of users.length > 0 ? clustersOf(envoy) : []) {
        const socket = pipeOf(value);
        if (socket === undefined || !/spire|spiffe|agent/.test(`${asText(value.name)} ${socket}`)) continue;
        const user = users.find(({ container }) => !asObjects(container.value.volumeMounts).some(mount => socket.startsWith(`${asText(mount.mountPath).replace(/\/$/, '')}/`)));
        if (user) report.at(envoy, path, `container ${user.container.name} of ${user.workload.manifest.kind} ${user.workload.name} mounts nothing at the folder of ${socket}`);
      }
    }
  },
};
