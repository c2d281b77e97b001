import { dirname } from 'node:path';
import { isFilledIn } from '../../../model/filled-in';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { managerWorkloads } from '../../../model/spire/managers';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsSyncWave: Rule = {
  id: 'OPS-SYNC-WAVE',
  level: Level.WARNING,
  title: 'a sync wave is no whole number or comes too early, or a hook is unknown',
  why: 'Argo CD takes it for wave 0, and an object with an unknown hook for one like any other: it comes before what it needs',
  fix: 'write a whole number in quotes, such as "-5"',
  source: 'Argo CD: sync phases and waves',
  check: (system, report) => {
    for (const manifest of system.manifests) {
      for (const hook of asText(manifest.value?.metadata?.annotations?.[HOOK]).split(',').map(name => name.trim())) {
        if (hook !== '' && !HOOKS.includes(hook) && !isFilledIn(hook)) report.at(manifest, ['metadata', 'annotations', HOOK], `there is no hook "${hook}": ${HOOKS.join(', ')}`, 'write one of them');
      }
      const wave = manifest.value?.metadata?.annotations?.[WAVE];
      if (wave === undefined || wave === null || /^\s*$/.test(String(wave)) || isFilledIn(String(wave))) continue;
      const path = ['metadata', 'annotations', WAVE];
      if (typeof wave === 'object') report.at(manifest, path, 'the sync wave is no text');
      else if (!WHOLE.test(String(wave))) report.at(manifest, path, `sync wave "${wave}" is no whole number`);
    }
    for (const [workload, object] of refusedBefore(system)) {
      report.at(object, ['metadata', 'annotations', WAVE], `wave ${waveOf(object)} is before that of ${workload.name}, ${waveOf(workload.manifest)}, whose webhook has failurePolicy Fail: the sync ends here`,
        'let the controller manager come first, or write failurePolicy: Ignore');
    }
    for (const [definition, object] of definedLater(system)) {
      report.at(object, ['metadata', 'annotations', WAVE], `wave ${waveOf(object)} is before that of the definition of ${object.kind}, ${waveOf(definition)}`,
        'let the definition come first');
    }
  },
};

/** Objects that a webhook refuses which is not there before a later wave. */
function refusedBefore(system: System): [Workload, Manifest][] {
  const isStrict = system.all('ValidatingWebhookConfiguration').some(({ value }) => asObjects(value.webhooks)
    .some(({ name, failurePolicy }) => /^vcluster\w+\.kb\.io$/.test(asText(name)) && failurePolicy !== 'Ignore'));
  const [manager] = isStrict ? managerWorkloads(system).filter(({ manifest }) => manifest.annotations[WAVE] !== undefined) : [];
  if (!manager) return [];
  return ['ClusterSPIFFEID', 'ClusterFederatedTrustDomain'].flatMap(kind => system.all(kind))
    .filter(object => object.annotations[WAVE] !== undefined && waveOf(object) < waveOf(manager.manifest)).map(object => [manager, object]);
}

const HOOK = 'argocd.argoproj.io/hook';
const HOOKS = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip', 'PreDelete', 'PostDelete'];
const WHOLE = /^[-+]?\d+$/;

/** Objects in waves before that of their definition, in one folder: others may be of another Application, with waves of its own. */
function definedLater(system: System): [Manifest, Manifest][] {
  return system.all('CustomResourceDefinition').filter(definition => WHOLE.test(asText(definition.annotations[WAVE]))).flatMap(definition => {
    const { group, names } = definition.spec;
    const objects = system.all(asText(asObject(names).kind))
      .filter(object => object.group === group && dirname(object.file) === dirname(definition.file));
    return objects.filter(object => waveOf(object) < waveOf(definition)).map((object): [Manifest, Manifest] => [definition, object]);
  });
}

function waveOf({ annotations }: Manifest): number {
  const wave = annotations[WAVE] ?? '0';
  return WHOLE.test(wave) ? Number(wave) : 0;
}

const WAVE = 'argocd.argoproj.io/sync-wave';
