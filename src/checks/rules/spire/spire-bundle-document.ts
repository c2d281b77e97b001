import { asObject } from '../../../model/manifest';
import { isBundleDocument, readBundle } from '../../../model/spire/bundle-document';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireBundleDocument: Rule = {
  id: 'SPIRE-BUNDLE-DOCUMENT',
  level: Level.ERROR,
  title: 'a SPIFFE bundle in a ConfigMap is not one that SPIRE reads',
  why: 'the agent stops at once, and who fetches the bundle refuses it',
  fix: 'take the text of `spire-server bundle show -format spiffe` as it is',
  source: 'spire pkg/common/bundleutil/unmarshal.go; SPIFFE Trust Domain and Bundle, section 4',
  check: (system, report) => {
    for (const map of system.all('ConfigMap')) {
      for (const [key, text] of Object.entries(asObject(map.value.data))) {
        if (typeof text !== 'string' || !isBundleDocument(text)) continue;
        for (const problem of readBundle(text, true).problems) report.at(map, ['data', key], `${key}: ${problem}`);
      }
    }
  },
};
