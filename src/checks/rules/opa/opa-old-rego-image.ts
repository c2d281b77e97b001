import { containersOf } from '../../../model/kubernetes/containers';
import { versionOf } from '../../../model/spire/images';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaOldRegoImage: Rule = {
  id: 'OPA-OLD-REGO-IMAGE',
  level: Level.WARNING,
  title: 'an image of OPA is out of date',
  why: 'it is from before OPA 1.0, and policies of today do not parse in it',
  fix: 'use openpolicyagent/opa:1.x-envoy',
  source: 'https://www.openpolicyagent.org/docs/v0-upgrade',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /(^|\/)opa:/)) {
      const version = versionOf(container.image);
      if (version && version.major < 1) report.at(workload.manifest, [...container.path, 'image'], `${container.image} is from before OPA 1.0`);
    }
  },
};
