import { isFilledIn } from '../../../model/filled-in';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsPodSecurityLabel: Rule = {
  id: 'OPS-POD-SECURITY-LABEL',
  level: Level.ERROR,
  title: 'a namespace asks for a Pod Security Standard in words that do not exist',
  why: 'a label with another name is a label like any other, and every pod is let in; an unknown level or version is refused',
  fix: 'write enforce, audit or warn, perhaps with -version, and privileged, baseline or restricted',
  source: 'Kubernetes: Pod Security Admission labels for namespaces',
  check: (system, report) => {
    for (const namespace of system.all('Namespace')) {
      for (const [key, value] of Object.entries(namespace.labels).filter(([name]) => name.startsWith(PREFIX))) {
        const mode = key.slice(PREFIX.length);
        const [isKnown, isTaken] = [MODE.test(mode), (mode.endsWith('-version') ? VERSION : STANDARD).test(value) || isFilledIn(value)];
        const reason = isKnown ? `${key} is "${value}"` : `there is no label ${key}`;
        if (!isKnown || !isTaken) report.at(namespace, ['metadata', 'labels', key], reason);
      }
      const annotation = Object.keys(namespace.annotations).find(key => key.startsWith(PREFIX) && MODE.test(key.slice(PREFIX.length)));
      if (annotation) report.at(namespace, ['metadata', 'annotations', annotation], `${annotation} is an annotation, and is read as a label only`);
    }
  },
};

const PREFIX = 'pod-security.kubernetes.io/';
const MODE = /^(enforce|audit|warn)(-version)?$/;
const STANDARD = /^(privileged|baseline|restricted)$/;
const VERSION = /^(latest|v1\.\d+)$/;
