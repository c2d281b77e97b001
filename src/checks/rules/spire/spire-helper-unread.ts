import { asObjects, asText } from '../../../model/manifest';
import { Helper } from '../../../model/spire/discovery';
import { isUnknown, mountAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireHelperUnread: Rule = {
  id: 'SPIRE-HELPER-UNREAD',
  level: Level.WARNING,
  title: 'what spiffe-helper writes, no other container sees',
  why: 'a program in another container finds no certificate, or an old one',
  fix: 'mount one emptyDir at cert_dir, and in the container that reads the files',
  source: 'spiffe-helper README',
  check: (system, report) => {
    for (const helper of system.helpers) {
      const path = helper.config?.file.text('cert_dir') ?? '';
      // a program that the helper starts is in its own container
      if (!path.startsWith('/') || isUnknown(path) || helper.config!.file.text('cmd') !== '' || !isBesideOthers(helper)) continue;
      const mount = mountAt(helper, `${path}/`);
      const problem = mount ? problemOf(helper, asText(mount.name)) : 'nothing is mounted there';
      if (problem) report.in(helper.text, helper.config!.file.at('cert_dir').line, `cert_dir is ${path}: ${problem}`);
    }
  },
};

function isBesideOthers({ workload, container }: Helper): boolean {
  return workload !== undefined && container !== undefined && asObjects(container.value.volumeMounts).length > 0
    && workload.containers.some(({ value, init }) => value !== container.value && !init);
}

function problemOf({ workload, container }: Helper, name: string): string | undefined {
  const others = workload!.containers.filter(({ value }) => value !== container!.value);
  const isRead = others.some(({ value }) => asObjects(value.volumeMounts).some(mount => mount.name === name));
  return workload!.volume(name)?.emptyDir && !isRead ? `no other container mounts volume ${name}` : undefined;
}
