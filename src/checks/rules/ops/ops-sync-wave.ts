import { isFilledIn } from '../../../model/filled-in';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsSyncWave: Rule = {
  id: 'OPS-SYNC-WAVE',
  level: Level.WARNING,
  title: 'a sync wave is no whole number',
  why: 'Argo CD takes it for wave 0: the object comes before what it needs',
  fix: 'write a whole number in quotes, such as "-5"',
  source: 'Argo CD: sync phases and waves',
  check: (system, report) => {
    for (const manifest of system.manifests) {
      const wave = manifest.value?.metadata?.annotations?.[WAVE];
      if (wave === undefined || wave === null || /^\s*$/.test(String(wave)) || isFilledIn(String(wave))) continue;
      const path = ['metadata', 'annotations', WAVE];
      if (!/^[-+]?\d+$/.test(String(wave))) report.at(manifest, path, `sync wave "${wave}" is no whole number`);
    }
  },
};

const WAVE = 'argocd.argoproj.io/sync-wave';
