import { isFilledIn } from '../../../model/filled-in';
import { asObject, asText } from '../../../model/manifest';
import { parseDuration } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsCertificate: Rule = {
  id: 'OPS-CERTIFICATE',
  level: Level.ERROR,
  title: 'cert-manager cannot issue a Certificate',
  why: 'the webhook refuses it, or the certificate is renewed without end',
  fix: 'write durations in hours, renewBefore below duration, and a key size that the algorithm has',
  source: 'cert-manager pkg/apis/certmanager/validation',
  check: (system, report) => {
    for (const certificate of system.all('Certificate').filter(({ group }) => group === 'cert-manager.io')) {
      const { spec } = certificate;
      const [duration, before] = ['duration', 'renewBefore'].map(name => asText(spec[name]));
      for (const name of ['duration', 'renewBefore']) {
        const text = asText(spec[name]);
        if (text !== '' && !isFilledIn(text) && parseDuration(text) === undefined) report.at(certificate, ['spec', name], `${name} "${text}" is no Go duration: hours are the largest unit`);
      }
      const [whole, part] = [parseDuration(duration), parseDuration(before)];
      if (whole !== undefined && part !== undefined && part >= whole && before !== '') report.at(certificate, ['spec', 'renewBefore'], `renewBefore ${before} is not below duration ${duration}`);
      const key = asObject(spec.privateKey);
      const sizes = asText(key.algorithm) === 'ECDSA' ? ['256', '384', '521'] : undefined;
      if (sizes && asText(key.size) !== '' && !sizes.includes(asText(key.size))) report.at(certificate, ['spec', 'privateKey', 'size'], `an ECDSA key of size ${asText(key.size)}: one of ${sizes.join(', ')} is wanted`);
      if (asText(key.algorithm) !== 'ECDSA' && asText(key.algorithm) !== 'Ed25519' && typeof key.size === 'number' && key.size < 2048) {
        report.at(certificate, ['spec', 'privateKey', 'size'], `an RSA key of size ${key.size}: 2048 or more is wanted`);
      }
    }
  },
};
