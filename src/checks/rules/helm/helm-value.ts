import { asText } from '../../../model/manifest';
import { chartValues } from '../../../model/spire/chart-values';
import { partnersDefinedInValues } from '../../../model/spire/charts';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { problemsOf } from '../../helm-values';
import { Rule } from '../../rule';

export const helmValue: Rule = {
  id: 'HELM-VALUE',
  level: Level.ERROR,
  title: 'a Helm value of SPIRE\'s chart gives a broken SPIRE',
  why: 'the chart checks none of this: it renders, and SPIRE refuses or never works',
  fix: 'correct the value',
  source: 'observed: chart spire 0.30.0',
  check: (system, report) => {
    const federated = [...federatedTrustDomains(system).map(object => asText(object.spec.trustDomain)), ...partnersDefinedInValues(system)];
    for (const values of chartValues(system)) {
      for (const { path, message } of problemsOf(values, federated)) report.at(values.manifest, path, message);
    }
  },
};
