import { isDeepStrictEqual } from 'node:util';
import { Manifest } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const inputRepeatedObject: Rule = {
  id: 'INPUT-REPEATED-OBJECT',
  level: Level.WARNING,
  title: 'one file defines an object twice, with different content',
  why: 'kubectl applies both, and what was written first is undone; kustomize and Helm refuse it',
  fix: 'remove one, or give it another name or namespace',
  source: 'Kubernetes: object names and IDs',
  check: (system, report) => {
    const seen = new Map<string, Manifest>();
    for (const manifest of system.manifests) {
      if (manifest.name === '' || manifest.apiVersion === '') continue;
      // Files beside each other may be alternatives, as in the samples of Istio.
      const key = `${manifest.file}\n${manifest.group}/${manifest.kind}/${manifest.namespace}/${manifest.name}`;
      const first = seen.get(key);
      if (!first) seen.set(key, manifest);
      else if (!isHook(first) && !isHook(manifest) && !isDeepStrictEqual(first.value, manifest.value)) report.at(manifest, ['metadata', 'name'], `${manifest.kind} ${manifest.name} is defined already on line ${first.lineOf(['kind'])}`);
    }
  },
};

/** Helm makes objects of hooks anew each time; they are no part of what stays. */
function isHook(manifest: Manifest): boolean {
  return manifest.annotations['helm.sh/hook'] !== undefined;
}
