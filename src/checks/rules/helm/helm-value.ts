import { asText } from '../../../model/manifest';
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
    const federated = federatedTrustDomains(system).map(object => asText(object.spec.trustDomain));
    for (const values of system.spireValues) {
      for (const { path, message } of problemsOf(values, federated)) report.at(values, path, message);
    }
  },
};
