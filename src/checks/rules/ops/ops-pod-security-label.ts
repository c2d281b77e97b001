import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsPodSecurityLabel: Rule = {
  id: 'OPS-POD-SECURITY-LABEL',
  level: Level.WARNING,
  title: 'a namespace has a label of Pod Security that nobody reads',
  why: 'the standard is not enforced, and nothing says so: pods may be privileged',
  fix: 'write enforce, audit or warn behind pod-security.kubernetes.io/, and a release of Kubernetes behind enforce-version',
  source: 'Kubernetes: Pod Security Admission; k8s.io/pod-security-admission/api',
  check: (system, report) => {
    for (const namespace of system.all('Namespace')) {
      for (const key of Object.keys(namespace.labels).filter(label => label.startsWith(PREFIX) && !MODE.test(label.slice(PREFIX.length)))) {
        report.at(namespace, ['metadata', 'labels', key], `there is no mode "${key.slice(PREFIX.length)}"; there are enforce, audit and warn`);
      }
      const annotation = Object.keys(namespace.annotations).find(key => key.startsWith(PREFIX) && MODE.test(key.slice(PREFIX.length)));
      if (annotation) report.at(namespace, ['metadata', 'annotations', annotation], `${annotation} is an annotation, and is read as a label only`);
    }
  },
};

const PREFIX = 'pod-security.kubernetes.io/';
const MODE = /^(enforce|audit|warn)(-version)?$/;
