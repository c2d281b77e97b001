import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const helmOldImage: Rule = {
  id: 'HELM-OLD-IMAGE',
  level: Level.WARNING,
  title: 'Helm values pin an old SPIRE',
  why: 'it gets no security fixes, and the chart is made for its own version',
  fix: 'leave the tag out',
  source: 'chart spire 0.30.0 has appVersion 1.15.3',
  check: (system, report) => {
    for (const values of system.spireValues) {
      for (const chart of ['spire-server', 'spire-agent']) {
        const tag = asText(asObject(asObject(values.value[chart]).image).tag);
        const match = /^v?1\.(\d+)/.exec(tag);
        if (match && Number(match[1]) < 12) report.at(values, [chart, 'image', 'tag'], `${chart} ${tag} is out of support`);
      }
    }
  },
};
