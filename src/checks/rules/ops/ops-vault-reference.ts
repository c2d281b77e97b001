import { isFilledIn } from '../../../model/filled-in';
import { othersThan } from '../../../model/kubernetes/by-namespace';
import { asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVaultReference: Rule = {
  id: 'OPS-VAULT-REFERENCE',
  level: Level.WARNING,
  title: 'a secret of the Vault Secrets Operator names a login that is not there',
  why: 'nothing is written: the operator waits for the VaultAuth or the VaultConnection',
  fix: 'write the name of the object, with its namespace before a slash where it is in another one',
  source: 'vault-secrets-operator api/v1beta1',
  check: (system, report) => {
    for (const [kind, field, kinds] of REFERENCES) {
      for (const object of kinds.flatMap(one => system.all(one)).filter(({ group }) => group === GROUP)) {
        const [name, namespace = object.namespace] = asText(object.spec[field]).split('/').reverse();
        const others = name === '' || isFilledIn(name) ? undefined : othersThan(system, GROUP, kind, namespace, name);
        if (others) report.at(object, ['spec', field], `there is no ${kind} ${namespace}/${name}, there is ${others.join(', ')}`);
      }
    }
  },
};

const GROUP = 'secrets.hashicorp.com';
const REFERENCES: readonly [string, string, string[]][] = [
  ['VaultAuth', 'vaultAuthRef', ['VaultStaticSecret', 'VaultDynamicSecret', 'VaultPKISecret']],
  ['VaultConnection', 'vaultConnectionRef', ['VaultAuth']],
];
